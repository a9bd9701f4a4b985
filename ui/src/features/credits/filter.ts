/** Which lines of the year's credits are shown. */
import type { CreditRow, Tier } from '@/bridge/generated'
import { isNamedBy } from '@/features/roster/filter'
import type { TextKey } from '@/i18n'

/** How a line can stand. A line can stand in several ways at once: 未达标 and 落后 and 待核. */
export type CreditState = 'met' | 'short' | 'behind' | 'unreachable' | 'undecided' | 'pending' | 'not_required' | 'consequence' | 'changed'

/** The states in the order of the list. */
export const STATES: Record<CreditState, TextKey> = {
  short: 'credits.short',
  behind: 'credits.state_behind',
  unreachable: 'credits.forecast_unreachable',
  undecided: 'credits.undecided',
  pending: 'credits.state_pending',
  met: 'credits.met',
  not_required: 'credits.not_required',
  consequence: 'credits.state_consequence',
  changed: 'credits.state_changed',
}

/** What the table is narrowed to; an empty text narrows nothing. */
export interface CreditFilter {
  /** Chinese, pinyin initials, full pinyin or 工号. */
  text: string
  tier: Tier | ''
  state: CreditState | ''
}

/** Whether a line stands so. */
export function stands(row: CreditRow, state: CreditState): boolean {
  switch (state) {
    case 'met':
      return row.verdict === 'pass'
    case 'short':
      return row.verdict === 'fail'
    case 'undecided':
      return row.verdict === null
    case 'not_required':
      return row.verdict === 'none' || row.verdict === 'exempt' || row.verdict === 'outside'
    case 'behind':
    case 'unreachable':
      return row.forecast?.state === state
    case 'pending':
      return row.pending > 0
    case 'consequence':
      return row.consequences.length > 0
    case 'changed':
      return row.changed
  }
}

/** The lines that pass every part of the filter, in the order given. */
export function filterCredits(rows: readonly CreditRow[], filter: CreditFilter): CreditRow[] {
  return rows.filter(
    (row) =>
      (filter.tier === '' || row.member.tier === filter.tier) && (filter.state === '' || stands(row, filter.state)) && isNamedBy(row.member, filter.text),
  )
}
