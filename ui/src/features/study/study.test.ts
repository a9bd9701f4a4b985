import { describe, expect, it } from 'vitest'

import type { StudyRow } from '@/bridge/generated'

import { words } from './count'
import { copyOf, draftOf, emptyDraft, inputOf, isLateEntry, nextDraft } from './form'
import { totalsOf } from './totals'

type Unit = StudyRow['amount']['amount']['unit']

function entry(member: string, value: string, unit: Unit): StudyRow {
  return {
    id: `${member}-${value}`,
    member,
    name: '王伟',
    staff_no: '1014',
    date: '2025-03-05',
    entered_on: '2025-03-05',
    form: '读书',
    content: '学习条例',
    amount: { amount: { value, unit }, label: '某时长', minutes: null },
    declared_chars: null,
    note: null,
    chars: null,
    state: 'accepted',
    state_reason: null,
    reviewed_by: null,
    reviewed_on: null,
    revision: 2,
  }
}

describe('word count', () => {
  // The rule: each Han character one, each run of letters or digits one.
  it.each([
    ['学习笔记', 4],
    ['学习 Rust 语言，第 12 章。', 8],
    ['# 标题\n\n- **要点**：co-op', 6],
    [' ，。!', 0],
    ['〇𠮷々', 3],
    ['第3章abc4', 4],
  ])('%s has %i', (text, count) => {
    expect(words(text)).toBe(count)
  })
})

describe('totals', () => {
  it('adds time to time and leaves days and class hours in their units', () => {
    const rows = [entry('a', '5400', 'second'), entry('b', '2700', 'second'), entry('a', '1.5', 'day'), entry('a', '2', 'class_hour'), entry('b', '1', 'half_day')]
    // 90 and 45 minutes are 2 hours 15.
    expect(totalsOf(rows)).toEqual({ count: 5, people: 2, amount: '2 小时 15 分钟、1 个半天、1.5 天、2 学时' })
  })

  it('is exact where binary fractions are not', () => {
    expect(totalsOf([entry('a', '0.1', 'day'), entry('a', '0.2', 'day')]).amount).toBe('0.3 天')
    expect(totalsOf([entry('a', '1/3', 'day'), entry('b', '1/3', 'day')]).amount).toBe('2/3 天')
    expect(totalsOf([entry('a', '1/3', 'day'), entry('b', '2/3', 'day')]).amount).toBe('1 天')
  })

  it('says nothing of no time', () => {
    expect(totalsOf([])).toEqual({ count: 0, people: 0, amount: '' })
  })
})

describe('study form', () => {
  it('gives a declared count only where there is no text', () => {
    const draft = { ...emptyDraft('2025-03-05'), declared: '１200' }
    expect(inputOf(draft, 'm1')).toMatchObject({ member: 'm1', note: null, declared_chars: 1200 })
    expect(inputOf({ ...draft, note: '心得' }, 'm1')).toMatchObject({ note: '心得', declared_chars: null })
    expect(inputOf({ ...draft, declared: '' }, 'm1').declared_chars).toBeNull()
  })

  it('keeps who and when for the next entry', () => {
    const draft = { ...draftOf(entry('a', '5400', 'second')), note: '心得' }
    expect(nextDraft(draft)).toEqual({ ...emptyDraft('2025-03-05'), member: 'a' })
  })

  it('copies what was studied, not what was written about it', () => {
    const copy = copyOf({ ...entry('a', '5400', 'second'), note: '心得', declared_chars: 800 }, '2025-04-01')
    expect(copy).toMatchObject({ member: 'a', date: '2025-04-01', content: '学习条例', amount: '某时长', note: '', declared: '' })
  })

  it('calls an entry late from the second day on', () => {
    const late = (date: string, entered_on: string): boolean => isLateEntry({ date, entered_on })
    expect([late('2025-02-28', '2025-02-28'), late('2025-02-28', '2025-03-01'), late('2025-02-28', '2025-03-02')]).toEqual([false, false, true])
  })
})
