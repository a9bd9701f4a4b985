import { describe, expect, it } from 'vitest'

import type { AssessRow, AssessYear, IndicatorHead } from '@/bridge/generated'

import { cellText, columnsOf, gradeCounts, headsOf, indicatorSpans, missingScores, pasteAt, ratersOf, readPoints, scoreOf } from './grid'

const indicator = (id: string, head: string | null, scorers: string[]): IndicatorHead => ({ id, label: id, head, max: '10', min: '0', weight: '1', scorers, shares: scorers.map(() => '1'), step: null, formula: null, source: null, reason: false, line: 1 })
const INDICATORS = [indicator('态度', '理念', ['自评', '核查']), indicator('笔记', '读书', []), indicator('创新', '读书', ['核查'])]

function row(id: string, scores: [string, string][][], more: Partial<AssessRow> = {}): AssessRow {
  return {
    member: { id } as AssessRow['member'],
    organization: null,
    score: null,
    range: null,
    grade: null,
    no_grade: null,
    indicators: scores.map((given, index) => ({
      id: INDICATORS[index]?.id ?? '',
      asked: true,
      value: given.length > 0 || INDICATORS[index]?.scorers.length === 0 ? (given.at(-1)?.[1] ?? '7.5') : null,
      weighted: null,
      range: null,
      from: [],
      scores: given.map(([scorer, value]) => ({ id: `${id} ${scorer}`, scorer, rater: null, value, reason: null, scored_on: '2025-12-01' })),
    })),
    vetoes: [],
    effects: [],
    effect_details: [],
    grades: [],
    notices: [],
    changed: false,
    changes: [],
    open: 0,
    closed: false,
    ...more,
  }
}

const ROWS = [row('甲', [[['自评', '8'], ['核查', '9']], [], []], { grade: '优秀' }), row('乙', [[], [], []]), row('丙', [[], [], [['核查', '5']]], { grade: '优秀', closed: true })]
const COLUMNS = columnsOf(INDICATORS)

describe('the grid of an assessment', () => {
  it('has a column for each scorer, and one for what several come to', () => {
    expect(COLUMNS.map((column) => column.key)).toEqual(['态度 自评', '态度 核查', '态度', '笔记', '创新 核查'])
    expect(headsOf(COLUMNS).map(({ title, columns }) => [title, columns])).toEqual([['理念', 3], ['读书', 2]])
    expect(indicatorSpans(COLUMNS).map(({ title, columns }) => [title, columns])).toEqual([['态度', 3], ['笔记', 1], ['创新', 1]])
  })

  it('shows what was given, and what comes from the records', () => {
    const [first, second] = ROWS
    expect(first && COLUMNS.map((column) => cellText(first, column))).toEqual(['8', '9', '9', '7.5', ''])
    expect(second && COLUMNS.map((column) => cellText(second, column))).toEqual(['', '', '', '7.5', ''])
    expect(first && COLUMNS[1] && scoreOf(first, COLUMNS[1])?.id).toBe('甲 核查')
  })

  it.each([
    ['8.5', '8.5'],
    ['８．５', '8.5'],
    ['8。5', '8.5'],
    [' 9分 ', '9'],
    ['', ''],
    ['-3', '-3'],
    ['八', null],
    ['8,5', null],
  ])('reads “%s” as %s', (text, points) => {
    expect(readPoints(text)).toBe(points)
  })

  it('lays a pasted column over the scored cells, and counts what has no place', () => {
    const { fills, left } = pasteAt('8\r\n7.5\r\n9\r\n6\r\n', ROWS, COLUMNS, 0, 1)
    // The third is closed, the fourth has no row.
    expect(fills.map((fill) => [fill.row.member.id, fill.column.key, fill.value])).toEqual([['甲', '态度 核查', '8'], ['乙', '态度 核查', '7.5']])
    expect(left).toBe(2)
  })

  it('lays a block over several columns, blanks left as they are', () => {
    const { fills, left } = pasteAt('8\t9\t\t\t5\n\t7\tx\t\t', ROWS, COLUMNS, 0, 0)
    expect(fills.map((fill) => `${fill.row.member.id} ${fill.column.key} ${fill.value}`)).toEqual(['甲 态度 自评 8', '甲 态度 核查 9', '甲 创新 核查 5', '乙 态度 核查 7'])
    expect(left).toBe(1)
  })

  it('leaves a cell alone into which several scored by name', () => {
    const named = row('丁', [[['互评', '8']], [], []])
    const [first] = named.indicators
    if (first) first.scores = ['周四', '吴五'].map((rater) => ({ id: rater, scorer: '核查', rater, value: '8', reason: null, scored_on: '2025-12-01' }))
    const [, column] = COLUMNS
    expect(column && [ratersOf(named, column), scoreOf(named, column), cellText(named, column)]).toEqual([2, undefined, ''])
    expect(pasteAt('9', [named], COLUMNS, 0, 1)).toEqual({ fills: [], left: 1 })
  })

  it('counts grades and what is missing', () => {
    expect(gradeCounts(ROWS)).toEqual([{ grade: '优秀', count: 2 }, { grade: null, count: 1 }])
    // 核查: 态度 of 乙, 创新 of 甲 and 乙; 自评: 态度 of 乙. 丙 is closed.
    expect(missingScores({ indicators: INDICATORS, rows: ROWS } as AssessYear)).toEqual([{ scorer: '自评', missing: 1 }, { scorer: '核查', missing: 3 }])
  })

  it('takes no points where the version that counts has no such indicator', () => {
    const other = row('丁', [[], [], []])
    other.indicators = other.indicators.map((points, index) => ({ ...points, asked: index !== 0 }))
    expect(pasteAt('8', [other], COLUMNS, 0, 0)).toEqual({ fills: [], left: 1 })
    expect(missingScores({ indicators: INDICATORS, rows: [other] } as unknown as AssessYear)).toEqual([{ scorer: '核查', missing: 1 }])
  })
})
