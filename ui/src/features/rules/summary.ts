/** What a card of the forms says while it is closed, and what a new entry begins with. */
import type { OutlineEntry, OutlineTable, RuleEdit } from '@/bridge/generated'
import { t } from '@/i18n'

import { choiceLabel, CHOICES, tableLabel, type TableSpec } from './catalogue'
import { conditionWords } from './conditions'
import { fieldOf, tableAt, textOf } from './outline'
import { textsOf, valueWords } from './values'

/** The name of an entry: its label, its id, what it is on; else its place. */
export function entryTitle(entry: OutlineEntry, index: number): string {
  const own = textOf(entry, 'label') || textOf(entry, 'name') || (entry.id ?? '') || textOf(entry, 'question')
  if (own) return own
  const on = textsOf(fieldOf(entry, 'on')?.value ?? fieldOf(entry, 'from')?.value).join('、')
  return on || t('rules.unnamed', { index: index + 1 })
}

/** What it says, in a few words. */
export function entrySummary(spec: TableSpec, entry: OutlineEntry): string {
  const value = (name: string): string => valueWords(fieldOf(entry, name)?.value)
  const condition = (name: string): string => conditionWords(textOf(entry, name))
  const of = textOf(entry, 'of')
  switch (spec.name) {
    case 'requirement':
      return join(of, signed('≥', value('min')), signed('>', value('over')), signed('≤', value('max')), signed('<', value('under')), condition('who'))
    case 'category':
      return join(textOf(entry, 'bucket'), ...entry.tables.filter((table) => table.name === 'award').flatMap((table) => table.entries.map(awardWords)))
    case 'category/award':
      return join(awardWords(entry), condition('when'))
    case 'category/adjust':
      return join(signed('×', value('times')), signed('+', value('add')), condition('when'))
    case 'cap': {
      const per = textOf(entry, 'per') || 'period'
      return join((CHOICES.per as readonly string[]).includes(per) ? choiceLabel('per', per) : per, signed('≤', value('max')), signed('≥', value('min')), condition('who'))
    }
    case 'carry':
      return join(textOf(entry, 'from'), signed('>', value('over')), signed('→', textOf(entry, 'to')))
    case 'indicator':
      return join(textOf(entry, 'head'), value('max'), textOf(entry, 'formula'))
    case 'open':
      return textOf(entry, 'question')
    case 'bucket':
      return signed('≤', value('max'))
    case 'cycle':
      return join(textOf(entry, 'years'), condition('who'))
    default:
      return join(condition('when'), textOf(entry, 'formula'), textOf(entry, 'reason'))
  }
}

/** 每 3 hours 1 */
function awardWords(entry: OutlineEntry): string {
  const [of, per, credit] = [textOf(entry, 'of'), textOf(entry, 'per'), valueWords(fieldOf(entry, 'credit')?.value)]
  const range = fieldOf(entry, 'range')?.raw ?? ''
  if (credit === '') return textOf(entry, 'formula') || range
  return of === '' ? credit : `${of}${per ? ` / ${per}` : ''} × ${credit}`
}

function signed(sign: string, value: string): string {
  return value === '' ? '' : `${sign} ${value}`
}

function join(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ')
}

/** What a new entry begins with: an id that is free, and what makes it whole enough to be read. */
export function freshFields(spec: TableSpec, outline: readonly OutlineTable[]): [string, unknown][] {
  const fresh = [...(spec.fresh ?? [])] as [string, unknown][]
  const withId = spec.fields.some((field) => field.name === 'id' && field.main)
  const fields: [string, unknown][] = withId ? [['id', freeId(tableLabel(spec.name), outline)], ...fresh] : fresh
  // A file with buckets has each category in one.
  const bucket = spec.name === 'category' ? tableAt(outline, 'bucket')?.entries[0]?.id : null
  if (bucket) fields.push(['bucket', bucket])
  if (spec.name === 'open') fields.push(['question', t('rules.fresh_question')])
  return fields
}

/** What a new entry needs within it: a category gives something, a question has two readings. */
export function freshWithin(spec: TableSpec, path: string): RuleEdit[] {
  if (spec.name === 'category') return [{ kind: 'add', path: `${path}/award`, fields: [['credit', '1']] }]
  if (spec.name !== 'open') return []
  return [1, 2].map((number) => ({ kind: 'add', path: `${path}/reading`, fields: [['id', `${tableLabel('open/reading')}${number}`]] }))
}

function freeId(base: string, outline: readonly OutlineTable[]): string {
  const word = base.replace(/[^\p{L}\p{N}_]/gu, '')
  const taken = new Set(outline.flatMap((table) => table.entries.flatMap((entry) => [entry.id, ...entry.tables.flatMap((inner) => inner.entries.map((each) => each.id))])))
  for (let number = 1; ; number += 1) if (!taken.has(`${word}${number}`)) return `${word}${number}`
}
