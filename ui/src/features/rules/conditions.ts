/**
 * Conditions as a clerk builds them: clauses such as 层级 是 科级, joined by
 * 且 or by 或. The language of rules.md says more than that; what it says
 * beyond stays an expression, and `readCondition` answers null.
 */
import { i18n, t, type TextKey } from '@/i18n'

import type { Scope } from './catalogue'

/** How a clause compares. */
export type Op = 'eq' | 'ne' | 'in' | 'not_in' | 'ge' | 'gt' | 'le' | 'lt' | 'has' | 'not_has' | 'known' | 'unknown' | 'true' | 'false'

/** One comparison. */
export interface Clause {
  /** `person.tier`, `chars`, `字数` */
  name: string
  op: Op
  /** As people read them: texts without their quotes. */
  values: string[]
}

/** Clauses that must all hold, or one of them. */
export interface Condition {
  join: 'and' | 'or'
  clauses: Clause[]
}

type Token = { kind: 'name' | 'text' | 'number' | 'sign'; text: string }

const SIGNS: Record<string, string> = { '≠': '!=', '≤': '<=', '≥': '>=', '（': '(', '）': ')', '，': ',', '、': ',' }
const WORDS: Record<string, string> = { 且: 'and', 或: 'or', 非: 'not' }
const TOKEN = /\s*(?:'([^']*)'|“([^”]*)”|(\d+(?:\.\d+)?%?(?:\/\d+)?)|([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|(!=|<=|>=|[=<>(),]|[≠≤≥（），]))/uy
const COMPARISONS: Record<string, Op> = { '=': 'eq', '!=': 'ne', '>=': 'ge', '>': 'gt', '<=': 'le', '<': 'lt' }

function tokens(text: string): Token[] | null {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text)
    if (!match) return null
    const [, quoted, full, number, name, sign] = match
    if (quoted !== undefined || full !== undefined) found.push({ kind: 'text', text: quoted ?? full ?? '' })
    else if (number !== undefined) found.push({ kind: 'number', text: number })
    else if (name !== undefined) found.push({ kind: 'name', text: WORDS[name] ?? name })
    else found.push({ kind: 'sign', text: SIGNS[sign ?? ''] ?? sign ?? '' })
  }
  return found
}

const RESERVED = new Set(['and', 'or', 'not', 'in', 'has', 'if', 'true', 'false'])

/** Reads from left to right; each method takes what it names or answers null. */
class Cursor {
  at = 0
  constructor(private readonly all: readonly Token[]) {}

  get ended(): boolean {
    return this.at >= this.all.length
  }

  take(text: string): boolean {
    const token = this.all[this.at]
    if (token?.text !== text || token.kind === 'text' || token.kind === 'number') return false
    this.at += 1
    return true
  }

  name(): string | null {
    const token = this.all[this.at]
    if (token?.kind !== 'name' || RESERVED.has(token.text)) return null
    this.at += 1
    return token.text
  }

  value(): string | null {
    const token = this.all[this.at]
    if (token?.kind !== 'text' && token?.kind !== 'number') return null
    // A text that looks like a number would come back as one.
    if (token.kind === 'text' && isNumber(token.text)) return null
    this.at += 1
    return token.text
  }

  values(): string[] | null {
    if (!this.take('(')) return null
    const found: string[] = []
    do {
      const value = this.value()
      if (value === null) return null
      found.push(value)
    } while (this.take(','))
    return this.take(')') ? found : null
  }

  clause(): Clause | null {
    const negated = this.take('not')
    const clause = this.positive()
    if (!clause || !negated) return clause
    const opposite = OPPOSITES[clause.op]
    return opposite ? { ...clause, op: opposite } : null
  }

  private positive(): Clause | null {
    const name = this.name()
    if (name === null) return null
    if (name === 'known' && this.take('(')) {
      const inner = this.name()
      return inner !== null && this.take(')') ? { name: inner, op: 'known', values: [] } : null
    }
    const call = this.at < this.all.length && this.all[this.at]?.text === '(' && this.all[this.at]?.kind === 'sign'
    if (call) return null
    if (this.take('in')) return this.finished(name, 'in', this.values())
    if (this.take('has')) return this.single(name, 'has')
    for (const [sign, op] of Object.entries(COMPARISONS)) if (this.take(sign)) return this.single(name, op)
    return { name, op: 'true', values: [] }
  }

  private single(name: string, op: Op): Clause | null {
    const value = this.value()
    return this.finished(name, op, value === null ? null : [value])
  }

  private finished(name: string, op: Op, values: string[] | null): Clause | null {
    return values === null ? null : { name, op, values }
  }
}

const OPPOSITES: Partial<Record<Op, Op>> = { in: 'not_in', has: 'not_has', known: 'unknown', true: 'false' }
const NEGATED: Partial<Record<Op, Op>> = { not_in: 'in', not_has: 'has', unknown: 'known', false: 'true' }

/** The clauses of an expression; null where it says more than clauses can. Nothing written is no clause. */
export function readCondition(text: string): Condition | null {
  const found = tokens(text)
  if (found === null) return null
  const cursor = new Cursor(found)
  const condition: Condition = { join: 'and', clauses: [] }
  if (cursor.ended) return condition
  for (let join: 'and' | 'or' | null = null; ; ) {
    const clause = cursor.clause()
    if (!clause) return null
    condition.clauses.push(clause)
    if (cursor.ended) return condition
    const next = cursor.take('and') ? 'and' : cursor.take('or') ? 'or' : null
    if (next === null || (join !== null && join !== next)) return null
    join = condition.join = next
  }
}

/** The expression of clauses; those that are not filled in yet are left out. */
export function writeCondition({ join, clauses }: Condition): string {
  return clauses.filter(isWhole).map(writeClause).join(` ${join} `)
}

