import { describe, expect, it } from 'vitest'

import { emptyFact, factInput, factWords, spanWords } from './facts'

describe('further facts of a member', () => {
  it('name everything but leave', () => {
    expect(factInput({ ...emptyFact('leave'), name: 'x', value: '病假', from: '2025-02-01', until: '2025-04-30' }, 'm1')).toEqual({
      member: 'm1',
      kind: 'leave',
      name: null,
      value: '病假',
      from: '2025-02-01',
      until: '2025-04-30',
      reason: null,
    })
    expect(factInput({ ...emptyFact('review'), value: '优秀' }, 'm1')).toMatchObject({ name: '年度考核', value: '优秀', from: null, until: null })
  })

  it('say what and from when until when', () => {
    expect([factWords({ kind: 'leave', name: '', value: '病假' }), factWords({ kind: 'review', name: '年度考核', value: '优秀' })]).toEqual(['病假', '年度考核：优秀'])
    expect([
      spanWords({ from: '2025-02-01', until: '2025-04-30' }),
      spanWords({ from: '2025-02-01', until: null }),
      spanWords({ from: null, until: '2025-04-30' }),
      spanWords({ from: null, until: null }),
    ]).toEqual(['2025-02-01 至 2025-04-30', '自 2025-02-01 起', '到 2025-04-30 止', '一直'])
  })
})
