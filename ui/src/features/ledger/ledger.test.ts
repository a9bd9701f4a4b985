import { describe, expect, it } from 'vitest'

import type { AttendanceCounts, Ledger, LedgerColumn, LedgerRow, LedgerTotal, Marked } from '@/bridge/generated'
import { CHIPS } from '@/features/attendance/statuses'

import { NO_FILTER, requestOf } from './filter'
import { cellOf, changedCell, codeOfStatus, filterRows, gridRows, jumpRow, nextMissing, periodDays, statusOfCode, SYMBOLS } from './ledger'
import { accepted } from './marks'
import { cellWords } from './words'

const COUNTS: AttendanceCounts = { present: 0, late: 0, early_leave: 0, official_leave: 0, sick_leave: 0, personal_leave: 0, absent: 0, not_required: 0, unmarked: 0, observers: 0, made_up: 0 }
const TOTAL: LedgerTotal = { counts: COUNTS, required: 0, attended: 0, on_leave: 0, rate: { attended: 0, out_of: 0 }, rate_with_make_up: { attended: 0, out_of: 0 } }

function column(id: string, date: string): LedgerColumn {
  return { id, date, starts_at: null, kind: '党课', title: `党课${id}`, theme: null, state: 'held', closed: false, total: TOTAL }
}

function row(id: string, name: string, search_keys: string[], codes: string): LedgerRow {
  return { id, name, display_name: name, staff_no: null, department: null, search_keys, codes, total: TOTAL }
}

/** 王伟 and 李静 at three sessions: √ · ×; not on the roll, 迟, ·. */
function ledger(): Ledger {
  return {
    from: '2025-01-01',
    to: '2025-12-31',
    sessions: [column('s1', '2025-01-10'), column('s2', '2025-02-10'), column('s3', '2025-03-10')],
    members: [row('m1', '王伟', ['wangwei', 'ww'], '107'), row('m2', '李静', ['lijing', 'lj'], ' 20')],
    details: [{ row: 1, column: 1, minutes: 10, observer: false, remark: '堵车', made_up: false }],
    total: TOTAL,
    reading: { lines: [] },
    kinds: ['党课'],
    themes: [],
  }
}

describe('the cells of the ledger', () => {
  it('reads the codes by the keys of the roll', () => {
    CHIPS.forEach((status, index) => expect(statusOfCode(String(index + 1))).toBe(status))
    expect([statusOfCode('8'), statusOfCode('0'), statusOfCode(' '), statusOfCode(undefined)]).toEqual(['not_required', 'unmarked', undefined, undefined])
    expect(codeOfStatus('absent')).toBe('7')
  })

  it('has a sign of its own for every status', () => {
    const signs = Object.values(SYMBOLS)
    expect(new Set(signs).size).toBe(9)
  })

  it('finds what a cell says beyond its status', () => {
    const rows = gridRows(ledger())
    expect(cellOf(rows[0]!, 2)).toEqual({ status: 'absent', detail: undefined })
    expect(cellWords(cellOf(rows[1]!, 1))).toBe('迟到 10 分钟 备注：堵车')
    expect(cellWords(cellOf(rows[1]!, 0))).toBe('不在名单')
  })

  it('leads to the next missing mark of a session, round from the top', () => {
    const rows = gridRows(ledger())
    expect([nextMissing(rows, 0, 2), nextMissing(rows, 1, 1), nextMissing(rows, 0, 0)]).toEqual([1, 0, -1])
  })

  it('finds people by name and by the letters of their pinyin', () => {
    const rows = gridRows(ledger())
    expect(filterRows(rows, 'lj').map(({ row: each }) => each.name)).toEqual(['李静'])
    expect([jumpRow(rows, 'l', 0), jumpRow(rows, 'ww', 1), jumpRow(rows, 'x', 0)]).toEqual([1, 0, -1])
  })
})

describe('a mark that comes back', () => {
  const marked: Marked = {
    member: 'm2',
    mark: { status: 'absent', minutes: null, observer: false, remark: '堵车', make_up: null, approver: null, source: null, leave: null },
    tally: { ...TOTAL, guests: 0, quorums: [] } as unknown as Marked['tally'],
    proposal: null,
  }

  it('stands in its own cell and nowhere else', () => {
    const after = accepted(ledger(), 's2', marked)
    expect(after.members.map((each) => each.codes)).toEqual(['107', ' 70'])
    expect(after.details).toEqual([{ row: 1, column: 1, minutes: null, observer: false, remark: '堵车', made_up: false }])
    expect(changedCell(ledger(), after)).toEqual({ member: 'm2', session: 's2' })
  })

  it('changes nothing in a ledger that does not show its session', () => {
    const before = ledger()
    expect(accepted(before, 'elsewhere', marked)).toBe(before)
    expect(changedCell(before, ledger())).toBeUndefined()
  })
})

describe('the period', () => {
  const custom = { from: ' 2025年3月1日 ', to: '' }

  it('is the whole year, a quarter, a month, or what is typed', () => {
    expect(periodDays('year', 2025, '2025-05-20', custom)).toEqual({})
    expect(periodDays('quarter', 2025, '2025-05-20', custom)).toEqual({ from: '2025-04-01', to: '2025-06-30' })
    expect(periodDays('month', 2024, '2024-02-20', custom)).toEqual({ from: '2024-02-01', to: '2024-02-29' })
    expect(periodDays('q4', 2025, '2025-05-20', custom)).toEqual({ from: '2025-10-01', to: '2025-12-31' })
    expect(periodDays('custom', 2025, '2025-05-20', custom)).toEqual({ from: '2025年3月1日' })
  })

  it('asks for nothing that is not narrowed', () => {
    expect(requestOf(NO_FILTER, 2025, '2025-05-20')).toEqual({ year: 2025 })
    expect(requestOf({ ...NO_FILTER, kind: '党课', status: 'absent' }, 2025, '2025-05-20')).toEqual({ year: 2025, kind: '党课', status: 'absent' })
  })
})
