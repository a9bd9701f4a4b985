/**
 * What can stand in a rule file, for forms: every table and field of
 * assets/guide/rules.md with the kind of input it takes. The words are in
 * i18n/zh-CN-rules.ts under the same names.
 */
import { i18n, t, type TextKey } from '@/i18n'

/** The chapters of the editor, in the order of the screen. */
export const CHAPTERS = ['basic', 'requirement', 'category', 'limit', 'carry', 'outcome', 'open', 'other'] as const
/** A chapter of the editor. */
export type Chapter = (typeof CHAPTERS)[number]

/** Whose names a condition or an expression may use. */
export type Scope = 'fact' | 'person' | 'result' | 'unit'

/** Where ids come from that a field may name. */
export type Source = 'buckets' | 'categories' | 'counters' | 'requirements' | 'cycles' | 'types' | 'total'

/** How a field is written. */
export type FieldKind =
  | 'text'
  | 'area'
  | 'flag'
  | 'choice'
  | 'whole'
  | 'number'
  | 'date'
  | 'words'
  | 'ref'
  | 'condition'
  | 'formula'
  | 'formulas'
  | 'value'
  | 'range'
  | 'bands'
  | 'gates'
  | 'alternatives'
  | 'score'
  | 'within'
  | 'due'
  | 'reading'

/** A field of a table. */
export interface FieldSpec {
  name: string
  kind: FieldKind
  /** Always shown; the others stand under 更多项目 until they are written. */
  main?: boolean
  scope?: Scope
  /** The words of its choices: a group of `rule_choices`. */
  choices?: Group
  sources?: readonly Source[]
  /** What holds where nothing is written, for choices and flags. */
  usual?: string | boolean
}

type Group = keyof typeof CHOICES

/** A table of the file. */
export interface TableSpec {
  /** As in paths without numbers: `category`, `category/award`; empty for the head. */
  name: string
  chapter: Chapter
  /** `[[…]]` */
  list: boolean
  fields: readonly FieldSpec[]
  /** Tables within its entries. */
  tables?: readonly TableSpec[]
  /** What a new entry begins with. */
  fresh?: readonly [string, unknown][]
}

/** The values of each group of choices, in the order of the screen. */
export const CHOICES = {
  kind: ['credits', 'assessment'],
  subject: ['person', 'unit'],
  shape: ['year', 'half_year', 'quarter', 'month', 'day', 'block', 'window', 'rolling', 'lifetime', 'span'],
  change: ['end', 'start', 'highest', 'days', 'months', 'ask'],
  joined: ['full', 'next', 'days', 'months', 'ask'],
  part: ['full', 'exempt', 'days', 'months', 'ask'],
  split: ['days', 'end', 'start', 'ask'],
  carry_now: ['counted', 'moved', 'ask'],
  stage: ['event', 'category', 'bucket', 'total'],
  mode: ['floor', 'ceil', 'half_up', 'half_down', 'nearest'],
  rate_round: ['exact', 'floor', 'ceil', 'half', 'half_up'],
  basis: ['event', 'day', 'month', 'quarter', 'half_year', 'period'],
  per: ['event', 'key', 'day', 'week', 'month', 'quarter', 'half_year', 'period'],
  severity: ['must', 'advise'],
  exempt: ['exempt', 'advise', 'pro_rata'],
  due: ['next', 'same'],
  overlap: [true, false, 'ask'],
  tie: ['share', 'ask'],
  ties: ['share'],
} as const satisfies Record<string, readonly (string | boolean)[]>

const f = (name: string, kind: FieldKind, more: Omit<FieldSpec, 'name' | 'kind'> = {}): FieldSpec => ({ name, kind, ...more })
const main = { main: true } as const
const id = f('id', 'text', main)
const label = f('label', 'text')
const who = f('who', 'condition', { scope: 'person' })
const bucket = f('bucket', 'ref', { sources: ['buckets'] })
const perOf = (more: Partial<FieldSpec> = {}): FieldSpec => f('per', 'choice', { choices: 'per', sources: ['cycles'], usual: 'period', ...more })
const shape = [
  f('kind', 'choice', { choices: 'shape', usual: 'year', ...main }),
  f('start', 'text'),
  f('years', 'whole'),
  f('months', 'whole'),
  f('from', 'text'),
  f('to', 'text'),
]
const rounded = [f('round', 'choice', { choices: 'mode' }), f('step', 'number')]
const limits = (scope: Scope): FieldSpec[] => [f('min', 'value', { scope }), f('max', 'value', { scope })]

/** Stand in every entry, after its own. */
const COMMON: readonly FieldSpec[] = [f('reading', 'reading'), f('source', 'text'), f('note', 'area')]

