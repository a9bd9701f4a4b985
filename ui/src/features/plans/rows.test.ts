import { describe, expect, it } from 'vitest'

import type { PlanItemView } from '@/bridge/generated'

import { dueText, inputOf, placeOf, progressText, shownItems } from './rows'

function item(id: string, changed: Partial<PlanItemView> = {}): PlanItemView {
  return {
    id,
    theme: null,
    title: id,
    form: null,
    material: null,
    speaker: null,
    target: null,
    due: null,
    due_on: null,
    quarter: null,
    note: null,
    sessions: [],
    progress: null,
    state: 'unplanned',
    revision: 1,
    ...changed,
  }
}

describe('a plan’s rows', () => {
  it('say when they are due, with the year where it is another', () => {
    expect(dueText('2026-03', 2026)).toBe('3月')
    expect(dueText('2026-03-15', 2026)).toBe('3月15日')
    expect(dueText('2026-Q2', 2026)).toBe('第二季度')
    expect(dueText('2027-01', 2026)).toBe('2027年1月')
    expect(dueText(null, 2026)).toBe('')
  })
  it('say how far they are, also where sessions cannot tell', () => {
    expect(progressText(item('a', { progress: { done: '1.5', target: '3', unit: '学时', uncounted: 0 } }))).toBe('1.5/3学时')
    expect(progressText(item('a', { progress: { done: null, target: '1', unit: '篇', uncounted: 0 } }))).toBe('目标 1篇')
    expect(progressText(item('a'))).toBe('')
  })
  it('are narrowed to gaps or to a quarter', () => {
    const all = [item('a', { state: 'done', quarter: 1 }), item('b', { state: 'overdue', quarter: 1 }), item('c', { quarter: 2 })]
    expect(shownItems(all, 'gaps').map((each) => each.id)).toEqual(['b', 'c'])
    expect(shownItems(all, 'q1').map((each) => each.id)).toEqual(['a', 'b'])
    expect(shownItems(all, 'all')).toHaveLength(3)
  })
  it('keep every other field when one is changed', () => {
    expect(inputOf(item('a', { form: '自学', due: '2026-Q1' }), { title: '新' })).toEqual({ theme: null, title: '新', form: '自学', material: null, speaker: null, target: null, due: '2026-Q1', note: null })
  })
  it('move past what a filter hides', () => {
    const all = [item('a'), item('hidden'), item('b')]
    expect(placeOf(all, [all[0]!, all[2]!], 1, -1)).toBe(0)
    expect(placeOf(all, [all[0]!, all[2]!], 0, 1)).toBe(2)
    expect(placeOf(all, all, 0, -1)).toBeNull()
  })
})
