import { describe, expect, it } from 'vitest'

import { cellAt, cellLabel, cellText, coverageRows, daysBetween, proposedDay, quorumShort, windowMeetings, windowWord } from './grid'
import { line, reading, window } from './testing'

const TODAY = '2025-05-10'
const cell = (one: ReturnType<typeof window>, span = 1): { window: ReturnType<typeof window>; month: number; span: number } => ({ window: one, month: Number(one.from.slice(5, 7)), span })

describe('the rows of the coverage', () => {
  it('are an item under each of its readings, a window as wide as its months', () => {
    const rows = coverageRows([
      line('党课', [
        reading('quarter', [window('2025-01-01', '2025-03-31'), window('2025-04-01', '2025-06-30')], { reading: 'quarterly' }),
        reading('year', [window('2025-01-01', '2025-12-31')], { reading: 'twice' }),
      ]),
    ])
    expect(rows.map((row) => [row.first, row.cells.map(({ month, span }) => [month, span])])).toEqual([
      [true, [[1, 3], [4, 3]]],
      [false, [[1, 12]]],
    ])
    expect(new Set(rows.map((row) => row.key)).size).toBe(2)
  })

  it('keep the month when the cursor goes from months to quarters', () => {
    const [row] = coverageRows([line('党课', [reading('quarter', ['01', '04', '07', '10'].map((month) => window(`2025-${month}-01`, `2025-${month}-28`)))])])
    expect([1, 3, 4, 9, 12].map((month) => cellAt(row!, month))).toEqual([0, 0, 1, 2, 3])
  })
})

describe('a cell', () => {
  it('says how it stands in a word, never by colour alone', () => {
    const may = (given: Parameters<typeof window>[2]): string => cellText(cell(window('2025-05-01', '2025-05-31', given)), TODAY)
    expect(may({ state: 'met', held: '2', missing: '0' })).toBe('2')
    expect(may({ state: 'short' })).toBe('缺 1')
    expect(may({ state: 'not_yet_due' })).toBe('5-31前')
    expect(may({ state: 'not_yet_due', planned: ['x'] })).toBe('已排')
    expect(may({ state: 'undecided' })).toBe('未定')
    expect(may({ state: 'not_applicable' })).toBe('—')
    expect(cellText(cell(window('2025-06-01', '2025-06-30', { state: 'not_yet_due' })), TODAY)).toBe('未到')
    expect(cellText(cell(window('2025-01-01', '2025-12-31', { state: 'not_yet_due', required: '2', missing: '2' }), 12), TODAY)).toBe('差 2，12-31 前')
  })

  it('tells a screen reader the item, the window, the figures and the day by which it can still be met', () => {
    const [row] = coverageRows([line('主题党日', [reading('month', [window('2025-05-01', '2025-05-31', { state: 'not_yet_due' })])], { group_name: '第一小组' })])
    expect(cellLabel(row!, row!.cells[0]!)).toBe('主题党日（第一小组），5 月：待开展；要求 1，已有 0；还差 1，5月31日 以前仍可补上')
  })

  it('is alarmed by a meeting without its quorum, whether or not it is void', () => {
    const quorum = { at: 'vote', of: 'entitled', share: '1/2', present: 3, expected: 8, outcome: 'short' } as const
    expect(quorumShort(window('2025-05-01', '2025-05-31', { void: ['x'] }))).toBe(true)
    expect(quorumShort(window('2025-05-01', '2025-05-31', { meetings: [{ id: 'x', outside_usual: false, quorums: [quorum] }] }))).toBe(true)
    expect(quorumShort(window('2025-05-01', '2025-05-31', { meetings: [{ id: 'x', outside_usual: false, quorums: [{ ...quorum, outcome: 'unknown' }] }] }))).toBe(false)
  })
})

describe('a window', () => {
  it('is named as it is said', () => {
    expect(windowWord(window('2025-05-01', '2025-05-31'), 'month')).toBe('5 月')
    expect(windowWord(window('2025-10-01', '2025-12-31'), 'quarter')).toBe('第 4 季度')
    expect(windowWord(window('2025-07-01', '2025-12-31'), 'half_year')).toBe('下半年')
  })

  it('proposes today where it is now, its first day where it is to come, its last where it is over', () => {
    expect(proposedDay(window('2025-05-01', '2025-05-31'), TODAY)).toBe(TODAY)
    expect(proposedDay(window('2025-06-01', '2025-06-30'), TODAY)).toBe('2025-06-01')
    expect(proposedDay(window('2025-04-01', '2025-04-30'), TODAY)).toBe('2025-04-30')
    expect(daysBetween('2025-02-27', '2025-03-01')).toBe(2)
  })

  it('lists its meetings by what they are worth', () => {
    const meeting = (id: string): Parameters<typeof windowMeetings>[1][number] => ({ id, date: '2025-05-05', title: id, kinds: [], state: 'held', organizations: [], counts_for: [] })
    const found = windowMeetings(window('2025-05-01', '2025-05-31', { void: ['b'], planned: ['c'], meetings: [{ id: 'a', outside_usual: false, quorums: [] }] }), ['a', 'b', 'c', 'd'].map(meeting))
    expect(found.map((each) => [each.meeting.id, each.list])).toEqual([['a', 'held'], ['b', 'void'], ['c', 'planned']])
  })
})
