import { describe, expect, it } from 'vitest'

import { changesOf, emptyFields, inputOf, sameFields, untouched } from './form'

describe('the form of a member', () => {
  it('sends blank fields as not known, and texts without the spaces around them', () => {
    const input = inputOf({ ...emptyFields('o1'), name: ' 范小雨 ', staff_no: '  ', post: ' 科长' })
    expect(input).toEqual({
      staff_no: null,
      name: '范小雨',
      gender: null,
      born: null,
      party_status: null,
      party_joined: null,
      rank: null,
      post: '科长',
      category: null,
      organization: 'o1',
      department: null,
      phone: null,
      remark: null,
    })
  })

  it('does not ask about spaces alone when it closes', () => {
    expect(sameFields(emptyFields('o1'), { ...emptyFields('o1'), remark: '  ' })).toBe(true)
    expect(sameFields(emptyFields('o1'), { ...emptyFields('o1'), remark: '借调' })).toBe(false)
  })

  it('changes only what was turned, and clears only where that was chosen', () => {
    expect(changesOf(untouched())).toEqual([])
    const turns = { ...untouched(), rank: { kind: 'set', value: ' 一级科员 ' } as const, post: { kind: 'set', value: ' ' } as const, organization: { kind: 'clear' } as const }
    expect(changesOf(turns)).toEqual([
      { field: 'rank', value: '一级科员' },
      { field: 'organization', value: null },
    ])
  })
})