function table(name: string, chapter: Chapter, fields: readonly FieldSpec[], more: Partial<TableSpec> = {}): TableSpec {
  return { name, chapter, list: true, fields: [...fields, ...COMMON.filter((each) => !fields.some((own) => own.name === each.name))], ...more }
}

const HEAD: TableSpec = {
  name: '',
  chapter: 'basic',
  list: false,
  fields: [
    f('name', 'text', main),
    id,
    f('unit', 'text', main),
    f('version', 'text', main),
    f('kind', 'choice', { choices: 'kind', usual: 'credits', ...main }),
    f('subject', 'choice', { choices: 'subject', usual: 'person' }),
    f('issuer', 'text', main),
    f('document', 'text', main),
    f('source', 'text', main),
    f('effective_from', 'date', main),
    f('effective_until', 'date'),
    f('note', 'area', main),
    f('example', 'flag', { usual: false }),
    f('who', 'condition', { scope: 'person' }),
    f('parent', 'text'),
    f('remove', 'words'),
  ],
}

const AWARD = table(
  'category/award',
  'category',
  [
    f('when', 'condition', { scope: 'fact', ...main }),
    f('credit', 'value', { scope: 'fact', ...main }),
    f('of', 'formula', { scope: 'fact', ...main }),
    f('per', 'number', main),
    f('round', 'choice', { choices: 'rate_round', ...main }),
    f('formula', 'formula', { scope: 'fact' }),
    f('range', 'range'),
  ],
  { fresh: [['credit', '1']] },
)
const GATE = table('category/gate', 'category', [f('when', 'condition', { scope: 'fact', ...main }), f('label', 'text', main)], { fresh: [['when', 'approved']] })
const ADJUST = table('category/adjust', 'category', [
  f('when', 'condition', { scope: 'fact', ...main }),
  f('times', 'value', { scope: 'fact', ...main }),
  f('add', 'value', { scope: 'fact' }),
  f('label', 'text', main),
], { fresh: [['times', '1']] })

