import { describe, expect, it } from 'vitest'

import type { OpeningView } from '@/bridge/generated'

import { emptyOpening, nextOpening, openingDraft, openingInput } from './opening'

const BUCKETS = [
  { id: 'required', label: '必修', in_total: true },
  { id: 'elective', label: '选修', in_total: true },
]
const VIEW: OpeningView = {
  id: 'o1',
  member: 'm1',
  member_name: '赵甲',
  rule_set: 'annual',
  period: '2024',
  total: '91',
  passed: true,
  buckets: [['required', '73']],
  short: ['web'],
  grade: null,
  carry: [['elective', '17']],
  reason: '2024 年度汇总表',
  document: null,
}

describe('a result of an earlier year', () => {
  it('stays what it was until something is changed', () => {
    const { id, member_name, ...rest } = VIEW
    expect(openingInput(openingDraft(VIEW), 'm1', 'annual', BUCKETS)).toEqual({ ...rest, short: [] })
    expect(openingInput(openingDraft({ ...VIEW, passed: false }), 'm1', 'annual', BUCKETS).short).toEqual(['web'])
    expect([id, member_name]).toEqual(['o1', '赵甲'])
  })

  it('leaves to the rules what is not said', () => {
    const input = openingInput({ ...emptyOpening(' 2024 '), total: '１６.５', reason: '汇总表' }, 'm1', 'annual', BUCKETS)
    expect(input).toMatchObject({ period: '2024', total: '16.5', passed: null, buckets: [], carry: null, grade: null })
  })

  it('tells nothing carried from nothing said, and drops buckets that the rules no longer have', () => {
    const draft = { ...emptyOpening('2024'), carrySaid: true, carry: { gone: '3', required: ' ' }, buckets: { gone: '1', elective: '2' } }
    expect(openingInput(draft, 'm1', 'annual', BUCKETS)).toMatchObject({ carry: [], buckets: [['elective', '2']] })
    expect(openingInput({ ...draft, carry: { '': '4' } }, 'm1', 'annual', [])).toMatchObject({ carry: [['', '4']] })
  })

  it('keeps period, reason and document for the next person', () => {
    expect(nextOpening({ ...openingDraft(VIEW), document: '3 号' })).toEqual({ ...emptyOpening('2024'), reason: '2024 年度汇总表', document: '3 号' })
  })
})
