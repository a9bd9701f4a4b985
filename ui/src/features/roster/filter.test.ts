import { describe, expect, it } from 'vitest'

import type { MemberRow } from '@/bridge/generated'

import { filterMembers, isNamedBy, NO_CATEGORY, type RosterFilter } from './filter'

const ANYONE: RosterFilter = { text: '', tier: '', category: '', organization: '' }

function member(given: Partial<MemberRow> & Pick<MemberRow, 'id' | 'name'>): MemberRow {
  return {
    staff_no: null,
    display_name: given.name,
    gender: null,
    born: null,
    party_status: null,
    party_joined: null,
    rank: null,
    tier: 'other',
    post: null,
    category: null,
    organization: null,
    organization_name: null,
    department: null,
    phone: null,
    remark: null,
    left: false,
    namesake: false,
    search_keys: [],
    revision: 1,
    ...given,
  }
}

const ZENG = member({ id: 'a', name: '曾乐', staff_no: 'K1007', tier: 'section', category: '在职', organization: 'o1', search_keys: ['zl', 'cl', 'zengle', 'cengyue'] })
const SHAN = member({ id: 'b', name: '单文静', staff_no: '1014', tier: 'other', organization: 'o2', search_keys: ['swj', 'dwj', 'shanwenjing', 'danwenjing'] })

describe('the filter of the roster', () => {
  it.each([
    ['曾', 'a'],
    ['文静', 'b'],
    ['zl', 'a'],
    ['CL', 'a'],
    ['shanwen', 'b'],
    ['shan wen', 'b'],
    ['１０１４', 'b'],
    ['k1007', 'a'],
    ['  单  ', 'b'],
  ])('finds by %s', (text, id) => {
    expect(filterMembers([ZENG, SHAN], { ...ANYONE, text }).map((each) => each.id)).toEqual([id])
  })

  it('lets everyone through without a text, and nobody with a strange one', () => {
    expect(isNamedBy(SHAN, ' ')).toBe(true)
    expect(isNamedBy(SHAN, 'xyz')).toBe(false)
  })

  it('narrows by tier, category and organization together', () => {
    const ids = (filter: Partial<RosterFilter>): string[] => filterMembers([ZENG, SHAN], { ...ANYONE, ...filter }).map((each) => each.id)
    expect(ids({ tier: 'section' })).toEqual(['a'])
    expect(ids({ category: '在职' })).toEqual(['a'])
    expect(ids({ category: NO_CATEGORY })).toEqual(['b'])
    expect(ids({ organization: 'o2' })).toEqual(['b'])
    expect(ids({ organization: 'o2', tier: 'section' })).toEqual([])
  })
})
