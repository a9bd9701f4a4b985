import { describe, expect, it } from 'vitest'

import type { AttendanceStatus, RollRow } from '@/bridge/generated'

import { filterRoll, jumpTo, JUMP_MS, Letters, nextUnmarked } from './roll'
import { CHIPS, hasMinutes, isMissed, STATUS_OF_DIGIT } from './statuses'

function row(line: number, name: string, keys: string[], status: AttendanceStatus = 'unmarked', staffNo: string | null = null): RollRow {
  return {
    line,
    member: `m${line}`,
    name,
    display_name: name,
    staff_no: staffNo,
    rank: null,
    tier: 'section',
    namesake: false,
    department: null,
    search_keys: keys,
    mark: { status, minutes: null, observer: false, remark: null, approver: null, source: null, leave: null, make_up: null },
    proposal: null,
  }
}

const ROWS = [
  row(1, '马晓燕', ['maxiaoyan', 'mxy'], 'present', '1007'),
  row(2, '王伟', ['wangwei', 'ww'], 'unmarked', '1014'),
  row(3, '王思远', ['wangsiyuan', 'wsy'], 'present', '1028'),
  row(4, '单田', ['shantian', 'st', 'dantian', 'dt'], 'unmarked', null),
]
const named = (text: string): number[] => filterRoll(ROWS, text).map((each) => each.line)

describe('finding a name in the roll', () => {
  it.each([
    ['王', [2, 3]],
    ['ww', [2]],
    ['wangs', [3]],
    ['1028', [3]],
    ['ｗｓｙ', [3]],
    // A polyphone by either reading.
    ['dt', [4]],
    // The line number exactly: 4 is one, though 1014 holds it as well.
    ['3', [3]],
    ['4', [4]],
    // A whole 工号 is that person; a part of one names whoever has it.
    ['1014', [2]],
    ['10', [1, 2, 3]],
    ['', [1, 2, 3, 4]],
    ['没有', []],
  ])('%s finds lines %j', (text, lines) => {
    expect(named(text)).toEqual(lines)
  })

  it('jumps to the next whose pinyin begins so, round from the top', () => {
    expect(jumpTo(ROWS, 'w', 2)).toBe(2)
    expect(jumpTo(ROWS, 'w', 3)).toBe(1)
    expect(jumpTo(ROWS, 'wsy', 1)).toBe(2)
    expect(jumpTo(ROWS, 'x', 0)).toBe(-1)
    expect(jumpTo([], 'w', 0)).toBe(-1)
  })

  it('takes letters typed quickly as one word', () => {
    const letters = new Letters()
    expect([letters.add('w', 0), letters.add('s', JUMP_MS), letters.add('w', 2 * JUMP_MS + 1)]).toEqual(['w', 'ws', 'w'])
    letters.clear()
    expect(letters.add('y', 2 * JUMP_MS + 2)).toBe('y')
  })

  it('goes to the next without a mark, and from the last to the first', () => {
    const unmarked = (each: RollRow): boolean => each.mark.status === 'unmarked'
    expect([nextUnmarked(ROWS, -1, unmarked), nextUnmarked(ROWS, 1, unmarked), nextUnmarked(ROWS, 3, unmarked)]).toEqual([1, 3, 1])
    expect(nextUnmarked(ROWS, 0, () => false)).toBe(-1)
  })
})

describe('keys of the statuses', () => {
  it('are 1 to 7 in the order of the chips', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((digit) => STATUS_OF_DIGIT[digit])).toEqual([
      'present',
      'late',
      'early_leave',
      'official_leave',
      'sick_leave',
      'personal_leave',
      'absent',
    ])
    expect([STATUS_OF_DIGIT[8], STATUS_OF_DIGIT[0], STATUS_OF_DIGIT[9]]).toEqual(['not_required', 'unmarked', undefined])
  })

  it('says for whom there is something to make up, and whose minutes count', () => {
    expect(CHIPS.filter(isMissed)).toEqual(['official_leave', 'sick_leave', 'personal_leave', 'absent'])
    expect(CHIPS.filter(hasMinutes)).toEqual(['late', 'early_leave'])
  })
})
