import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

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
  notices: Array.from({ length: 7 }, (_, index) => ({
    grade: 'grave' as const,
    code: 'a_code_of_this_test',
    subject: `赵${index}`,
    params: {},
    link: { page: 'credits' as const, member: `m${index}` },
  })),
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
    const rows = wrapper.findAll('figure tbody tr').map((row) => row.text())
    expect(rows).toHaveLength(12)
    expect(rows[0]).toContain('87.5%（7 / 8）')
    expect(rows[1]).toContain('—')
  })

  it('goes on with the roll of today', async () => {
    const wrapper = await page(() => BENCH)
    expect(wrapper.get('[data-testid=workbench-session]').text()).toContain('今天的活动')
    const roll = wrapper.get('[data-testid=workbench-roll]')
    expect(roll.text()).toBe('继续点名')
    expect(roll.attributes('href')).toBe('/sessions/s1')
  })

  it('shows five notices, and all of them when asked', async () => {
    const wrapper = await page(() => BENCH)
    const toggle = wrapper.get('[data-testid=notices-toggle]')
    expect(toggle.text()).toBe('全部 7 条')
    expect(wrapper.findAll('a.line')).toHaveLength(5)
    await toggle.trigger('click')
    expect(wrapper.findAll('a.line')).toHaveLength(7)
    expect(wrapper.get('a.line').attributes('href')).toBe('/credits/m0')
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
