import { describe, expect, it } from 'vitest'

import { addMonths, openingDay, step, weeksOf } from './days'

describe('days', () => {
  it('fills a month to whole weeks, Monday first', () => {
    // 1 March 2026 is a Sunday.
    const weeks = weeksOf(2026, 3)
    expect(weeks).toHaveLength(6)
    expect(weeks[0]?.map((day) => day.date)).toEqual(['2026-02-23', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'])
    expect(weeks.flat().filter((day) => day.inside)).toHaveLength(31)
    // February 2027 begins on a Monday and has four weeks.
    expect(weeksOf(2027, 2)).toHaveLength(4)
  })
  it('stays in the month where the day is not there', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-01-31', -2)).toBe('2025-11-30')
    expect(openingDay(2029, '2028-12-15')).toBe('2029-01-01')
    expect(openingDay(2028, '2028-12-15')).toBe('2028-12-15')
  })
  it('moves by keys over the ends of weeks, months and years', () => {
    expect(step('2026-01-01', 'ArrowLeft')).toBe('2025-12-31')
    expect(step('2026-02-28', 'ArrowDown')).toBe('2026-03-07')
    expect(step('2026-03-04', 'Home')).toBe('2026-03-02')
    expect(step('2026-03-04', 'End')).toBe('2026-03-08')
    expect(step('2026-03-04', 'q')).toBeNull()
  })
})
