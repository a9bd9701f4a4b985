import { describe, expect, it } from 'vitest'

import type { OrganizationRow } from '@/bridge/generated'

import { organizationLines } from './tree'

const row = (id: string, parent: string | null): OrganizationRow => ({ id, parent, kind: 'branch', name: id, members: 0, revision: 1, established_on: null, closed_on: null, committee: null, study_group: false })

describe('the organizations', () => {
  it('stand below the one they belong to, however they arrive', () => {
    const lines = organizationLines([row('委', null), row('一支部', '委'), row('二支部', '委'), row('一组', '一支部')])
    expect(lines.map((line) => `${line.depth}${line.row.id}${line.below}`)).toEqual(['0委2', '1一支部1', '2一组0', '1二支部0'])
  })

  it('are all shown, even one whose parent is missing', () => {
    expect(organizationLines([row('甲', '不在')]).map((line) => [line.row.id, line.depth])).toEqual([['甲', 0]])
  })
})
