import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { AppState } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore } from '@/bridge/testing'

import MakeUpsPage from './MakeUpsPage.vue'

const line = (session: string, title: string) => ({
  session, date: '2025-03-01', title, kind: '集体学习', member: 'm', name: '王伟', display_name: '王　伟', department: null, status: 'absent', due_on: '2025-03-31', days_left: 3, state: 'owed', make_up: null,
})
const rate = { attended: 0, out_of: 2 }
const total = { missed: 2, done: 0, owed: 2, overdue: 0, unchecked: 0, rate, rate_with_make_up: rate }
const OWED = { days: 30, total, forms: [], groups: [{ id: 'm', title: '王伟', detail: null, date: null, total, lines: [line('s1', '第一课'), line('s2', '第二课')] }] }
const STATE = { book: { name: '机关支部', file: '台账.xueji', operator: '', sample: false, members: 1, years: [2025] }, undo: null, redo: null, recent: [], today: '2025-03-28', version: '0.1.0' } as unknown as AppState

let wrapper: VueWrapper
beforeEach(async () => {
  queryClient.clear()
  // A table without a layout draws no rows: it is given a height.
  for (const size of ['offsetHeight', 'offsetWidth', 'clientHeight'] as const) vi.spyOn(HTMLElement.prototype, size, 'get').mockReturnValue(600)
  useFakeCore({ 'app.state': () => STATE, 'make_ups.owed': () => OWED as never })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  wrapper = mount(MakeUpsPage, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await router.isReady()
  await flushPromises()
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})

describe('make-ups', () => {
  it('takes a box by a click, and gives the keys to the table', async () => {
    const boxes = wrapper.findAll('[data-testid=make-ups-lines] input[type=checkbox]')
    expect(boxes).toHaveLength(2)
    await boxes[1]?.trigger('click')
    await flushPromises()
    expect(document.activeElement?.getAttribute('role')).toBe('grid')
    expect(wrapper.find('[data-testid=make-ups-lines] [aria-selected=true]').text()).toContain('第二课')
  })
})
