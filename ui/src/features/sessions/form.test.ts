import { describe, expect, it } from 'vitest'

import type { PartView, SessionDetail, SessionRow, WordView } from '@/bridge/generated'

import { filterSessions } from './filter'
import { draftOf, emptyDraft, inputOf, proposedLevel, unconfirmedNames } from './form'
import { marksOf } from './words'

const COUNTS = { present: 3, late: 1, early_leave: 0, official_leave: 2, sick_leave: 0, personal_leave: 0, absent: 1, not_required: 5, unmarked: 9, observers: 4, made_up: 1 }
const ROW: SessionRow = {
  id: 's1',
  date: '2025-03-05',
  starts_at: '14:30',
  amount: { amount: { value: '5400', unit: 'second' }, label: '1小时30分', minutes: 90 },
  kind: '党课',
  title: '学习条例第3讲',
  level: 'branch',
  theme: null,
  place: '三楼会议室',
  number: '7',
  state: 'held',
  hosts: '王伟、李静',
  also: ['主题党日'],
  tags: ['读书班'],
  series: null,
  series_date: null,
  plan_item: 'i1',
  counts: COUNTS,
  required: 7,
  attended: 4,
  rate: { attended: 4, out_of: 5 },
  revision: 3,
}

function part(role: PartView['role'], name: string, unconfirmed = false): PartView {
  return { role, name, member: unconfirmed ? null : `m-${name}`, unconfirmed }
}

const DETAIL: SessionDetail = {
  session: ROW,
  parts: [part('host', '王伟', true), part('host', '李静'), part('recorder', '孙强', true)],
  organizations: ['o1'],
  remark: null,
}

describe('session form', () => {
  it('shows a session so that saving it unchanged says the same', () => {
    const input = inputOf(draftOf(DETAIL))
    expect(input).toMatchObject({ date: '2025-03-05', starts_at: '14:30', amount: '1小时30分', theme: null, place: '三楼会议室', hosts: '王伟、李静', speakers: null, recorders: '孙强', organizations: ['o1'], remark: null, also: ['主题党日'], tags: ['读书班'], plan_item: 'i1' })
  })

  it('gives blanks as nothing, but keeps required fields as they are typed', () => {
    const input = inputOf({ ...emptyDraft('2025-03-05'), place: '  ', title: ' ' })
    expect([input.place, input.title, input.starts_at]).toEqual([null, ' ', null])
  })

  it('marks only the unconfirmed names that still stand in the field', () => {
    expect(unconfirmedNames(DETAIL, 'hosts', '王伟、李静')).toEqual(['王伟'])
    expect(unconfirmedNames(DETAIL, 'hosts', '李静')).toEqual([])
    expect(unconfirmedNames(DETAIL, 'speakers', '王伟')).toEqual([])
  })

  it('proposes the level of a kind', () => {
    const word = (name: string, level: WordView['level']): WordView => ({ name, level, hidden: false, shipped: false, used: 0 })
    const words = [word('中心组学习', 'committee'), word('党课', 'branch'), word('读书自修', 'personal')]
    expect(['中心组学习', ' 党课', '读书自修', '自己起的名字'].map((kind) => proposedLevel(kind, words))).toEqual(['committee', 'branch', 'personal', 'branch'])
  })

  it('counts every mark and nobody without one', () => {
    // 3 + 1 + 2 + 1 + 5; neither the nine unmarked nor observers and make-ups, which are no marks.
    expect(marksOf(COUNTS)).toBe(12)
  })
})

describe('session filter', () => {
  const planned: SessionRow = { ...ROW, id: 's2', also: [], tags: [], theme: '党史', title: '主题党日', kind: '主题党日', state: 'planned', hosts: '', place: null, date: '2025-10-01' }
  const found = (text: string, kind = '', state: SessionRow['state'] | '' = ''): string[] => filterSessions([ROW, planned], { text, kind, state, tag: '', theme: '' }).map((row) => row.id)

  it('finds by title, place, host and date, in full-width letters as well', () => {
    expect(found('条例')).toEqual(['s1'])
    expect(found('会议室')).toEqual(['s1'])
    expect(found('李静')).toEqual(['s1'])
    expect(found('２０２５-10')).toEqual(['s2'])
  })

  it('takes a session for every kind that it is at once, and narrows by tag and theme', () => {
    expect(found('', '主题党日')).toEqual(['s1', 's2'])
    const by = (tag: string, theme: string): string[] => filterSessions([ROW, planned], { text: '', kind: '', state: '', tag, theme }).map((row) => row.id)
    expect(by('读书班', '')).toEqual(['s1'])
    expect(by('', '党史')).toEqual(['s2'])
  })

  it('wants every part that is typed, and the kind and the state as chosen', () => {
    expect(found('党课 李静')).toEqual(['s1'])
    expect(found('党课 赵')).toEqual([])
    expect(found('', '党课')).toEqual(['s1'])
    expect(found('', '', 'held')).toEqual(['s1'])
    expect(found('')).toEqual(['s1', 's2'])
  })
})
