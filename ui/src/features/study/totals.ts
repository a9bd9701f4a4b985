/** The sum of a list of entries: people, time, and what was given in units that are no time. */
import type { StudyRow } from '@/bridge/generated'
import { t } from '@/i18n'

/** An exact number: both parts whole, the lower one above zero. */
interface Fraction {
  upper: bigint
  lower: bigint
}

const NOTHING: Fraction = { upper: 0n, lower: 1n }
const UNITS = ['half_day', 'day', 'class_hour'] as const
const UNIT_WORDS = { half_day: 'study.half_days', day: 'study.days', class_hour: 'study.class_hours' } as const

/** How many entries, of how many people, and how long in all; days and class hours are not made into time. */
export function totalsOf(rows: readonly StudyRow[]): { count: number; people: number; amount: string } {
  const seconds = sum(rows, 'second')
  const others = UNITS.map((unit) => ({ unit, value: sum(rows, unit) })).filter(({ value }) => value.upper > 0n)
  const parts = [
    ...(seconds.upper > 0n ? [timeLabel(seconds.upper / seconds.lower)] : []),
    ...others.map(({ unit, value }) => t(UNIT_WORDS[unit], { value: written(value) })),
  ]
  return { count: rows.length, people: new Set(rows.map((row) => row.member)).size, amount: parts.join('、') }
}

function sum(rows: readonly StudyRow[], unit: StudyRow['amount']['amount']['unit']): Fraction {
  return rows.filter((row) => row.amount.amount.unit === unit).reduce((total, row) => plus(total, read(row.amount.amount.value)), NOTHING)
}

/** Reads an exact text of the core: `3`, `1.5` or `1/3`. */
function read(text: string): Fraction {
  const [upper = '0', lower = '1'] = text.split('/')
  const [whole = '0', digits = ''] = upper.split('.')
  return { upper: BigInt(whole + digits), lower: BigInt(lower) * 10n ** BigInt(digits.length) }
}

function plus(a: Fraction, b: Fraction): Fraction {
  const upper = a.upper * b.lower + b.upper * a.lower
  const lower = a.lower * b.lower
  const common = commonDivisor(upper, lower)
  return { upper: upper / common, lower: lower / common }
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a === 0n ? 1n : a) : commonDivisor(b, a % b)
}

/** As a decimal where it ends within four places, else as a fraction. */
function written({ upper, lower }: Fraction): string {
  if (10000n % lower !== 0n) return `${upper}/${lower}`
  const scaled = (upper * 10000n) / lower
  const digits = String(scaled % 10000n).padStart(4, '0').replace(/0+$/, '')
  return digits === '' ? String(scaled / 10000n) : `${scaled / 10000n}.${digits}`
}

function timeLabel(seconds: bigint): string {
  const parts = [
    [seconds / 3600n, 'study.hours'],
    [(seconds / 60n) % 60n, 'study.minutes'],
    [seconds % 60n, 'study.seconds'],
  ] as const
  return parts
    .filter(([value]) => value > 0n)
    .map(([value, key]) => t(key, { value: String(value) }))
    .join(' ')
}
