import { describe, expect, it } from 'vitest'

import { partsOf } from './composition'

describe('composition', () => {
  it('gives each of four parts its colour', () => {
    expect(partsOf(['a', 'b', 'c', 'd'], []).map((part) => part.colour)).toEqual(['var(--c1)', 'var(--c2)', 'var(--c3)', 'var(--c4)'])
  })

  it('gives the three largest of more their own, in the order of the rules; the rest share one', () => {
    // Sums: a 1, b 6, c 0, d 5, e 4.5; a deduction takes no room.
    const parts = partsOf(['a', 'b', 'c', 'd', 'e'], [
      ['1', '3', '-9', '5', '9/2'],
      ['0', '3', '0', '0', '0'],
    ])
    expect(parts.map(({ label, colour, other }) => `${label}${colour.slice(-2, -1)}${other ? '*' : ''}`)).toEqual(['a4*', 'b1', 'c4*', 'd2', 'e3'])
  })
})