/** Every table, in the order of each chapter. */
export const TABLES: readonly TableSpec[] = [
  HEAD,
  table('period', 'basic', shape, { list: false, fresh: [['kind', 'year']] }),
  table('cycle', 'basic', [id, ...shape, who], { fresh: [['kind', 'block'], ['years', 5], ['from', '2021']] }),

  table('requirement', 'requirement', [
    id,
    label,
    f('of', 'formula', { scope: 'result', ...main }),
    f('min', 'value', { scope: 'result', ...main }),
    f('max', 'value', { scope: 'result' }),
    f('over', 'value', { scope: 'result' }),
    f('under', 'value', { scope: 'result' }),
    f('any', 'alternatives'),
    f('who', 'condition', { scope: 'person', ...main }),
    perOf(),
    f('at_least', 'whole'),
    f('severity', 'choice', { choices: 'severity', usual: 'must' }),
    f('scaled', 'flag', { usual: true }),
    f('within', 'within'),
    f('mend', 'area', main),
  ], { fresh: [['of', 'total'], ['min', '40']] }),
  table('exempt', 'requirement', [
    id,
    f('when', 'condition', { scope: 'person', ...main }),
    f('reason', 'text', main),
    f('effect', 'choice', { choices: 'exempt', usual: 'exempt', ...main }),
  ], { fresh: [['when', "person.member_category = '离退休'"], ['reason', '离退休人员']] }),

  table('bucket', 'category', [id, label, f('in_total', 'flag', { usual: true }), f('max', 'value', { scope: 'person', ...main })]),
  table('quantity', 'category', [id, f('formula', 'formula', { scope: 'fact', ...main })], { fresh: [['formula', 'minutes / 45']] }),
  table(
    'category',
    'category',
    [
      id,
      label,
      { ...bucket, ...main },
      f('types', 'words', { sources: ['types'], ...main }),
      f('when', 'condition', { scope: 'fact', ...main }),
      who,
      f('evidence', 'words'),
      f('evidence_any', 'words'),
      f('approval', 'flag', { usual: false }),
      f('basis', 'choice', { choices: 'basis', usual: 'event' }),
      f('expected', 'value', { scope: 'person' }),
      f('spread', 'whole'),
      f('split', 'choice', { choices: 'split' }),
      f('else', 'number'),
      f('counted', 'flag', { usual: true }),
    ],
    { tables: [GATE, AWARD, ADJUST] },
  ),
  table('counter', 'category', [
    id,
    label,
    f('from', 'words', { sources: ['categories', 'buckets'], ...main }),
    f('when', 'condition', { scope: 'fact' }),
    f('of', 'formula', { scope: 'fact', ...main }),
  ]),

  table('cap', 'limit', [
    f('label', 'text', main),
    f('on', 'words', { sources: ['categories', 'buckets', 'total'], ...main }),
    perOf(main),
    f('max', 'value', { scope: 'fact', ...main }),
    f('count', 'value', { scope: 'fact' }),
    f('min', 'value', { scope: 'fact' }),
    f('key', 'formula', { scope: 'fact' }),
    f('when', 'condition', { scope: 'fact' }),
    who,
    f('id', 'text'),
  ], { fresh: [['on', ['total']], ['per', 'period'], ['max', '20']] }),
  table('highest', 'limit', [
    f('on', 'words', { sources: ['categories', 'buckets'], ...main }),
    f('by', 'formulas', { scope: 'fact', ...main }),
    f('keep', 'whole', main),
    f('first', 'whole'),
    perOf(),
  ], { fresh: [['by', 'title']] }),
  table('rounding', 'limit', [f('stage', 'choice', { choices: 'stage', ...main }), f('mode', 'choice', { choices: 'mode', ...main }), f('step', 'number', main)], {
    fresh: [['stage', 'total'], ['mode', 'half_up']],
  }),

  table('carry', 'carry', [
    f('label', 'text', main),
    f('from', 'formula', { scope: 'result', ...main }),
    f('over', 'value', { scope: 'result', ...main }),
    f('over_requirement', 'ref', { sources: ['requirements'] }),
    f('to', 'ref', { sources: ['buckets'], ...main }),
    f('max', 'value', { scope: 'result', ...main }),
    f('lifetime', 'whole'),
    f('only', 'words', { sources: ['categories'] }),
    f('id', 'text'),
  ], { fresh: [['from', 'total'], ['over', '40']] }),
  table('backfill', 'carry', [f('requirements', 'words', { sources: ['requirements'], ...main }), f('per', 'ref', { sources: ['cycles'], ...main })], { list: false }),
  table('opening', 'carry', [id, label, bucket, f('credit', 'value', { scope: 'person', ...main }), who], { fresh: [['credit', '0']] }),

  table('indicator', 'outcome', [
    id,
    label,
    f('head', 'text', main),
    f('max', 'number', main),
    f('min', 'number'),
    f('weight', 'number'),
    f('formula', 'formula', { scope: 'result', ...main }),
    f('score', 'score', main),
  ], { fresh: [['max', '10'], ['score', { by: ['核查'] }]] }),
  table(
    'grade',
    'outcome',
    [
      f('of', 'formula', { scope: 'result', ...main }),
      f('bands', 'bands', main),
      f('gates', 'gates'),
      who,
    ],
    {
      fresh: [['of', 'total'], ['bands', [{ from: '90', name: '优秀' }, { from: '60', under: '90', name: '合格' }, { under: '60', name: '不合格' }]]],
      tables: [
        table('grade/bands', 'outcome', [f('from', 'number', main), f('over', 'number'), f('to', 'number'), f('under', 'number', main), f('name', 'text', main)]),
        table('grade/gates', 'outcome', [f('name', 'text', main), f('when', 'condition', { scope: 'result', ...main })]),
      ],
    },
  ),
  table('no_grade', 'outcome', [f('when', 'condition', { scope: 'result', ...main }), f('reason', 'text', main)], { fresh: [['when', 'total = 0'], ['reason', '没有记录']] }),
  table('veto', 'outcome', [
    id,
    label,
    f('when', 'condition', { scope: 'result', ...main }),
    f('of', 'text', main),
    f('set', 'number', main),
    f('grade', 'text', main),
  ], { fresh: [['when', "verdict() = 'fail'"], ['grade', '不合格']] }),
  table('effect', 'outcome', [
    id,
    label,
    f('when', 'condition', { scope: 'result', ...main }),
    f('review', 'text', main),
    f('scale', 'words'),
    f('at_most', 'text', main),
    f('down', 'whole'),
  ], { fresh: [['when', "verdict() = 'fail'"], ['label', '年度考核不得评为优秀']] }),
  table('streak', 'outcome', [
    id,
    label,
    f('when', 'condition', { scope: 'result', ...main }),
    f('length', 'whole', main),
    f('due', 'choice', { choices: 'due', usual: 'next', ...main }),
    f('overlap', 'choice', { choices: 'overlap', usual: 'ask', ...main }),
  ], { fresh: [['when', "verdict() = 'fail'"], ['length', 2]] }),
  table('obligation', 'outcome', [
    id,
    label,
    f('for', 'words', { sources: ['types'], ...main }),
    f('when', 'condition', { scope: 'fact', ...main }),
    f('due', 'due', main),
    f('done', 'words', { sources: ['types'], ...main }),
    f('link', 'text'),
  ], { fresh: [['for', ['集体学习']], ['due', { days: 30 }], ['done', ['补学']]] }),
  table('figure', 'outcome', [id, label, f('formula', 'formula', { scope: 'result', ...main }), ...limits('result'), ...rounded], { fresh: [['formula', 'total']] }),
  table('unit_figure', 'outcome', [id, label, f('formula', 'formula', { scope: 'unit', ...main }), ...limits('unit'), ...rounded], { fresh: [['formula', 'mean(total)']] }),
  table('quota', 'outcome', [
    id,
    label,
    f('of', 'formula', { scope: 'unit', ...main }),
    f('share', 'number', main),
    f('round', 'choice', { choices: 'mode', ...main }),
    f('fixed', 'number'),
    f('grade', 'text', main),
    f('by', 'formula', { scope: 'result', ...main }),
    f('tie', 'choice', { choices: 'tie', usual: 'ask' }),
    f('min', 'number'),
    f('max', 'number'),
  ], { fresh: [['of', 'members()'], ['share', '1/3'], ['round', 'floor']] }),
  table('ranking', 'outcome', [
    id,
    label,
    f('by', 'formula', { scope: 'result', ...main }),
    f('where', 'condition', { scope: 'result' }),
    f('top', 'whole', main),
    f('ties', 'choice', { choices: 'ties', usual: 'share' }),
  ], { fresh: [['by', 'total']] }),

  table('options', 'open', [
    f('change', 'choice', { choices: 'change', usual: 'ask', ...main }),
    f('joined', 'choice', { choices: 'joined', usual: 'ask', ...main }),
    f('left', 'choice', { choices: 'part', usual: 'ask', ...main }),
    f('leave', 'choice', { choices: 'part', usual: 'ask', ...main }),
    f('leave_over', 'whole', main),
    f('split', 'choice', { choices: 'split', usual: 'ask', ...main }),
    f('carry_now', 'choice', { choices: 'carry_now', usual: 'ask', ...main }),
    f('highest_first', 'flag', { usual: false }),
    f('carry_within_max', 'flag', { usual: false }),
    f('penalty_first', 'flag', { usual: false }),
  ], { list: false }),
  table('open', 'open', [id, f('question', 'text', main)], {
    tables: [table('open/reading', 'open', [id, label])],
  }),
  table('choices', 'open', [], { list: false }),

  table('derive', 'other', [
    f('from', 'words', { sources: ['categories'], ...main }),
    f('of', 'formula', { scope: 'fact' }),
    f('every', 'number', main),
    f('makes', 'ref', { sources: ['categories'], ...main }),
    f('and_keep', 'flag', { usual: true }),
  ], { fresh: [['every', '3']] }),
  table('inactive', 'other', [
    id,
    label,
    f('without', 'words', { sources: ['categories'], ...main }),
    f('days', 'whole', main),
    f('credit', 'number', main),
    bucket,
  ], { fresh: [['days', 7], ['credit', '-1']] }),
]

