/** Results, forecasts, dates and ways on the screen of the ledger. */
import type { Approval, CreditRow, DecisionView, FactLink, Forecast, HistorySource, ObligationWord, Range, RequirementLine, VerdictView } from '@/bridge/generated'
import { t, type TextKey } from '@/i18n'
import { monthDay } from '@/i18n/figures'

import { approximate, rounded } from './exact'

/** How loud a word is said. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'off'

/** 达标, 未达标, 没有要求, 免, 不在范围内. */
export const VERDICTS: Record<VerdictView, TextKey> = {
  pass: 'credits.met',
  fail: 'credits.short',
  none: 'credits.not_required',
  exempt: 'credits.exempt',
  outside: 'credits.outside',
}

export const VERDICT_TONES: Record<VerdictView, Tone> = { pass: 'ok', fail: 'bad', none: 'off', exempt: 'off', outside: 'off' }

/** 待核, 认定, 退回. */
export const APPROVALS: Record<Approval, TextKey> = { pending: 'study.state_pending', accepted: 'study.state_accepted', returned: 'study.state_returned' }

export const APPROVAL_TONES: Record<Approval, Tone> = { pending: 'info', accepted: 'off', returned: 'warn' }

/** From where an earlier period is known. */
export const SOURCES: Record<HistorySource, TextKey> = { counted: 'credits.source_counted', closed: 'credits.source_closed', opening: 'credits.source_opening' }

/** How a duty stands. */
export const OBLIGATIONS: Record<ObligationWord, TextKey> = {
  done: 'credits.duty_done',
  late: 'credits.duty_late',
  open: 'credits.duty_open',
  overdue: 'credits.duty_overdue',
}

export const OBLIGATION_TONES: Record<ObligationWord, Tone> = { done: 'ok', late: 'warn', open: 'info', overdue: 'bad' }

/** An amount that fits a line: a fraction rounded, `≈ 2.33`. */
export function brief(exact: string): string {
  const near = rounded(exact)
  return near === null ? exact : t('credits.about', { amount: near })
}

/** Between what an amount lies: `16–17.5`, `16 以上`; where one end is a fraction, rounded, as `≈ 36.17 以上`. */
export function rangeWords({ min, max }: Range): string {
  const ends = [min, ...(max === null || max === min ? [] : [max])]
  const near = ends.map((end) => rounded(end) ?? end)
  const [from = '', to] = near
  const words = max === null ? t('credits.range_open', { min: from }) : to === undefined ? from : t('credits.range', { min: from, max: to })
  return ends.some((end) => rounded(end) !== null) ? t('credits.about', { amount: words }) : words
}

/** The same with its unit: `16–17.5 学分`, `16 学分以上`. */
export function rangeWithUnit(range: Range, unit: string): string {
  return range.max === null ? t('credits.range_open_unit', { min: brief(range.min), unit }) : `${rangeWords(range)} ${unit}`
}

/** The total of a line: exact, or between what it lies. */
export function totalWords({ earned, range }: Pick<CreditRow, 'earned' | 'range'>): string {
  return range === null ? earned : rangeWords(range)
}

/** The same where there is little room: a fraction rounded. */
export function nearTotal({ earned, range }: Pick<CreditRow, 'earned' | 'range'>): string {
  return range === null ? brief(earned) : rangeWords(range)
}

/** The result of a line in words: 达标, 差 2.5, 不作要求, 未定; a fraction rounded, as 差 ≈ 2.33. */
export function resultWords({ verdict, gap }: Pick<CreditRow, 'verdict' | 'gap'>): string {
  if (verdict === null) return t('credits.undecided')
  return verdict === 'fail' && gap !== null ? t('credits.gap', { gap: brief(gap) }) : t(VERDICTS[verdict])
}

/** How loud it is said: less than half of what is required is worse than a little short. */
export function resultTone({ verdict, required, earned }: Pick<CreditRow, 'verdict' | 'required' | 'earned'>): Tone {
  if (verdict === null) return 'info'
  if (verdict !== 'fail') return VERDICT_TONES[verdict]
  return required !== null && approximate(earned) * 2 >= approximate(required) ? 'warn' : 'bad'
}

/** 进度正常, 落后 2, 已无法达到; nothing where nothing is foretold. */
export function forecastWords(forecast: Forecast | null): string {
  switch (forecast?.state) {
    case 'met':
      return t('credits.forecast_met')
    case 'on_pace':
      return t('credits.forecast_on_pace')
    case 'behind':
      return t('credits.forecast_behind', { amount: brief(forecast.behind ?? '0') })
    case 'unreachable':
      return t('credits.forecast_unreachable')
    default:
      return ''
  }
}

/** Grave is only what cannot be mended. */
export function forecastTone(forecast: Forecast | null): Tone {
  const tones = { met: 'ok', on_pace: 'ok', behind: 'warn', unreachable: 'bad' } as const
  return forecast === null ? 'off' : tones[forecast.state]
}

/** How a requirement stands: 达到, 未达到, 已补足, and 建议 where it does not bind. */
export function requirementWords({ passed, binding, repaired }: Pick<RequirementLine, 'passed' | 'binding' | 'repaired'>): string {
  if (repaired) return t('credits.requirement_repaired')
  if (passed) return t('credits.requirement_met')
  return t(binding ? 'credits.requirement_short' : 'credits.requirement_advised')
}

export function requirementTone({ passed, binding, repaired }: Pick<RequirementLine, 'passed' | 'binding' | 'repaired'>): Tone {
  return passed || repaired ? 'ok' : binding ? 'bad' : 'warn'
}

/** The limit of a requirement: 不低于 18, 不超过 6. */
export function limitWords({ min, max }: Pick<RequirementLine, 'min' | 'max'>): string {
  const parts = [min === null ? '' : t('credits.at_least', { amount: min }), max === null ? '' : t('credits.at_most', { amount: max })]
  return parts.filter(Boolean).join(t('credits.list_comma'))
}

/** A date within a year: `3月5日`, `3月`, of another year in full. As precise as it is known. */
export function dateWords(date: string | null, year: number): string {
  if (date === null || date === '') return t('credits.date_unknown')
  const [of, month, day] = date.split('-')
  if (Number(of) !== year || month === undefined) return date
  return day === undefined ? t('workbench.month', { month: Number(month) }) : monthDay(date)
}

/** Where a fact is shown; null where no record stands behind it. */
export function pathOf(link: FactLink): string | null {
  switch (link.page) {
    case 'session':
      return `/sessions/${link.id}`
    case 'study':
      return `/study?entry=${link.id}`
    case 'manual_credit':
      return `/credits/manual?entry=${link.id}`
    case 'none':
      return null
  }
}

/** What was decided: the reading in words, or the number. */
export function answerWords({ reading_label, value }: Pick<DecisionView, 'reading_label' | 'value'>): string {
  return value !== null ? t('credits.decided_value', { value }) : t('credits.decided_reading', { reading: reading_label ?? '' })
}
