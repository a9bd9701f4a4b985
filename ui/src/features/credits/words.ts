import type { CreditResult, CreditRow } from '@/bridge/generated'
import { t, type TextKey } from '@/i18n'

import { approximate, rounded } from './exact'

/** 达标, 未达标, 不作要求, as the filter names them. */
export const RESULTS: Record<CreditResult, TextKey> = {
  met: 'credits.met',
  short: 'credits.short',
  not_required: 'credits.not_required',
}

/** The result of a line in words: 达标, 差 2.5, 不作要求; a fraction rounded, as 差 ≈ 2.33. */
export function resultWords(row: Pick<CreditRow, 'result' | 'gap'>): string {
  if (row.result !== 'short' || row.gap === null) return t(RESULTS[row.result])
  const near = rounded(row.gap)
  return t('credits.gap', { gap: near === null ? row.gap : t('credits.about', { amount: near }) })
}

/** How loud it is said: less than half of what is required is worse than a little short. */
export function resultTone(row: Pick<CreditRow, 'result' | 'required' | 'earned'>): 'ok' | 'warn' | 'bad' | 'off' {
  if (row.result === 'met') return 'ok'
  if (row.result === 'not_required' || row.required === null) return 'off'
  return approximate(row.earned) * 2 < approximate(row.required) ? 'bad' : 'warn'
}
