import { describe, expect, it } from 'vitest'

import type { Approval, StudyRow } from '@/bridge/generated'

import { ofState, targets, toggled } from './review'

const rows = (['a:pending', 'b:pending', 'c:returned', 'd:accepted'] as const).map((each) => {
  const [id, state] = each.split(':')
  return { id, state: state as Approval } as StudyRow
})
const ids = (found: readonly StudyRow[]): string => found.map((row) => row.id).join('')

describe('approval', () => {
  it('narrows to a state', () => {
    expect([ids(ofState(rows, 'pending')), ids(ofState(rows, ''))]).toEqual(['ab', 'abcd'])
  })

  it('is about what is chosen on screen, else about the current row', () => {
    expect(ids(targets(rows, new Set(['a', 'gone']), 'b', 'accepted'))).toBe('a')
    expect(ids(targets(rows, new Set(), 'b', 'accepted'))).toBe('b')
    expect(ids(targets(rows, new Set(), null, 'accepted'))).toBe('')
  })

  it('leaves alone what is decided so already', () => {
    expect(ids(targets(rows, new Set(['a', 'c', 'd']), null, 'accepted'))).toBe('ac')
    expect(ids(targets(rows, new Set(['a', 'c', 'd']), null, 'returned'))).toBe('ad')
  })

  it('chooses and lets go', () => {
    const chosen = toggled(new Set(['a']), 'b')
    expect([...chosen]).toEqual(['a', 'b'])
    expect([...toggled(chosen, 'a')]).toEqual(['b'])
  })
})
