import { describe, expect, it } from 'vitest'

import type { RollRow, SessionRow } from '@/bridge/generated'

import { absentees, agendaLines, expected, longDate, numeral, pages, signInLines, span } from './forms'

const row = (line: number, status: string, observer = false): RollRow => ({ line, mark: { status, observer } }) as unknown as RollRow
const session = (starts_at: string | null, minutes: number | null): SessionRow =>
  ({ starts_at, amount: minutes === null ? null : { minutes } }) as unknown as SessionRow

describe('pages of a list', () => {
  const lines = (count: number): number[] => Array.from({ length: count }, (_, at) => at)
  const sizes = { page: 23, last: 20 }

  it('keep every line once and in order', () => {
    for (const count of [0, 1, 20, 21, 23, 24, 43, 44, 80, 500]) expect(pages(lines(count), sizes).flat()).toEqual(lines(count))
  })

  it('leave room for the foot on the last', () => {
    for (const count of [1, 20, 21, 22, 23, 24, 43, 44, 46, 80]) {
      const cut = pages(lines(count), sizes)
      expect(cut.at(-1)!.length).toBeLessThanOrEqual(20)
      expect(cut.at(-1)!.length).toBeGreaterThan(0)
      expect(Math.max(...cut.map((page) => page.length))).toBeLessThanOrEqual(23)
    }
  })

  it('are one where there is nothing', () => {
    expect(pages([], sizes)).toEqual([[]])
  })
})

describe('a sign-in sheet', () => {
  it('has the line numbers of the roll and numbers the spare lines on', () => {
    const lines = signInLines([row(1, 'present'), row(2, 'absent'), row(5, 'present')], 2)
    expect(lines.map((line) => line.number)).toEqual([1, 2, 5, 6, 7])
    expect(lines.slice(3).every((line) => line.row === null)).toBe(true)
  })
})

describe('who is to sign', () => {
  it('is everybody but those of whom it is not required; the numbers stay', () => {
    const rows = [row(1, 'unmarked'), row(2, 'not_required'), row(3, 'present')]
    expect(expected(rows).map((each) => each.line)).toEqual([1, 3])
  })
})

describe('absentees', () => {
  it('are those who missed it, with or without leave, observers left out', () => {
    const rows = [row(1, 'present'), row(2, 'absent'), row(3, 'official_leave'), row(4, 'absent', true), row(5, 'unmarked'), row(6, 'late')]
    expect(absentees(rows).map((each) => each.line)).toEqual([2, 3])
  })
})

describe('words on forms', () => {
  it('say the day with its weekday', () => {
    // 2025-12-15 was a Monday.
    expect(longDate('2025-12-15')).toBe('2025年12月15日（周一）')
  })

  it('say from when to when', () => {
    expect(span(session('14:30', 90))).toBe('14:30—16:00')
    expect(span(session('14:30', null))).toBe('14:30')
    expect(span(session(null, 90))).toBe('')
    expect(span(session('23:30', 90))).toBe('23:30')
  })

  it('number headings the Chinese way', () => {
    expect([1, 10, 11, 20, 23].map(numeral)).toEqual(['一', '十', '十一', '二十', '二十三'])
  })

  it('take an agenda with or without its numbers', () => {
    expect(agendaLines('一、领学\n（二）讨论\n3. 表决\n总结\n\n')).toEqual(['领学', '讨论', '表决', '总结'])
    expect(agendaLines(null)).toEqual([])
  })
})
