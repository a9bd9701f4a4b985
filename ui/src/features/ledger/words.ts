/** The ledger's figures and cells in words. */
import type { CellState, LedgerColumn, LedgerTotal } from '@/bridge/generated'
import { statusWord } from '@/features/attendance/statuses'
import { t } from '@/i18n'
import { monthDay, rateWithFraction, weekday } from '@/i18n/figures'

import type { LedgerCell } from './ledger'

/** What a cell says: `迟到 10 分钟 备注：堵车`. */
export function cellWords(cell: LedgerCell | undefined): string {
  if (!cell) return t('ledger.not_on_roll')
  const { status, detail } = cell
  return [
    detail?.observer ? t('ledger.observer') : statusWord(status),
    detail?.minutes ? t('ledger.minutes', { minutes: detail.minutes }) : '',
    detail?.made_up ? t('ledger.made_up') : '',
    detail?.remark ? t('ledger.remark_of', { remark: detail.remark }) : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** What an entry of the history says. */
export function stateWords(state: CellState): string {
  return [
    state.observer ? t('ledger.observer') : statusWord(state.status),
    state.minutes ? t('ledger.minutes', { minutes: state.minutes }) : '',
    state.approver ? t('ledger.approver_of', { name: state.approver }) : '',
    state.make_up ? t('ledger.made_up_words', { words: state.make_up }) : '',
    state.remark ? t('ledger.remark_of', { remark: state.remark }) : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** A column's heading in full. */
export function headWords(column: LedgerColumn): string {
  return t('ledger.head', { date: monthDay(column.date), weekday: weekday(column.date), kind: column.kind, title: column.title })
}

/** Both rates with their fractions. */
export function rateWords(total: LedgerTotal): string {
  return t('ledger.head_rate', { rate: rateWithFraction(total.rate), with: rateWithFraction(total.rate_with_make_up) })
}
