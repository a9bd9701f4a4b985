import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { AppState, SetWarningRule, Warning, WarningRuleView, WarningsYear } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore } from '@/bridge/testing'

import { addDays } from './days'
import RulesPanel from './RulesPanel.vue'
import WarningsPage from './WarningsPage.vue'

const STATE: AppState = { book: null, problem: null, recent: [], today: '2025-10-14', version: '0.1.0', appearance: { theme: 'light', text_percent: 100 } }
const ROLL: Warning = { key: 'roll_open:s1', rule: 'roll_open', threshold: 1, grade: 'remind', code: 'roll_not_taken', subject: '10月10日 集体学习', params: { days: 4 }, place: { page: 'session', id: 's1' } }
const MONTH: Warning = { key: 'month_open:2025-09', rule: 'month_open', threshold: 10, grade: 'progress', code: 'month_open', subject: '9月', params: { count: 1, days: 10 }, place: { page: 'months' } }
const YEAR: WarningsYear = { year: 2025, as_of: '2025-10-14', warnings: [ROLL], put_off: [{ warning: MONTH, until: null, reason: '等上级通知', by: '测试员', on: '2025-10-13' }] }
const RULES: WarningRuleView[] = [
  { rule: 'consequence', on: true, threshold: null },
  { rule: 'attendance_rate', on: true, threshold: { value: 80, unit: 'percent', default: 80, min: 1, max: 100 } },
]

async function shown(component: typeof WarningsPage | typeof RulesPanel, handlers: Parameters<typeof useFakeCore>[0], at = '/'): Promise<VueWrapper> {
  useFakeCore({ 'app.state': () => STATE, 'warnings.list': () => YEAR, 'warnings.rules': () => RULES, ...handlers })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  await router.push(at)
  const wrapper = mount(component as typeof WarningsPage, { global: { plugins: [createPinia(), router] }, attachTo: document.body })
  await flushPromises()
  return wrapper
}

describe('warnings', () => {
  beforeEach(() => queryClient.clear())

  it('counts what stands and what was put off', async () => {
    const wrapper = await shown(WarningsPage, {})
    expect(wrapper.get('[data-testid=tab-standing]').text()).toBe('需要留意（1）')
    expect(wrapper.get('[data-testid=tab-away]').text()).toBe('已暂缓（1）')
    wrapper.unmount()
  })

  it('opens at the first warning, of the chosen rule too', async () => {
    const wrapper = await shown(WarningsPage, { 'warnings.list': () => ({ ...YEAR, warnings: [ROLL, MONTH] }) })
    const at = (): string | undefined => wrapper.get('[data-testid=warnings-table]').attributes('aria-activedescendant')
    expect(at()).toMatch(/-0$/)
    expect(wrapper.get('[data-testid=warnings-open]').attributes('disabled')).toBeUndefined()
    await wrapper.get('[data-testid=warnings-rule]').setValue('month_open')
    await flushPromises()
    expect(at()).toMatch(/-0$/)
    wrapper.unmount()
  })

  it('puts off one filter rule only where a rule is chosen and has several', async () => {
    const wrapper = await shown(WarningsPage, { 'warnings.list': () => ({ ...YEAR, warnings: [ROLL, { ...ROLL, key: 'roll_open:s2' }, MONTH] }) }, '/?rule=roll_open')
    expect(wrapper.get('[data-testid=warnings-put-off-all]').text()).toBe('暂缓这 2 条')
    await wrapper.get('[data-testid=warnings-rule]').setValue('')
    await flushPromises()
    expect(wrapper.find('[data-testid=warnings-put-off-all]').exists()).toBe(false)
    wrapper.unmount()
  })

  it('adds days over the end of a year', () => {
    expect(addDays('2025-12-29', 7)).toBe('2026-01-05')
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('', 7)).toBe('')
  })
})

describe('rules of warnings', () => {
  beforeEach(() => queryClient.clear())

  it('sets a threshold when its field is left, and asks nothing where it is the same', async () => {
    const asked: SetWarningRule[] = []
    const wrapper = await shown(RulesPanel, {
      'warnings.set_rule': (request: SetWarningRule) => {
        asked.push(request)
        return { value: RULES, changed: [], undo: null }
      },
    })
    const field = wrapper.get('[data-testid=warning-threshold-attendance_rate]')
    await field.trigger('blur')
    expect(asked).toEqual([])
    await field.setValue('90')
    await field.trigger('blur')
    await flushPromises()
    expect(asked).toEqual([{ rule: 'attendance_rate', on: true, threshold: 90 }])
    await wrapper.get('[data-testid=warning-rule-consequence]').trigger('change')
    await flushPromises()
    expect(asked[1]).toEqual({ rule: 'consequence', on: false, threshold: null })
    wrapper.unmount()
  })

  it('shows what the core says of a threshold beside it', async () => {
    const wrapper = await shown(RulesPanel, {
      'warnings.set_rule': () => {
        throw { code: 'threshold_out_of_range', params: { min: 1, max: 100 }, field: 'threshold', trace: 'ab12' }
      },
    })
    const field = wrapper.get('[data-testid=warning-threshold-attendance_rate]')
    await field.setValue('300')
    await field.trigger('blur')
    await flushPromises()
    expect(wrapper.get('[role=alert]').text()).toBe('要在 1 至 100 之间。')
    expect(field.attributes('aria-invalid')).toBe('true')
    wrapper.unmount()
  })
})
