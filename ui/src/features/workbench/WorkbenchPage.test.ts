import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import { installKeyGuard } from '@/app/keys'
import type { AppState, AttendanceCounts, Workbench } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore } from '@/bridge/testing'

import WorkbenchPage from './WorkbenchPage.vue'

vi.mock('@/design/chart/echarts', () => ({ startChart: () => ({ setOption: () => {}, resize: () => {}, dispose: () => {} }) }))

const NOBODY = { attended: 0, out_of: 0 }
const COUNTS: AttendanceCounts = {
  present: 3,
  late: 0,
  early_leave: 0,
  official_leave: 0,
  sick_leave: 0,
  personal_leave: 0,
  absent: 0,
  not_required: 0,
  unmarked: 1,
  observers: 0,
  made_up: 0,
}
const STATE: AppState = { book: null, problem: null, recent: [], today: '2025-10-14', version: '0.1.0', appearance: { theme: 'light', text_percent: 100 } }
const BENCH: Workbench = {
  year: 2025,
  credits: { done: 21, of: 26 },
  rate: { attended: 61, out_of: 66 },
  rate_last_year: { attended: 9, out_of: 10 },
  held: { done: 22, of: 24 },
  make_ups_owed: { count: 7, missed: 9, earliest: '2025-10-14' },
  months: [{ attended: 7, out_of: 8 }, ...Array<typeof NOBODY>(11).fill(NOBODY)],
  progress: { quarters: [1, 0, 2, 2], met: 21, undecided: 0 },
  behind: [{ member: 'm9', name: '钱多', earned: '3', expected: '1165/48', behind: '1021/48', required: '30', needed_a_month: '9', unreachable: false }],
  unit: '学分',
  warnings: [
    ...Array.from({ length: 3 }, (_, index) => ({
      key: `credits_behind:${index}`,
      rule: 'credits_behind' as const,
      threshold: 30,
      grade: 'grave' as const,
      code: 'credits_behind',
      subject: `赵${index}`,
      params: { required: '12', unit: '学分', gap: '6', days: 41 },
      place: { page: 'credits' as const, member: `m${index}` },
    })),
    { key: 'roll_open:s2', rule: 'roll_open', threshold: 1, grade: 'remind', code: 'roll_not_taken', subject: '10月10日 集体学习', params: { days: 4 }, place: { page: 'session', id: 's2' } },
  ],
  put_off: 0,
  due: [
    { kind: 'session', date: '2025-10-14', subject: '应急管理讲座', detail: '14:30', count: null, place: { page: 'session', id: 's1' } },
    { kind: 'make_up', date: '2025-10-16', subject: '党课', detail: null, count: 4, place: { page: 'make_ups', session: 's3' } },
  ],
  coverage: [
    {
      organization: 'o1',
      name: '支部党员大会',
      cells: [1, 4, 7, 10].map((from) => ({ from, to: from + 2, state: from === 10 ? ('not_yet_due' as const) : ('met' as const), short: [], planned: from === 10 })),
    },
  ],
  days: [{ date: '2025-03-05', people: 4 }],
  session: {
    id: 's1',
    date: '2025-10-14',
    starts_at: '14:30',
    amount: null,
    kind: '专题讲座',
    title: '应急管理讲座',
    level: 'branch',
    theme: null,
    place: null,
    number: null,
    state: 'planned',
    hosts: '',
    also: [],
    tags: [],
    series: null,
    series_date: null,
    plan_item: null,
    counts: COUNTS,
    required: 4,
    attended: 3,
    rate: { attended: 3, out_of: 4 },
    revision: 1,
  },
  has: { members: true, sessions: true, marks: true, self_study: true },
}

async function page(bench: () => Workbench): Promise<VueWrapper> {
  useFakeCore({ 'app.state': () => STATE, 'workbench.year': bench })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  const wrapper = mount(WorkbenchPage, { global: { plugins: [createPinia(), router] } })
  await flushPromises()
  return wrapper
}

