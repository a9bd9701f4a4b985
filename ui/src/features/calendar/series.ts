/** The form of a series: every field as it is typed; the core reads it. */
import type { OnHoliday, Pattern, SeriesInput, SeriesView, SessionLevel } from '@/bridge/generated'

/** What stands in the form. */
export interface SeriesDraft {
  every: Pattern['every']
  interval: string
  weekdays: number[]
  nth: number
  weekday: number
  day: number
  on_holiday: OnHoliday
  starts_on: string
  ends_on: string
  starts_at: string
  amount: string
  kind: string
  title: string
  level: SessionLevel
  theme: string
  place: string
  /** Empty: the book's own. */
  organization: string
  /** Empty: none. */
  plan_item: string
}

/** A new series of a year: from today on, or the whole of a year to come. */
export function emptySeries(year: number, today: string): SeriesDraft {
  const first = `${year}-01-01`
  return {
    every: 'month_weekday',
    interval: '1',
    weekdays: [5],
    nth: 1,
    weekday: 5,
    day: 15,
    on_holiday: 'before',
    starts_on: today.slice(0, 4) === String(year) ? today : first,
    ends_on: `${year}-12-31`,
    starts_at: '',
    amount: '',
    kind: '',
    title: '',
    level: 'branch',
    theme: '',
    place: '',
    organization: '',
    plan_item: '',
  }
}

/** A series of the book, as the form shows it. */
export function draftOf(series: SeriesView): SeriesDraft {
  const { pattern, on_holiday } = series.rule
  return {
    ...emptySeries(Number(series.starts_on.slice(0, 4)), series.starts_on),
    every: pattern.every,
    interval: String(pattern.interval),
    ...(pattern.every === 'week' ? { weekdays: [...pattern.weekdays] } : {}),
    ...(pattern.every === 'month_weekday' ? { nth: pattern.nth, weekday: pattern.weekday } : {}),
    ...(pattern.every === 'month_day' ? { day: pattern.day } : {}),
    on_holiday,
    starts_on: series.starts_on,
    ends_on: series.ends_on,
    starts_at: series.starts_at ?? '',
    amount: series.amount ?? '',
    kind: series.kind,
    title: series.title,
    level: series.level,
    theme: series.theme ?? '',
    place: series.place ?? '',
    organization: series.organization ?? '',
  }
}

function patternOf(draft: SeriesDraft): Pattern {
  // What is no number is none that the core takes: it answers with the field's sentence.
  const interval = /^\d{1,3}$/.test(draft.interval.trim()) ? Number(draft.interval) : 0
  switch (draft.every) {
    case 'week':
      return { every: 'week', interval, weekdays: [...draft.weekdays].sort((a, b) => a - b) }
    case 'month_weekday':
      return { every: 'month_weekday', interval, nth: draft.nth, weekday: draft.weekday }
    case 'month_day':
      return { every: 'month_day', interval, day: draft.day }
  }
}

/** What the core is given: a blank is nothing. */
export function inputOf(draft: SeriesDraft): SeriesInput {
  const some = (text: string): string | null => (text.trim() === '' ? null : text)
  return {
    rule: { pattern: patternOf(draft), on_holiday: draft.on_holiday },
    starts_on: draft.starts_on,
    ends_on: draft.ends_on,
    starts_at: some(draft.starts_at),
    amount: some(draft.amount),
    kind: draft.kind,
    title: draft.title,
    level: draft.level,
    theme: some(draft.theme),
    place: some(draft.place),
    organization: some(draft.organization),
    plan_item: some(draft.plan_item),
  }
}

/** The input for a look at the days: title and kind may still be missing. */
export function previewOf(draft: SeriesDraft): SeriesInput {
  const input = inputOf(draft)
  return { ...input, title: input.title || '…', kind: input.kind || '…' }
}
