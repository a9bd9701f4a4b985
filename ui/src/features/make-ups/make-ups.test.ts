import { describe, expect, it } from 'vitest'

import type { MakeUpGroup, MakeUpLine } from '@/bridge/generated'

import { chosenLines, daysText, filterGroups, lineKey, shows, toggleAll } from './make-ups'

const line = (session: string, given: Partial<MakeUpLine> = {}): MakeUpLine => ({
  session,
  date: '2025-03-01',
  title: '集体学习',
  kind: '集体学习',
  member: 'm',
  name: '王伟',
  display_name: '王　伟',
  department: null,
  status: 'absent',
  due_on: '2025-03-31',
  days_left: 3,
  state: 'owed',
  make_up: null,
  ...given,
})
const made = { id: 'x', done_on: null, form: null, evidence: null, checker: null, checked_on: null }
const rate = { attended: 0, out_of: 0 }
const group = (title: string, lines: MakeUpLine[], detail: string | null = null): MakeUpGroup => ({
  id: title,
  title,
  detail,
  date: null,
  total: { missed: 0, done: 0, unchecked: 0, overdue: 0, owed: 0, rate, rate_with_make_up: rate },
  lines,
})

describe('what is shown of the make-ups', () => {
  it('is the open, the overdue, or what nobody checked', () => {
    const lines = [line('1'), line('2', { state: 'overdue' }), line('3', { state: 'done', make_up: made }), line('4', { state: 'done', make_up: { ...made, checker: '李静' } })]
    const shown = (show: Parameters<typeof shows>[0]): string[] => lines.filter((each) => shows(show, each)).map((each) => each.session)
    expect([shown('all'), shown('open'), shown('overdue'), shown('unchecked')]).toEqual([['1', '2', '3', '4'], ['1', '2'], ['2'], ['3']])
  })

  it('leaves out a person of whom nothing is shown, and looks into name and department', () => {
    const groups = [group('王伟', [line('1')], '办公室'), group('李静', [line('2', { state: 'overdue' })], '财务科')]
    expect(filterGroups(groups, '', 'overdue').map(({ id }) => id)).toEqual(['李静'])
    expect(filterGroups(groups, '办公', 'all').map(({ id }) => id)).toEqual(['王伟'])
  })
})

describe('the day by which one is due', () => {
  it('is said in days, and not of what is made up', () => {
    expect([3, 0, -2].map((days_left) => daysText(line('1', { days_left })))).toEqual(['还有 3 天', '今天到期', '逾期 2 天'])
    expect(daysText(line('1', { make_up: made }))).toBe('')
  })
})

describe('choosing lines', () => {
  it('takes all, then none, and forgets what is gone', () => {
    const lines = [line('1'), line('2')]
    const all = toggleAll(lines, new Set())
    expect(chosenLines(lines, all)).toEqual(lines)
    expect(toggleAll(lines, all).size).toBe(0)
    expect(chosenLines([line('2')], all).map(lineKey)).toEqual(['2 m'])
  })
})