/** Whether a clause says something. */
export function isWhole({ name, op, values }: Clause): boolean {
  return name.trim() !== '' && (takesNoValue(op) || values.some((value) => value.trim() !== ''))
}

function writeClause({ name, op, values }: Clause): string {
  const positive = NEGATED[op]
  if (positive) return `not ${writeClause({ name, op: positive, values })}`
  const written = values.map((value) => value.trim()).filter(Boolean).map(literal)
  if (op === 'known') return `known(${name})`
  if (op === 'true') return name
  if (op === 'in') return `${name} in (${written.join(', ')})`
  if (op === 'has') return `${name} has ${written[0] ?? "''"}`
  const sign = Object.entries(COMPARISONS).find(([, each]) => each === op)?.[0] ?? '='
  return `${name} ${sign} ${written[0] ?? "''"}`
}

/** Whether the value is written as a number. */
export function isNumber(value: string): boolean {
  return /^\d+(\.\d+)?%?(\/\d+)?$/.test(value)
}

function literal(value: string): string {
  return isNumber(value) ? value : `'${value.replaceAll("'", '’')}'`
}

/** Whether nothing is compared with. */
export function takesNoValue(op: Op): boolean {
  return ['known', 'unknown', 'true', 'false'].includes(op)
}

/** Whether several values may stand. */
export function takesSeveral(op: Op): boolean {
  return op === 'in' || op === 'not_in'
}

/** What a condition may speak of. */
export interface Subject {
  name: string
  kind: 'choice' | 'text' | 'number' | 'list' | 'flag'
  /** The usual values. */
  values?: readonly string[]
}

const PERSON: readonly Subject[] = [
  { name: 'person.tier', kind: 'choice', values: ['处级以上', '科级', '科员及以下', '其他'] },
  { name: 'person.rank', kind: 'text' },
  { name: 'person.post', kind: 'text' },
  { name: 'person.member_category', kind: 'text', values: ['在职', '离退休', '流动'] },
  { name: 'person.party_status', kind: 'text', values: ['中共党员', '中共预备党员', '入党积极分子', '共青团员', '群众'] },
  { name: 'person.organization', kind: 'text' },
  { name: 'person.department', kind: 'text' },
  { name: 'person.gender', kind: 'choice', values: ['男', '女'] },
  { name: 'person.age', kind: 'number' },
]

const FACT: readonly Subject[] = [
  { name: 'type', kind: 'text' },
  { name: 'form', kind: 'text' },
  { name: 'level', kind: 'choice', values: ['党组集中学', '支部集体学', '个人自学'] },
  { name: 'role', kind: 'choice', values: ['参加', '主持', '主讲', '记录', '列席'] },
  { name: 'status', kind: 'choice', values: ['出席', '迟到', '早退', '公假', '病假', '事假', '缺席', '不要求', '未登记'] },
  { name: 'made_up', kind: 'flag' },
  { name: 'observer', kind: 'flag' },
  { name: 'evidence', kind: 'list' },
  { name: 'chars', kind: 'number' },
  { name: 'minutes', kind: 'number' },
  { name: 'hours', kind: 'number' },
  { name: 'half_days', kind: 'number' },
  { name: 'days', kind: 'number' },
  { name: 'class_hours', kind: 'number' },
  { name: 'credits', kind: 'number' },
  { name: 'month', kind: 'number' },
  { name: 'theme', kind: 'text' },
]

const RESULT: readonly Subject[] = [
  { name: 'total', kind: 'number' },
  { name: 'score', kind: 'number' },
  { name: 'grade', kind: 'text' },
  { name: 'carried_in', kind: 'number' },
]

/** The usual subjects of a scope; further ones are the numbers that the file defines. */
export function subjectsOf(scope: Scope, defined: readonly string[] = []): readonly Subject[] {
  if (scope === 'person') return PERSON
  if (scope === 'fact') return [...FACT, ...PERSON]
  const numbers = defined.filter((name) => !RESULT.some((each) => each.name === name)).map((name): Subject => ({ name, kind: 'number' }))
  return [...RESULT, ...numbers, ...PERSON]
}

/** What a subject is called: 层级; one of the file's own by its name. */
export function subjectLabel(name: string): string {
  const key = `rule_subjects.${name.replace('.', '_')}`
  return i18n.global.te(key) ? t(key as TextKey) : name.replace(/^person\./, '')
}

const OPS: Record<Subject['kind'], readonly Op[]> = {
  choice: ['eq', 'ne', 'in', 'not_in', 'known', 'unknown'],
  text: ['eq', 'ne', 'in', 'not_in', 'known', 'unknown'],
  number: ['ge', 'gt', 'le', 'lt', 'eq', 'ne', 'known', 'unknown'],
  list: ['has', 'not_has', 'known', 'unknown'],
  flag: ['true', 'false'],
}

/** How a subject may be compared; one that is not known, in every way. */
export function opsOf(subject: Subject | undefined): readonly Op[] {
  return subject ? OPS[subject.kind] : ['eq', 'ne', 'in', 'not_in', 'ge', 'gt', 'le', 'lt', 'has', 'not_has', 'known', 'unknown', 'true', 'false']
}

/** A clause in words: 层级 是 科级. */
export function clauseWords({ name, op, values }: Clause): string {
  return [subjectLabel(name), t(`rules.op_${op}`), values.join('、')].filter(Boolean).join(' ')
}

/** A condition in words, for the head of a card; the expression itself where it says more. */
export function conditionWords(text: string): string {
  const condition = readCondition(text)
  return condition === null ? text : condition.clauses.map(clauseWords).join(condition.join === 'and' ? '，' : '，或 ')
}
