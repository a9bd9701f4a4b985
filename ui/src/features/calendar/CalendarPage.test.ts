import { mount, flushPromises, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { AppState, CalendarSession, CalendarYear, SessionRow } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'

import CalendarPage from './CalendarPage.vue'

const STATE: AppState = {
  book: { name: '机关支部', file: '台账.xueji', operator: '', sample: false, members: 3, years: [2026] },
  undo: null,
  redo: null,
  recent: [],
  today: '2026-03-02',
  version: '0.1.0',
  appearance: { theme: 'light', text_percent: 100 },
} as unknown as AppState

function session(id: string, date: string, changed: Partial<CalendarSession> = {}): CalendarSession {
  return { id, date, starts_at: '14:30', kind: '主题党日', title: '主题党日', place: null, state: 'planned', series: 'x', series_date: date, plan_item: null, revision: 4, ...changed }
}

const YEAR: CalendarYear = {
  year: 2026,
  sessions: [session('s1', '2026-03-06'), session('s2', '2026-03-10', { state: 'held', title: '第一次党课', series: null, series_date: null })],
  holidays: [{ date: '2026-04-04', name: '清明节', work: false }],
  holidays_known: true,
  anniversaries: [{ date: '2026-03-05', name: '学雷锋纪念日', years: 63 }],
  years: [{ year: 2026, sessions: 2 }],
}

let core: FakeCore
let wrapper: VueWrapper

beforeEach(async () => {
  queryClient.clear()
  core = useFakeCore({
    'app.state': () => STATE,
    'calendar.year': () => YEAR,
    'sessions.move': () => ({ value: {} as SessionRow, changed: ['sessions'], undo: null }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  wrapper = mount(CalendarPage, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await router.isReady()
  await flushPromises()
})
afterEach(() => wrapper.unmount())

async function press(key: string): Promise<void> {
  const cell = wrapper.find('[role=gridcell][tabindex="0"]')
  await cell.trigger('keydown', { key })
  await flushPromises()
}

const day = (): string | undefined => wrapper.find('[role=gridcell][tabindex="0"]').attributes('data-date')
const moves = (): unknown[] => core.calls.filter((call) => call.name === 'sessions.move').map((call) => call.request)

describe('calendar', () => {
  it('shows a day with its sessions, holiday and anniversary', () => {
    expect(wrapper.find('[data-date="2026-03-06"] [data-testid=calendar-session]').text()).toBe('14:30 主题党日')
    expect(wrapper.find('[data-date="2026-04-04"]').attributes('aria-label')).toContain('清明节放假')
    expect(wrapper.find('[data-date="2026-03-05"]').attributes('aria-label')).toContain('学雷锋纪念日（63 周年）')
    expect(day()).toBe('2026-03-02')
  })

  it('moves a planned session by M, arrows and Enter', async () => {
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'm', 'ArrowDown', 'Enter']) await press(key)
    expect(moves()).toEqual([{ id: 's1', revision: 4, date: '2026-03-13' }])
  })

  it('leaves everything with Escape, and moves nothing that was held', async () => {
    for (const key of ['ArrowDown', 'ArrowRight', 'm']) await press(key)
    expect(day()).toBe('2026-03-10')
    expect(wrapper.find('[data-testid=calendar-moving]').exists()).toBe(false)
    for (const key of ['ArrowUp', 'End', 'ArrowLeft', 'ArrowLeft', 'ArrowDown']) await press(key)
    await press('ArrowUp')
    expect(day()).toBe('2026-03-06')
    for (const key of ['m', 'ArrowDown', 'Escape']) await press(key)
    expect(day()).toBe('2026-03-06')
    expect(moves()).toEqual([])
  })
})
