import { describe, expect, it } from 'vitest'

import type { LeaveRow, LeaveSession } from '@/bridge/generated'

import { draftOf, inputOf, spanOf, touched, waiting, yearOf } from './leave'

function session(status: LeaveSession['status'], more: Partial<LeaveSession> = {}): LeaveSession {
  return { session: 's', date: '2025-03-01', title: '第一课', status, taken: false, held: true, ...more }
}

function row(sessions: LeaveSession[]): LeaveRow {
  return {
    id: 'l1',
    member: 'm1',
    name: '王伟',
    display_name: '王　伟',
    staff_no: '1014',
    department: null,
    namesake: false,
    search_keys: ['wangwei', 'ww'],
    kind: 'sick_leave',
    from: '2025-03-01',
    until: '2025-03-05',
    days: 5,
    reason: null,
    approver: '王主任',
    paper: null,
    entered_on: '2025-02-28',
    sessions,
    revision: 1,
  }
}

describe('the leave book', () => {
  it('looks at today, at its month to the last day, or at the year', () => {
    expect(spanOf('today', '2024-02-10', 2023)).toEqual({ from: '2024-02-10', until: '2024-02-10' })
    expect(spanOf('month', '2024-02-10', 2023)).toEqual({ from: '2024-02-01', until: '2024-02-29' })
    expect(spanOf('month', '2025-12-31', 2025)).toEqual({ from: '2025-12-01', until: '2025-12-31' })
    expect(spanOf('year', '2024-02-10', 2023)).toEqual({ from: '2023-01-01', until: '2023-12-31' })
  })

  it('shows a leave in the year on screen where it reaches into that, else where it begins', () => {
    expect(yearOf({ from: '2026-03-01', until: '2026-03-05' }, 2025)).toBe(2026)
    expect(yearOf({ from: '2024-12-30', until: '2025-01-03' }, 2025)).toBe(2025)
    expect(yearOf({ from: '2024-12-30', until: '2025-01-03' }, 2026)).toBe(2024)
  })

  it('waits where somebody is unmarked or absent, not where they came after all', () => {
    const sessions = [session('unmarked'), session('absent'), session('present'), session('sick_leave', { taken: true }), session('unmarked', { held: false })]
    expect(waiting(row(sessions))).toHaveLength(2)
    expect(touched(row(sessions))).toBe('2 次待采用，已采用 1 / 4，1 次未到')
    expect(touched(row([]))).toBe('没有')
  })

  it('gives the core nothing for an empty text, and one day without a last one', () => {
    const draft = draftOf({ ...row([]), until: '2025-03-01' })
    expect(draft.until).toBe('')
    expect(inputOf(draft, 'm1')).toEqual({ member: 'm1', kind: 'sick_leave', from: '2025-03-01', until: null, reason: null, approver: '王主任', paper: null })
  })
})
