import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'

import { installKeyGuard } from '@/app/keys'
import type { AppState, AttendanceCounts, AttendanceSheet, LeaveProposal, Mark, MarkView, RollRow, SessionRow, Tally } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'
import { useToasts } from '@/stores/toasts'

import RollPage from './RollPage.vue'

const NAMES: [string, string[]][] = [
  ['马晓燕', ['maxiaoyan', 'mxy']],
  ['王伟', ['wangwei', 'ww']],
  ['李静', ['lijing', 'lj']],
]
const NO_COUNTS: AttendanceCounts = { present: 0, late: 0, early_leave: 0, official_leave: 0, sick_leave: 0, personal_leave: 0, absent: 0, not_required: 0, unmarked: 3, observers: 0, made_up: 0 }
const SESSION: SessionRow = {
  id: 's1',
  date: '2025-10-14',
  starts_at: '14:30',
  amount: { amount: { value: '10800', unit: 'second' }, label: '3小时', minutes: 180 },
  kind: '专题讲座',
  title: '应急管理讲座',
  level: 'branch',
  theme: '应急管理',
  place: '三楼会议室',
  number: null,
  state: 'held',
  hosts: '',
  counts: NO_COUNTS,
  required: 3,
  attended: 0,
  rate: { attended: 0, out_of: 3 },
  also: [],
  tags: [],
  series: null,
  series_date: null,
  plan_item: null,
  revision: 1,
}
const STATE: AppState = { book: null, problem: null, recent: [], today: '2025-10-14', version: '0.1.0', appearance: { theme: 'light', text_percent: 100 } }
const BLANK: MarkView = { status: 'unmarked', minutes: null, observer: false, remark: null, approver: null, source: null, leave: null, make_up: null }

function tally(unmarked: number): Tally {
  const counts = { ...NO_COUNTS, unmarked, present: 3 - unmarked }
  return { counts, required: 3, attended: 3 - unmarked, on_leave: 0, guests: 0, quorums: [], rate: { attended: 3 - unmarked, out_of: 3 }, rate_with_make_up: { attended: 3 - unmarked, out_of: 3 } }
}

const LEAVE: LeaveProposal = { leave: 'l1', kind: 'sick_leave', from: '2025-10-13', until: '2025-10-15', reason: null, approver: '王主任', entered_on: '2025-10-10', late: false }

