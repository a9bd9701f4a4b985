import { describe, expect, it } from 'vitest'

import type { RotationRow } from '@/bridge/generated'

import { filterRows, moved, orderLines } from './rotation'

const row = (member: string, name: string, given: Partial<RotationRow> = {}): RotationRow => ({
  member,
  name,
  display_name: name,
  staff_no: `10${member}`,
  department: null,
  post: null,
  search_keys: [],
  position: null,
  times: 0,
  times_this_year: 0,
  spoken: [],
  planned: [],
  ...given,
})

describe('the filter of the speakers', () => {
  it('takes names, initials and staff numbers', () => {
    const rows = [row('1', '王伟', { search_keys: ['ww', 'wangwei'] }), row('2', '李静', { search_keys: ['lj', 'lijing'] })]
    expect(['静', 'WW', '102', ''].map((text) => filterRows(rows, text).map(({ member }) => member))).toEqual([['2'], ['1'], ['2'], ['1', '2']])
  })
})

describe('making the order', () => {
  it('begins with everybody where there was none, else with those who take turns', () => {
    const rows = [row('1', '王伟', { position: 1 }), row('2', '李静')]
    expect(orderLines(rows, true).map(({ on }) => on)).toEqual([true, false])
    expect(orderLines(rows, false).map(({ on }) => on)).toEqual([true, true])
  })

  it('moves one line, and nothing beyond the ends', () => {
    const lines = orderLines([row('1', '王'), row('2', '李'), row('3', '张')], false)
    const names = (list: typeof lines): string => list.map(({ name }) => name).join('')
    expect([names(moved(lines, 0, 1)), names(moved(lines, 2, -1)), names(moved(lines, 0, -1)), names(moved(lines, 2, 1))]).toEqual(['李王张', '王张李', '王李张', '王李张'])
  })
})
