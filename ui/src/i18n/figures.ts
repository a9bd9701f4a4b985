/** Figures in words: rates with their fraction, dates as they are said. */
import type { AttendanceRate } from '@/bridge/generated'

import { t } from './index'

/** Per cent to one place, halves upwards: `92.4`; null where nobody was required. */
export function percent(rate: AttendanceRate): string | null {
  if (rate.out_of === 0) return null
  // In whole numbers: a binary fraction would round some halves down.
  const tenths = Math.floor((rate.attended * 2000 + rate.out_of) / (2 * rate.out_of))
  return `${Math.floor(tenths / 10)}.${tenths % 10}`
}

/** A rate with its fraction: `92.4%（924 / 1000）`. */
export function rateWithFraction(rate: AttendanceRate): string {
  const value = percent(rate)
  return value === null ? t('common.no_rate') : `${value}%（${rate.attended} / ${rate.out_of}）`
}

/** `YYYY-MM-DD` as it is said within a year: `10月14日`. */
export function monthDay(date: string): string {
  const [, month, day] = date.split('-')
  return `${Number(month)}月${Number(day)}日`
}

/** The weekday of `YYYY-MM-DD`: `周二`. */
export function weekday(date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return `周${'日一二三四五六'[new Date(year, month - 1, day).getDay()] ?? ''}`
}
