import { describe, expect, it } from 'vitest'

import type { ImportPreview, ImportSource, RowOutcome } from '@/bridge/generated'

import { columnLetter, columnsOf, missingFields, verdictOf, withAnswer, withMeaning } from './reading'

/** A roster with a banner above the heading. */
const SOURCE: ImportSource = {
  source: 's1',
  file_name: '花名册.xlsx',
  encoding: null,
  remembered: false,
  sheets: [
    {
      name: '人员',
      row_count: 4,
      column_count: 4,
      head: [
        { number: 1, cells: ['机关支部人员名单'] },
        { number: 3, cells: ['姓 名', '工号', '单位（全称）', ''] },
        { number: 4, cells: ['马晓', '1007', '', ''] },
        { number: 5, cells: ['冯新', '', '办公室', ''] },
      ],
    },
  ],
  reading: {
    sheet: 0,
    heading_row: 3,
    columns: [
      { column: 0, field: 'name' },
      { column: 1, field: 'staff_no' },
      { column: 2, field: 'department' },
    ],
    year: null,
    policy: 'update',
    answers: { 'symbol:○': 'late' },
  },
  fields: [
    { field: 'name', label: '姓名', required: true },
    { field: 'staff_no', label: '工号', required: false },
    { field: 'department', label: '所在部门', required: false },
  ],
}

describe('the reading of a file', () => {
  it('names columns as spreadsheet programs do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })

  it('shows each column with its heading, the values below it, and its meaning', () => {
    expect(columnsOf(SOURCE, SOURCE.reading)).toEqual([
      { index: 0, letter: 'A', heading: '姓 名', samples: ['马晓', '冯新'], field: 'name' },
      { index: 1, letter: 'B', heading: '工号', samples: ['1007'], field: 'staff_no' },
      { index: 2, letter: 'C', heading: '单位（全称）', samples: ['办公室'], field: 'department' },
      { index: 3, letter: 'D', heading: '', samples: [], field: null },
    ])
  })

  it('keeps a field in one column only, but sessions in many', () => {
    const moved = withMeaning(SOURCE.reading, 3, 'name')
    expect(moved.columns).toEqual([
      { column: 1, field: 'staff_no' },
      { column: 2, field: 'department' },
      { column: 3, field: 'name' },
    ])
    expect(missingFields(SOURCE, withMeaning(SOURCE.reading, 0, null))).toEqual(['姓名'])
    const sessions = withMeaning(withMeaning(SOURCE.reading, 2, 'session'), 3, 'session')
    expect(sessions.columns.filter((meaning) => meaning.field === 'session')).toHaveLength(2)
  })

  it('takes an answer back where it is empty', () => {
    expect(withAnswer(SOURCE.reading, 'row:4:identity', 'm1').answers).toEqual({ 'symbol:○': 'late', 'row:4:identity': 'm1' })
    expect(withAnswer(SOURCE.reading, 'symbol:○', '').answers).toEqual({})
  })
})

describe('the verdict on a preview', () => {
  const row: RowOutcome = { row: 4, outcome: 'ask', label: '马晓', changes: [], problems: [], warnings: [], questions: ['symbol:○'] }
  const preview: ImportPreview = { plan: 'p', counts: { add: 0, change: 0, keep: 2, refuse: 1, ask: 1 }, rows: [row], questions: [], symbols: [], columns: [] }

  it('counts what goes in and what is left out, columns apart', () => {
    const columns = (['matched', 'refuse', 'ask', 'skipped'] as const).map((state, column) => ({ column, heading: '', state, session: null, problem: null, question: null }))
    const counts = { add: 5, change: 2, keep: 9, refuse: 3, ask: 4 }
    expect(verdictOf({ ...preview, counts, columns })).toEqual({ rows: 7, left: 7, columns: 2, any: true })
  })

  it('has something to write where a row waits for one symbol only and brings other marks', () => {
    expect(verdictOf(preview).any).toBe(false)
    const change = { label: '3月5日 党课', before: null, after: '出席', read_from: '√' }
    expect(verdictOf({ ...preview, rows: [{ ...row, changes: [change] }] }).any).toBe(true)
    expect(verdictOf({ ...preview, rows: [{ ...row, changes: [change], questions: ['row:4:identity'] }] }).any).toBe(false)
  })
})
