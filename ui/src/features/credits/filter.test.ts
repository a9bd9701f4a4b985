import { describe, expect, it } from 'vitest'

import { filterCredits, STATES, stands, type CreditState } from './filter'
import { member, row } from './testing'
import { readFilter, setOf, writeFilter } from './view'

const BEHIND = row(member('2', '钱乙', { search_keys: ['qianyi', 'qy'] }), {
  verdict: 'fail',
  pending: 1,
  forecast: { state: 'behind', expected: '9', behind: '2', needed_a_month: null, days_gone: 270, days: 365 },
})

describe('the filter of the ledger', () => {
  it('knows every way in which a line can stand', () => {
    const states = (Object.keys(STATES) as CreditState[]).filter((state) => stands(BEHIND, state))
    expect(states).toEqual(['short', 'behind', 'pending'])
    expect(stands(row(member('1', '赵甲'), { verdict: null }), 'undecided')).toBe(true)
    expect(stands(row(member('1', '赵甲'), { verdict: 'exempt' }), 'not_required')).toBe(true)
  })

  it('narrows by all of its parts', () => {
    const rows = [BEHIND, row(member('1', '赵甲'))]
    expect(filterCredits(rows, { text: 'QY', tier: '', state: 'behind' })).toEqual([BEHIND])
    expect(filterCredits(rows, { text: '', tier: 'other', state: '' })).toEqual([])
  })

  it('comes back from the address as it was written, and takes no word that is none', () => {
    const filter = { text: 'zs', tier: 'section', state: 'undecided' } as const
    expect(readFilter(writeFilter(filter) as Record<string, string>)).toEqual(filter)
    expect(writeFilter({ text: ' ', tier: '', state: '' })).toEqual({ q: undefined, tier: undefined, state: undefined })
    expect(readFilter({ tier: 'toString', state: ['a', 'b'], q: null })).toEqual({ text: '', tier: '', state: '' })
    expect([setOf({ set: 'weihai' }), setOf({ set: '' }), setOf({})]).toEqual(['weihai', null, null])
  })
})