/** A book that answers marks one by one, when the test lets it. */
function book(session: SessionRow = SESSION, more: { proposals?: Record<string, LeaveProposal>; closedAt?: string | null } = {}) {
  let closedAt = more.closedAt ?? null
  const marks = new Map<string, MarkView>()
  const rows = (): RollRow[] =>
    NAMES.map(([name, search_keys], index) => ({
      line: index + 1,
      member: `m${index + 1}`,
      name,
      display_name: name,
      staff_no: null,
      rank: '一级科员',
      tier: 'staff_and_below',
      namesake: false,
      department: null,
      search_keys,
      mark: marks.get(`m${index + 1}`) ?? BLANK,
      proposal: marks.has(`m${index + 1}`) ? null : (more.proposals?.[`m${index + 1}`] ?? null),
    }))
  const unmarked = (): number => 3 - [...marks.values()].filter((mark) => mark.status !== 'unmarked').length
  const sheet = (): AttendanceSheet => ({ session, credit: '1.5', credit_unit: '学分', rows: rows(), tally: tally(unmarked()), closed_at: closedAt, frozen: marks.size > 0, comes: [], goes: [], left_out: [], guests: [] })
  const waiting: (() => void)[] = []
  const refusals = new Set<string>()
  const mark = async (request: Mark) => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    if (refusals.has(request.member)) throw { code: 'disk_full', params: {}, field: null, trace: '' }
    const { session: _session, member, ...changes } = request
    marks.set(member, { ...(marks.get(member) ?? BLANK), ...(Object.fromEntries(Object.entries(changes).filter(([, value]) => value != null)) as Partial<MarkView>) })
    return { value: { member, mark: marks.get(member) ?? BLANK, proposal: null, tally: tally(unmarked()) }, changed: ['attendance'], undo: null }
  }
  const takeBack = () => {
    const member = [...marks.keys()].at(-1) ?? ''
    marks.delete(member)
    return { value: { operation: { id: 'o1', name: 'attendance.mark', params: { name: '', status: 'present' }, at: '', operator: '' }, rows: 1 }, changed: ['attendance'], undo: null }
  }
  const core: FakeCore = useFakeCore({
    'undo.undo': takeBack as never,
    'app.state': () => STATE,
    'attendance.sheet': sheet,
    'sessions.get': () => ({ session, parts: [{ role: 'speaker', name: '许文斌', member: null, unconfirmed: true }], organizations: [], remark: null }),
    'attendance.mark': mark as never,
    'attendance.mark_rest': (({ status }: { status: MarkView['status'] }) => {
      const rest = rows().filter((row) => row.mark.status === 'unmarked')
      for (const row of rest) marks.set(row.member, { ...BLANK, status })
      return { value: { filled: rest.length, left_alone: 3 - rest.length, on_leave: 0 }, changed: ['attendance'], undo: null }
    }) as never,
    'attendance.take_leave': (({ members }: { members: string[] | null }) => {
      const taken = Object.entries(more.proposals ?? {}).filter(([member]) => !marks.has(member) && (members === null || members.includes(member)))
      for (const [member, proposal] of taken) marks.set(member, { ...BLANK, status: proposal.kind, approver: proposal.approver, source: 'leave', leave: 'holds' })
      return { value: { taken: taken.length }, changed: ['attendance'], undo: null }
    }) as never,
    'attendance.close_roll': (({ rest }: { rest: MarkView['status'] | null }) => {
      for (const row of rows()) if (rest && row.mark.status === 'unmarked' && !row.proposal) marks.set(row.member, { ...BLANK, status: rest })
      closedAt = '2025-10-14 16:00'
      return { value: { taken: 0, marked: 0, unmarked: 0 }, changed: ['attendance'], undo: null }
    }) as never,
    'attendance.reopen_roll': (() => {
      closedAt = null
      return { value: {}, changed: ['attendance'], undo: null }
    }) as never,
    'leave.list': () => ({ rows: [], approvers: ['王主任'] }),
  })
  const answer = async (): Promise<void> => {
    await flushPromises()
    waiting.shift()?.()
    await flushPromises()
  }
  return { core, answer, refusals }
}

let wrapper: VueWrapper
let router: Router

async function open(): Promise<void> {
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  await router.push('/sessions/s1')
  const pinia = createPinia()
  setActivePinia(pinia)
  wrapper = mount(RollPage, { attachTo: document.body, props: { id: 's1' }, global: { plugins: [pinia, router] } })
  await flushPromises()
  await nextTick()
}

async function press(key: string, more: Partial<KeyboardEventInit> = {}): Promise<void> {
  const code = /^\d$/.test(key) ? `Digit${key}` : key === ' ' ? 'Space' : ''
  wrapper.get('[role=grid]').element.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...more }))
  await nextTick()
}

function statuses(): (string | undefined)[] {
  return wrapper.findAll('[data-status]').map((cell) => cell.attributes('data-status'))
}

function current(): string | undefined {
  return wrapper.find('[role=row][aria-selected=true]').attributes('data-row')
}

function sent(core: FakeCore): unknown[] {
  return core.calls.filter((call) => call.name === 'attendance.mark').map((call) => call.request)
}

