/** The leave book in figures and words: which days are looked at, what a leave touches. */
import type { LeaveInput, LeaveRow } from '@/bridge/generated'
import { leaveDays } from '@/features/attendance/roll'
import { t } from '@/i18n'

/** Which days are looked at. */
export type When = 'today' | 'month' | 'year'

/** A leave as the form holds it; empty texts are nothing. */
export interface LeaveDraft {
  member: string | null
  kind: LeaveInput['kind']
  from: string
  until: string
  reason: string
  approver: string
  paper: string
}

/** The first and the last day to look at: today, its month, or the year chosen. */
export function spanOf(when: When, today: string, year: number): { from: string; until: string } {
  if (when === 'today') return { from: today, until: today }
  if (when === 'year') return { from: `${year}-01-01`, until: `${year}-12-31` }
  const [own = 0, month = 1] = today.split('-').map(Number)
  // Day 0 of the next month is the last of this one.
  const last = new Date(Date.UTC(own, month, 0)).getUTCDate()
  const prefix = today.slice(0, 7)
  return { from: `${prefix}-01`, until: `${prefix}-${String(last).padStart(2, '0')}` }
}

/** The year whose list holds a leave: the one on screen where it reaches into that, else the one in which it begins. */
export function yearOf(row: Pick<LeaveRow, 'from' | 'until'>, shown: number): number {
  const [first, last] = [Number(row.from.slice(0, 4)), Number(row.until.slice(0, 4))]
  return first <= shown && shown <= last ? shown : first
}

/** An empty form for a leave that begins on a day. */
export function newDraft(from: string): LeaveDraft {
  return { member: null, kind: 'personal_leave', from, until: '', reason: '', approver: '', paper: '' }
}

/** A leave as the form shows it. One day alone has no last day of its own. */
export function draftOf(row: LeaveRow): LeaveDraft {
  return {
    member: row.member,
    kind: row.kind,
    from: row.from,
    until: row.until === row.from ? '' : row.until,
    reason: row.reason ?? '',
    approver: row.approver ?? '',
    paper: row.paper ?? '',
  }
}

/** What the core takes. */
export function inputOf(draft: LeaveDraft, member: string): LeaveInput {
  const some = (text: string): string | null => (text.trim() === '' ? null : text)
  return { member, kind: draft.kind, from: draft.from, until: some(draft.until), reason: some(draft.reason), approver: some(draft.approver), paper: some(draft.paper) }
}

/** Sessions that a mark could take the leave over at: held, without a mark or absent. */
export function waiting(row: LeaveRow): LeaveRow['sessions'] {
  return row.sessions.filter((session) => session.held && !session.taken && (session.status === 'unmarked' || session.status === 'absent'))
}

/** What became of a leave at the sessions of its days. */
export function touched(row: LeaveRow): string {
  if (row.sessions.length === 0) return t('leave.none_touched')
  const taken = row.sessions.filter((session) => session.taken).length
  const planned = row.sessions.filter((session) => !session.held).length
  const open = waiting(row).length
  return [
    open > 0 ? t('leave.waiting', { count: open }) : '',
    row.sessions.length > planned ? t('leave.taken', { taken, count: row.sessions.length - planned }) : '',
    planned > 0 ? t('leave.planned', { count: planned }) : '',
  ]
    .filter(Boolean)
    .join('，')
}

/** The days of a leave: `3月1日至3月5日`. */
export function daysOf(row: Pick<LeaveRow, 'from' | 'until'>): string {
  return leaveDays(row.from, row.until)
}
