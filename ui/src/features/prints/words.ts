/** Statuses as they stand on sheets. */
import type { AttendanceStatus } from '@/bridge/generated'
import type { TextKey } from '@/i18n'

/** The word of each status. */
export const STATUS_WORDS: Record<AttendanceStatus, TextKey> = {
  present: 'prints.status_present',
  late: 'prints.status_late',
  early_leave: 'prints.status_early_leave',
  official_leave: 'prints.status_official_leave',
  sick_leave: 'prints.status_sick_leave',
  personal_leave: 'prints.status_personal_leave',
  absent: 'prints.status_absent',
  not_required: 'prints.status_not_required',
  unmarked: 'prints.status_unmarked',
}