describe('taking the roll', () => {
  beforeEach(() => {
    queryClient.clear()
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600)
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1000)
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
    document.body.innerHTML = '<span id="status-note"></span>'
  })
  afterEach(() => wrapper.unmount())

  it('puts the focus into the grid, on the first without a mark', async () => {
    book()
    await open()
    expect(document.activeElement?.getAttribute('role')).toBe('grid')
    expect(current()).toBe('m1')
    expect(document.querySelector('#status-note')?.textContent).toBe('第 1 / 3 人')
    expect(wrapper.get('[data-testid=attendance-head]').text()).toContain('主讲 许文斌')
    expect(wrapper.get('[data-testid=attendance-worth]').text()).toBe('3小时 = 1.5 学分')
  })

  it('sends every mark of fast typing in its order, and shows none before it is on the disk', async () => {
    const { core, answer } = book()
    await open()
    await press('1')
    await press('2')
    await press('7')
    expect(statuses()).toEqual(['unmarked', 'unmarked', 'unmarked'])
    expect(wrapper.findAll('.wished').map((chip) => chip.text())).toEqual(['出席', '迟到', '缺席'])
    await answer()
    expect(statuses()).toEqual(['present', 'unmarked', 'unmarked'])
    await answer()
    await answer()
    expect(statuses()).toEqual(['present', 'late', 'absent'])
    expect(wrapper.findAll('.wished')).toHaveLength(0)
    expect(sent(core)).toEqual([
      { session: 's1', member: 'm1', status: 'present' },
      { session: 's1', member: 'm2', status: 'late' },
      { session: 's1', member: 'm3', status: 'absent' },
    ])
    expect(wrapper.get('[data-testid=tally-unmarked] dd').text()).toBe('0')
  })

  it('leaves a row as it was when its mark fails, says so, and goes on with the rest', async () => {
    const { answer, refusals } = book()
    refusals.add('m1')
    await open()
    await press(' ')
    await press('1')
    await answer()
    await answer()
    expect(statuses()).toEqual(['unmarked', 'present', 'unmarked'])
    expect(useToasts().list.map((toast) => toast.text)).toEqual([expect.stringContaining('磁盘满了')])
  })

  it('stays on the row when a mark is cleared or 列席 toggled, and takes a second 9 back', async () => {
    const { core, answer } = book()
    await open()
    await press('9')
    await press('9')
    await press('1')
    await press('ArrowUp')
    await press('0')
    expect(current()).toBe('m1')
    for (let each = 0; each < 4; each += 1) await answer()
    expect(sent(core)).toEqual([{ observer: true }, { observer: false }, { status: 'present' }, { status: 'unmarked' }].map((change) => ({ session: 's1', member: 'm1', ...change })))
  })

  it('goes to the row whose mark Ctrl+Z took back, as far as the filter shows it', async () => {
    const stop = installKeyGuard()
    const { answer } = book()
    await open()
    await press('1')
    await press('1')
    await answer()
    await answer()
    expect(current()).toBe('m3')
    await press('z', { ctrlKey: true, code: 'KeyZ' })
    await flushPromises()
    expect([statuses(), current()]).toEqual([['present', 'unmarked', 'unmarked'], 'm2'])
    await wrapper.get('[data-testid=attendance-filter]').setValue('李静')
    await press('ArrowDown')
    await press('z', { ctrlKey: true, code: 'KeyZ' })
    await flushPromises()
    expect(current()).toBe('m3')
    stop()
  })

  it('jumps by pinyin initials and finds the next without a mark by Enter', async () => {
    const { answer } = book()
    await open()
    await press('l', { code: 'KeyL' })
    await press('j', { code: 'KeyJ' })
    expect(current()).toBe('m3')
    await press('1')
    await answer()
    expect(current()).toBe('m3')
    await press('Enter')
    expect(current()).toBe('m1')
  })

  it('takes digits as text in the filter, and comes back to the grid by Escape', async () => {
    const { core } = book()
    await open()
    const filter = wrapper.get<HTMLInputElement>('[data-testid=attendance-filter]')
    filter.element.focus()
    await filter.setValue('2')
    await filter.trigger('keydown', { key: '2', code: 'Digit2' })
    expect(wrapper.findAll('[data-status]')).toHaveLength(1)
    await filter.trigger('keydown', { key: 'Escape' })
    await nextTick()
    expect(statuses()).toHaveLength(3)
    expect(document.activeElement?.getAttribute('role')).toBe('grid')
    expect(sent(core)).toEqual([])
  })

  it('asks with numbers before it closes a roll that is not complete', async () => {
    const { answer } = book()
    await open()
    await press('1')
    await answer()
    await wrapper.get('[data-testid=attendance-finish]').trigger('click')
    await vi.waitFor(() => expect(document.querySelector('[role=dialog]')?.textContent).toContain('还有 2 人未点'))
    expect(document.querySelector('[data-testid=finish-outcome]')?.textContent).toBe('将把 2 名未点人员记为缺席。')
    document.querySelector<HTMLElement>('[data-testid=finish-run]')?.click()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/sessions'))
    expect(router.currentRoute.value.query.session).toBe('s1')
    expect(useToasts().list.at(-1)?.text).toContain('点名结束：3 人，出席 1，缺席 2')
    expect(statuses()).toEqual(['present', 'absent', 'absent'])
  })

  it('shows what a leave proposes without storing it, and takes it over by Enter', async () => {
    const { core } = book(SESSION, { proposals: { m2: LEAVE } })
    await open()
    expect(wrapper.get('[data-testid=roll-proposals]').text()).toContain('1 人有请假条，还没有记入：王伟')
    expect(wrapper.get('[data-row=m2]').text()).toContain('病假（王主任批准，10月13日至10月15日）')
    expect(statuses()).toEqual(['unmarked', 'unmarked', 'unmarked'])
    await press('ArrowDown')
    await press('Enter')
    await vi.waitFor(() => expect(statuses()).toEqual(['unmarked', 'sick_leave', 'unmarked']))
    expect(current()).toBe('m3')
    expect(core.calls.filter((call) => call.name === 'attendance.take_leave').map((call) => call.request)).toEqual([{ session: 's1', members: ['m2'] }])
    expect(wrapper.find('[data-testid=roll-proposals]').exists()).toBe(false)
    expect(wrapper.get('[data-row=m2] [data-testid=roll-source]').text()).toBe('请假条')
  })

  it('says both numbers before it fills the rest, and closing says what becomes of leave', async () => {
    book(SESSION, { proposals: { m2: LEAVE } })
    await open()
    await wrapper.get('[data-testid=attendance-rest]').trigger('click')
    await vi.waitFor(() => expect(document.querySelector('[role=dialog]')?.textContent).toContain('把未点的 2 人记为出席。已有考勤的 0 人不动，有请假条的 1 人不动。'))
    document.querySelector<HTMLElement>('[data-testid=confirm-cancel]')?.click()
    await vi.waitFor(() => expect(document.querySelector('[role=dialog]')).toBeNull())
    await wrapper.get('[data-testid=attendance-finish]').trigger('click')
    await vi.waitFor(() => expect(document.querySelector('[data-testid=finish-outcome]')?.textContent).toBe('将把 2 名未点人员记为缺席，1 名按请假条记请假。'))
  })

  it('shows the unmarked alone by F8, and each leaves the list as it is marked', async () => {
    const stop = installKeyGuard()
    const { answer } = book()
    await open()
    await press('F8', { code: 'F8' })
    expect(wrapper.get('[data-testid=roll-only-unmarked]').attributes('aria-pressed')).toBe('true')
    await press('1')
    await answer()
    expect([wrapper.findAll('[data-status]').length, current()]).toEqual([2, 'm2'])
    await press('1')
    await press('1')
    await answer()
    await answer()
    expect(wrapper.text()).toContain('没有未点的人。')
    stop()
  })

  it('asks before a closed roll changes, and makes the change once it is open again', async () => {
    const { core, answer } = book(SESSION, { closedAt: '2025-10-14 16:00' })
    await open()
    expect(wrapper.get('[data-testid=attendance-locked]').text()).toContain('点名已于 2025-10-14 16:00 结束。')
    await press('2')
    expect(sent(core)).toEqual([])
    await vi.waitFor(() => expect(document.querySelector('[role=dialog]')?.textContent).toContain('点名已经结束'))
    document.querySelector<HTMLElement>('[data-testid=confirm-run]')?.click()
    await vi.waitFor(() => expect(sent(core)).toEqual([{ session: 's1', member: 'm1', status: 'late' }]))
    await answer()
    expect(statuses()).toEqual(['late', 'unmarked', 'unmarked'])
  })

  it('goes to a single hit of the filter by Enter, with everybody shown again', async () => {
    book()
    await open()
    const filter = wrapper.get<HTMLInputElement>('[data-testid=attendance-filter]')
    filter.element.focus()
    await filter.setValue('3')
    await filter.trigger('keydown', { key: 'Enter' })
    await nextTick()
    expect([statuses().length, current(), document.activeElement?.getAttribute('role')]).toEqual([3, 'm3', 'grid'])
  })

  it('marks nobody at a session that is cancelled, and says why', async () => {
    const { core } = book({ ...SESSION, state: 'cancelled' })
    await open()
    await press('1')
    await flushPromises()
    expect(sent(core)).toEqual([])
    expect(wrapper.get('[data-testid=attendance-closed]').text()).toContain('已取消')
  })
})
