import { describe, expect, it } from 'vitest'

import { monthDay, percent, rateWithFraction, weekday } from './figures'

describe('figures', () => {
  it.each([
    [3, 7, '42.9'],
    [1, 1, '100.0'],
    [0, 5, '0.0'],
    // 0.125 % and 99.95 %: halves go upwards, without a detour over binary fractions.
    [1, 800, '0.1'],
    [1999, 2000, '100.0'],
    [1, 2000, '0.1'],
  ])('%i of %i is %s per cent', (attended, out_of, expected) => {
    expect(percent({ attended, out_of })).toBe(expected)
  })

  it('has no rate where nobody was required', () => {
    expect(percent({ attended: 0, out_of: 0 })).toBeNull()
    expect(rateWithFraction({ attended: 0, out_of: 0 })).toBe('—')
  })

  it('says dates as people do', () => {
    expect(monthDay('2025-03-05')).toBe('3月5日')
    // 1 October 2025 was a Wednesday.
    expect(weekday('2025-10-01')).toBe('周三')
  })
})
