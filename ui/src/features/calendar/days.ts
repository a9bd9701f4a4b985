/** Days of a calendar as text, `YYYY-MM-DD`: sums, weeks, months. No clock, no zone: a day is a day. */

/** A day of the calendar, before anything stands on it. */
export interface Day {
  date: string
  /** 1 to 31. */
  number: number
  /** 1, Monday, to 7, Sunday. */
  weekday: number
  /** Whether it belongs to the month that is shown, or stands there to fill the week. */
  inside: boolean
}

function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}

function text(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** So many days later; earlier where less than nothing. */
export function addDays(date: string, days: number): string {
  const day = utc(date)
  day.setUTCDate(day.getUTCDate() + days)
  return text(day)
}

/** So many months later, on the same day or the month's last. */
export function addMonths(date: string, months: number): string {
  const day = utc(date)
  const wanted = day.getUTCDate()
  day.setUTCDate(1)
  day.setUTCMonth(day.getUTCMonth() + months)
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  day.setUTCDate(Math.min(wanted, last))
  return text(day)
}

/** 1, Monday, to 7, Sunday. */
export function weekdayOf(date: string): number {
  return utc(date).getUTCDay() || 7
}

/** The month's weeks, Monday first, filled up with the days around. */
export function weeksOf(year: number, month: number): Day[][] {
  const first = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`
  const start = addDays(first, 1 - weekdayOf(first))
  const weeks: Day[][] = []
  for (let monday = start; weeks.length === 0 || monday.slice(0, 7) === first.slice(0, 7); monday = addDays(monday, 7)) {
    weeks.push(
      Array.from({ length: 7 }, (_, index) => {
        const date = addDays(monday, index)
        return { date, number: Number(date.slice(8)), weekday: index + 1, inside: date.slice(0, 7) === first.slice(0, 7) }
      }),
    )
  }
  return weeks
}

/** The day with which a year opens: today in its own year, else the 1st of January. */
export function openingDay(year: number, today: string): string {
  return Number(today.slice(0, 4)) === year ? today : `${String(year).padStart(4, '0')}-01-01`
}

/** Where a key moves from a day: by days, weeks, months; `null` where it does not. */
export function step(date: string, chord: string): string | null {
  switch (chord) {
    case 'ArrowLeft':
      return addDays(date, -1)
    case 'ArrowRight':
      return addDays(date, 1)
    case 'ArrowUp':
      return addDays(date, -7)
    case 'ArrowDown':
      return addDays(date, 7)
    case 'PageUp':
      return addMonths(date, -1)
    case 'PageDown':
      return addMonths(date, 1)
    case 'Home':
      return addDays(date, 1 - weekdayOf(date))
    case 'End':
      return addDays(date, 7 - weekdayOf(date))
    default:
      return null
  }
}
