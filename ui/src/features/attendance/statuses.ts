/** The statuses of a roll: their order, keys, words and tones. */
import type { AttendanceSheet, AttendanceStatus } from '@/bridge/generated'
import { compose } from '@/i18n/sentence'
import catalogue from '@assets/messages/zh-CN.json'

/** Statuses with a chip of their own; the key of each is its place, from 1. */
export const CHIPS = ['present', 'late', 'early_leave', 'official_leave', 'sick_leave', 'personal_leave', 'absent'] as const satisfies readonly AttendanceStatus[]

/** What each digit marks; 9 toggles 列席 and stands apart. */
export const STATUS_OF_DIGIT: Readonly<Record<number, AttendanceStatus>> = {
  ...Object.fromEntries(CHIPS.map((status, index) => [index + 1, status])),
  8: 'not_required',
  0: 'unmarked',
}

/** The tone of a status, as of `UiTag`. */
export const TONES: Record<AttendanceStatus, 'ok' | 'warn' | 'info' | 'bad' | 'off'> = {
  present: 'ok',
  late: 'warn',
  early_leave: 'warn',
  official_leave: 'info',
  sick_leave: 'info',
  personal_leave: 'info',
  absent: 'bad',
  not_required: 'off',
  unmarked: 'off',
}

/** Stayed away, with or without leave: what a make-up can be for. */
export function isMissed(status: AttendanceStatus): boolean {
  return status === 'official_leave' || status === 'sick_leave' || status === 'personal_leave' || status === 'absent'
}

/** Leave of one kind or another: what somebody approves. */
export function isLeave(status: AttendanceStatus): boolean {
  return status === 'official_leave' || status === 'sick_leave' || status === 'personal_leave'
}

/** Whether minutes belong to the status. */
export function hasMinutes(status: AttendanceStatus): boolean {
  return status === 'late' || status === 'early_leave'
}

/** The status in the words that the command line uses as well: 出席. */
export function statusWord(status: AttendanceStatus): string {
  return compose(catalogue, 'status', status, {})
}

/** How many have each status, in the order of the keys: 出席 37，迟到 2. */
export function tallyWords({ rows }: Pick<AttendanceSheet, 'rows'>): string {
  return ([...CHIPS, 'not_required', 'unmarked'] as const)
    .map((status) => ({ status, count: rows.filter((row) => row.mark.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${statusWord(status)} ${count}`)
    .join('，')
}