describe('workbench', () => {
  beforeEach(() => queryClient.clear())

  it('shows the figures with their fractions', async () => {
    const wrapper = await page(() => BENCH)
    expect(wrapper.get('[data-testid=kpi-credits]').text()).toContain('21')
    const rate = wrapper.get('[data-testid=kpi-rate]').text()
    // 61 of 66 is 92.42 %, last year it was 90.0 %.
    expect(rate).toContain('92.4')
    expect(rate).toContain('61 / 66')
    expect(rate).toContain('较上年 +2.4')
    expect(wrapper.get('[data-testid=kpi-owed]').text()).toContain('最早 10月14日')
  })

  it('gives a screen reader the monthly rates as a table', async () => {
    const wrapper = await page(() => BENCH)
    const rows = wrapper.findAll('[data-testid=workbench-months] tbody tr').map((row) => row.text())
    expect(rows).toHaveLength(12)
    expect(rows[0]).toContain('87.5%（7 / 8）')
    expect(rows[1]).toContain('—')
  })

  it('goes on with the roll of today', async () => {
    const wrapper = await page(() => BENCH)
    expect(wrapper.get('[data-testid=workbench-session]').text()).toContain('今天的活动')
    const roll = wrapper.get('[data-testid=workbench-roll]')
    expect(roll.text()).toContain('继续点名')
    expect(roll.attributes('href')).toBe('/sessions/s1')
  })

  it('joins warnings of one rule to a line that leads to their list, and leads others to where they are mended', async () => {
    const wrapper = await page(() => BENCH)
    expect(wrapper.get('[data-testid=warnings-all]').text()).toBe('全部 4 条')
    const lines = wrapper.findAll('a[data-rule]')
    expect(lines.map((line) => line.attributes('href'))).toEqual(['/workbench/warnings?rule=credits_behind', '/sessions/s2'])
    expect(lines[0]?.text()).toContain('等 3 条')
    expect(lines[1]?.text()).toContain('已过 4 天')
  })

  it('lists what is due by day, with how many', async () => {
    const wrapper = await page(() => BENCH)
    const lines = wrapper.findAll('[data-kind]')
    expect(lines[0]?.text()).toContain('今天')
    expect(lines[1]?.text()).toContain('4 人要补学')
    expect(lines[1]?.attributes('href')).toBe('/attendance/make-ups?by=session&of=s3')
  })

  it('says who is behind and by how much, to two places', async () => {
    const wrapper = await page(() => BENCH)
    // 1021 ÷ 48 = 21.27…
    expect(wrapper.get('a[href="/credits/m9"]').text()).toContain('落后 21.27 学分')
  })

  it('tells the states of the strip by marks, and wide windows as one cell', async () => {
    const wrapper = await page(() => BENCH)
    const cells = wrapper.findAll('[data-testid=workbench-strip] tbody td')
    expect(cells.map((cell) => cell.attributes('colspan'))).toEqual(['3', '3', '3', '3'])
    expect(cells[0]?.text()).toContain('✓')
    expect(cells[3]?.text()).toContain('已安排')
  })

  it('shows the numbers behind a chart', async () => {
    const wrapper = await page(() => BENCH)
    await wrapper.get('[data-testid=workbench-progress-data]').trigger('click')
    const rows = wrapper.findAll('[data-testid=workbench-progress] tbody tr').map((row) => row.text())
    expect(rows).toHaveLength(5)
    expect(rows.at(-1)).toContain('21 人')
    expect(wrapper.get('[data-testid=workbench-progress-data]').text()).toBe('看图')
  })

  it('opens the roll by Enter while nothing has the focus, and not from a link', async () => {
    const wrapper = await page(() => BENCH)
    const end = installKeyGuard()
    document.body.append(wrapper.element)
    wrapper.get('[data-testid=warnings-all]').element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await flushPromises()
    expect(wrapper.vm.$router.currentRoute.value.path).toBe('/')
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await flushPromises()
    expect(wrapper.vm.$router.currentRoute.value.path).toBe('/sessions/s1')
    end()
    wrapper.unmount()
  })

  it('opens the roll by Enter from the link that led here', async () => {
    const wrapper = await page(() => BENCH)
    const end = installKeyGuard()
    const link = document.createElement('a')
    link.setAttribute('aria-current', 'page')
    document.body.append(wrapper.element, link)
    link.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await flushPromises()
    expect(wrapper.vm.$router.currentRoute.value.path).toBe('/sessions/s1')
    end()
    link.remove()
    wrapper.unmount()
  })

  it('says what to do first in an empty book', async () => {
    const wrapper = await page(() => ({ ...BENCH, session: null, has: { members: false, sessions: false, marks: false, self_study: false } }))
    expect(wrapper.find('[data-testid=roster-import]').text()).toBe('导入花名册')
    expect(wrapper.find('[data-testid=kpi-rate]').exists()).toBe(false)
  })

  it('shows an error with its sentence, and asks again', async () => {
    let broken = true
    const wrapper = await page(() => {
      if (broken) throw { code: 'no_book', params: {}, field: null, trace: 'ab12' }
      return BENCH
    })
    expect(wrapper.get('[role=alert]').text()).toContain('还没有打开台账')
    broken = false
    await wrapper.get('[data-testid=error-retry]').trigger('click')
    await flushPromises()
    expect(wrapper.find('[data-testid=kpi-rate]').exists()).toBe(true)
  })
})
