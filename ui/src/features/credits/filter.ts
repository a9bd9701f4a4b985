/** Which lines of the year's credits are shown. */
import type { CreditResult, CreditRow, Tier } from '@/bridge/generated'
import { isNamedBy } from '@/features/roster/filter'

/** What the table is narrowed to; an empty text narrows nothing. */
export interface CreditFilter {
  /** Chinese, pinyin initials, full pinyin or 工号. */
  text: string
  tier: Tier | ''
  result: CreditResult | ''
}

/** The lines that pass every part of the filter, in the order given. */
export function filterCredits(rows: readonly CreditRow[], filter: CreditFilter): CreditRow[] {
  return rows.filter(
    (row) =>
      (filter.tier === '' || row.member.tier === filter.tier) &&
      (filter.result === '' || row.result === filter.result) &&
      isNamedBy(row.member, filter.text),
  )
}
