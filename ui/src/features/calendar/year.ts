/** What stands on each day of a calendar. */
import type { CalendarAnniversary, CalendarSession, CalendarYear, HolidayView } from '@/bridge/generated'
import { t } from '@/i18n'
import { monthDay, weekday } from '@/i18n/figures'

/** Everything of one day. */
export interface DayContent {
  sessions: CalendarSession[]
  holiday?: HolidayView
  anniversaries: CalendarAnniversary[]
}

const NOTHING: DayContent = { sessions: [], anniversaries: [] }

/** The days of a year by date; one on which nothing stands is not there. */
export function byDay(year: CalendarYear | undefined): Map<string, DayContent> {
  const days = new Map<string, DayContent>()
  const at = (date: string): DayContent => {
    const known = days.get(date)
    if (known) return known
    const made: DayContent = { sessions: [], anniversaries: [] }
    days.set(date, made)
    return made
  }
  for (const session of year?.sessions ?? []) at(session.date).sessions.push(session)
  for (const holiday of year?.holidays ?? []) at(holiday.date).holiday = holiday
  for (const anniversary of year?.anniversaries ?? []) at(anniversary.date).anniversaries.push(anniversary)
  return days
}

/** What stands on a day. */
export function contentOf(days: ReadonlyMap<string, DayContent>, date: string): DayContent {
  return days.get(date) ?? NOTHING
}

/** An anniversary in words: 建党纪念日（105 周年）. */
export function anniversaryText({ name, years }: CalendarAnniversary): string {
  return years === null ? name : t('calendar.years', { name, years })
}

/** A session in one line: 14:30 主题党日 学习党章. */
export function sessionText({ starts_at, kind, title }: CalendarSession): string {
  return [starts_at, kind === title ? null : kind, title].filter(Boolean).join(' ')
}

/** A day as a screen reader says it. */
export function dayText(date: string, { sessions, holiday, anniversaries }: DayContent): string {
  const said = [`${monthDay(date)} ${weekday(date)}`]
  if (holiday) said.push(t(holiday.work ? 'calendar.work_of' : 'calendar.off_of', { name: holiday.name }))
  said.push(...anniversaries.map(anniversaryText))
  if (sessions.length > 0) said.push(t('calendar.sessions_count', { count: sessions.length }), ...sessions.map(sessionText))
  return said.join('，')
}