const BY_NAME = new Map(TABLES.flatMap((each) => [each, ...(each.tables ?? [])]).map((each) => [each.name, each]))

/** The table of a path: `category/2/award/0` is one of `category/award`. */
export function tableOf(path: string): TableSpec | undefined {
  return BY_NAME.get(path.split('/').filter((part) => !/^\d+$/.test(part)).join('/'))
}

/** The chapter in which an entry stands; what is not known stands in the last. */
export function chapterOf(path: string): Chapter {
  return BY_NAME.get(path.split('/')[0] ?? '')?.chapter ?? 'other'
}

const inWords = (name: string): string => (name === '' ? 'head' : name.replaceAll('/', '_'))

function words(...keys: string[]): string | undefined {
  const key = keys.find((each) => i18n.global.te(each))
  return key === undefined ? undefined : t(key as TextKey)
}

/** What an entry of the table is called: 要求. An unknown one by its own name. */
export function tableLabel(name: string): string {
  return words(`rule_tables.${inWords(name)}`) ?? name
}

/** What the table is for, in a sentence. */
export function tableHint(name: string): string {
  return words(`rule_table_hints.${inWords(name)}`) ?? ''
}

/** What a field is called; an unknown one by its own name. */
export function fieldLabel(name: string, field: string): string {
  return words(`rule_fields.${inWords(name)}.${field}`, `rule_fields.any.${field}`) ?? field
}

/** What is said below a field. */
export function fieldHint(name: string, field: string): string {
  return words(`rule_hints.${inWords(name)}.${field}`, `rule_hints.any.${field}`) ?? ''
}

/** What a choice is called. */
export function choiceLabel(group: keyof typeof CHOICES, value: string | boolean): string {
  return words(`rule_choices.${group}.${value}`) ?? String(value)
}
