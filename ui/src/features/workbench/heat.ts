import type { StudyDay } from '@/bridge/generated'

/** A square of the study calendar. */
export interface HeatDay {
  /** `YYYY-MM-DD` */
  date: string
  people: number
  /** 0 for none, 1 to 4 by quarters of the busiest day. */
  level: 0 | 1 | 2 | 3 | 4
}

/** A year in columns of weeks from Monday; null before its first day and after its last. */
export function heatWeeks(year: number, days: readonly StudyDay[]): (HeatDay | null)[][] {
  const people = new Map(days.map((day) => [day.date, day.people]))
  const most = Math.max(1, ...people.values())
  const first = new Date(Date.UTC(year, 0, 1))
  const before = (first.getUTCDay() + 6) % 7
  const cells: (HeatDay | null)[] = Array<null>(before).fill(null)
  for (const day = first; day.getUTCFullYear() === year; day.setUTCDate(day.getUTCDate() + 1)) {
    const date = day.toISOString().slice(0, 10)
    const count = people.get(date) ?? 0
    cells.push({ date, people: count, level: Math.ceil((count / most) * 4) as HeatDay['level'] })
  }
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** A month of the study calendar. */
export interface HeatMonth {
  /** Days with study. */
  days: number
  /** 人次 */
  people: number
  busiest: StudyDay | null
}

/** The twelve months, January first. */
export function heatMonths(days: readonly StudyDay[]): HeatMonth[] {
  return Array.from({ length: 12 }, (_, month) => {
    const own = days.filter((day) => Number(day.date.slice(5, 7)) === month + 1 && day.people > 0)
    const busiest = own.reduce<StudyDay | null>((most, day) => (day.people > (most?.people ?? 0) ? day : most), null)
    return { days: own.length, people: own.reduce((sum, day) => sum + day.people, 0), busiest }
  })
}
