import { describe, expect, it } from 'vitest'

import { heatMonths, heatWeeks } from './heat'

describe('the study calendar', () => {
  it('holds every day of the year once, in weeks from Monday', () => {
    // 1 January 2025 was a Wednesday.
    const weeks = heatWeeks(2025, [])
    expect(weeks[0]?.map((day) => day?.date.slice(8) ?? '')).toEqual(['', '', '01', '02', '03', '04', '05'])
    expect(weeks.flat().filter(Boolean)).toHaveLength(365)
    expect(heatWeeks(2024, []).flat().filter(Boolean)).toHaveLength(366)
    expect(weeks.every((week) => week.length === 7)).toBe(true)
  })

  it('grades by quarters of the busiest day; one person is seen', () => {
    const days = [
      ['2025-01-01', 1],
      ['2025-01-02', 10],
      ['2025-01-03', 40],
    ] as const
    const level = new Map(heatWeeks(2025, days.map(([date, people]) => ({ date, people }))).flat().flatMap((day) => (day ? [[day.date, day.level] as const] : [])))
    expect(days.map(([date]) => level.get(date))).toEqual([1, 1, 4])
    expect(level.get('2025-01-04')).toBe(0)
  })

  it('sums the months, and names the busiest day of each', () => {
    const months = heatMonths([
      { date: '2025-03-05', people: 4 },
      { date: '2025-03-06', people: 9 },
      { date: '2025-12-31', people: 1 },
    ])
    expect(months).toHaveLength(12)
    expect(months[2]).toEqual({ days: 2, people: 13, busiest: { date: '2025-03-06', people: 9 } })
    expect(months[0]).toEqual({ days: 0, people: 0, busiest: null })
    expect(months[11]?.days).toBe(1)
  })
})
