import { describe, expect, it } from 'vitest'

import { approximate, rounded } from './exact'

describe('exact amounts', () => {
  it('become numbers only for drawing and order', () => {
    expect(approximate('16.5')).toBe(16.5)
    expect(approximate('-3')).toBe(-3)
    // 1165 / 48 = 24.2708…
    expect(approximate('1165/48')).toBeCloseTo(24.2708, 4)
  })

  it('are rounded only where they are fractions', () => {
    expect(rounded('1165/48')).toBe('24.27')
    expect(rounded('1/3')).toBe('0.33')
    expect(rounded('18.75')).toBeNull()
  })
})
