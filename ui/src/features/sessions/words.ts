/** Levels, states and counts of sessions, in words. */
import type { AttendanceCounts, SessionLevel, SessionState } from '@/bridge/generated'
import type { TextKey } from '@/i18n'

/** 学习层级, in the order of a form. */
export const LEVELS: Record<SessionLevel, TextKey> = {
  branch: 'sessions.level_branch',
  committee: 'sessions.level_committee',
  personal: 'sessions.level_personal',
}

/** What became of a session. */
export const STATES: Record<SessionState, TextKey> = {
  planned: 'sessions.state_planned',
  held: 'sessions.state_held',
  cancelled: 'sessions.state_cancelled',
}

/** The tone of a state's tag. */
export const STATE_TONES = { planned: 'info', held: 'ok', cancelled: 'off' } as const

/** How many members have any status: what a deletion takes with it. */
export function marksOf(counts: AttendanceCounts): number {
  return (
    counts.present +
    counts.late +
    counts.early_leave +
    counts.official_leave +
    counts.sick_leave +
    counts.personal_leave +
    counts.absent +
    counts.not_required
  )
}
