/** Values made of named parts, as forms hold them; see rules.md, section 5. */
import { textsOf, type BandEnd } from './values'

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {})
const whole = (value: string): number | string => (/^\d{1,9}$/.test(value.trim()) ? Number(value) : value.trim())
const words = (value: string): string[] => value.split(/[、，,]/).map((each) => each.trim()).filter(Boolean)

/** `range`: between what somebody decides, ends included or not. */
export interface RangeForm {
  kind: 'range'
  lower: BandEnd
  upper: BandEnd
  value: string
}

/** `within`: until so long after a day of the person's. */
export interface WithinForm {
  kind: 'within'
  after: string
  months: string
  days: string
}

/** `due`: until when. */
export interface DueForm {
  kind: 'due'
  unit: 'days' | 'months' | 'next'
  amount: string
  types: string
}

/** `score`: who gives points, and whose count. */
export interface ScoreForm {
  kind: 'score'
  by: string
  /** A scorer, `mean`, or `shares`. */
  use: string
  shares: Record<string, string>
  step: string
  reason: boolean
}

export type PartsForm = RangeForm | WithinForm | DueForm | ScoreForm

export function readRange(value: unknown): RangeForm {
  const { min, max, over, under, value: item } = record(value)
  return {
    kind: 'range',
    lower: { inclusive: over === undefined, at: text(over ?? min) },
    upper: { inclusive: under === undefined, at: text(under ?? max) },
    value: text(item),
  }
}

export function writeRange({ lower, upper, value }: RangeForm): Record<string, unknown> | undefined {
  const parts = {
    ...(lower.at.trim() && { [lower.inclusive ? 'min' : 'over']: lower.at.trim() }),
    ...(upper.at.trim() && { [upper.inclusive ? 'max' : 'under']: upper.at.trim() }),
    ...(value.trim() && { value: value.trim() }),
  }
  return Object.keys(parts).length > 0 ? parts : undefined
}

export function readWithin(value: unknown): WithinForm {
  const { after, months, days } = record(value)
  return { kind: 'within', after: text(after), months: text(months), days: text(days) }
}

export function writeWithin({ after, months, days }: WithinForm): Record<string, unknown> | undefined {
  if (after.trim() === '' && months.trim() === '' && days.trim() === '') return undefined
  return { after: after.trim(), ...(months.trim() && { months: whole(months) }), ...(days.trim() && { days: whole(days) }) }
}

export function readDue(value: unknown): DueForm {
  const { days, months, next } = record(value)
  if (next !== undefined) return { kind: 'due', unit: 'next', amount: '', types: textsOf(next).join('、') }
  return { kind: 'due', unit: months === undefined ? 'days' : 'months', amount: text(months ?? days), types: '' }
}

export function writeDue({ unit, amount, types }: DueForm): Record<string, unknown> | undefined {
  if (unit === 'next') return { next: words(types) }
  return amount.trim() === '' ? undefined : { [unit]: whole(amount) }
}

export function readScore(value: unknown): ScoreForm {
  const { by, use, step, reason } = record(value)
  const shares = Object.fromEntries(Object.entries(record(use)).map(([who, share]) => [who, text(share)]))
  const scorers = textsOf(by)
  return { kind: 'score', by: scorers.join('、'), use: Object.keys(shares).length > 0 ? 'shares' : text(use) || (scorers[0] ?? ''), shares, step: text(step), reason: reason === true }
}

export function writeScore({ by, use, shares, step, reason }: ScoreForm): Record<string, unknown> | undefined {
  const scorers = words(by)
  if (scorers.length === 0) return undefined
  const only = scorers.length === 1
  const named = use === 'shares' ? Object.fromEntries(Object.entries(shares).filter(([who, share]) => scorers.includes(who) && share.trim())) : scorers.includes(use) || use === 'mean' ? use : scorers[0]
  return { by: scorers, ...(!only && { use: named }), ...(step.trim() && { step: step.trim() }), ...(reason && { reason: true }) }
}
