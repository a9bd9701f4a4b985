/** What the ledger is narrowed to, and the request that says so. */
import type { AttendanceStatus, LedgerRequest, SessionState } from '@/bridge/generated'

import { periodDays } from './ledger'

/** Blank parts narrow nothing. */
export interface LedgerFilter {
  /** `year`, `quarter`, `month`, `q1` to `q4`, `custom`. */
  period: string
  /** Of a custom period, in any usual spelling. */
  from: string
  to: string
  /** Key of an organization. */
  organization: string
  kind: string
  theme: string
  state: SessionState | ''
  status: AttendanceStatus | ''
}

/** Everything. */
export const NO_FILTER: LedgerFilter = { period: 'year', from: '', to: '', organization: '', kind: '', theme: '', state: '', status: '' }

/** The statuses to look for, gravest first. */
export const STATUSES: readonly AttendanceStatus[] = ['absent', 'unmarked', 'personal_leave', 'sick_leave', 'official_leave', 'late', 'early_leave', 'not_required', 'present']

/** The request of a filter. */
export function requestOf(filter: LedgerFilter, year: number, today: string): LedgerRequest {
  const { organization, kind, theme, state, status } = filter
  return {
    year,
    ...periodDays(filter.period, year, today, filter),
    ...(organization && { organization }),
    ...(kind && { kind }),
    ...(theme && { theme }),
    ...(state && { state }),
    ...(status && { status }),
  }
}
