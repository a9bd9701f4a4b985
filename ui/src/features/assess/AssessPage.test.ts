import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { AssessRow, AssessYear, IndicatorHead, SetScore } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'
import { i18n } from '@/i18n'

import AssessPage from './AssessPage.vue'

const indicator = (id: string, scorers: string[], reason = false): IndicatorHead => ({ id, label: id, head: null, max: '10', min: '0', weight: '1', scorers, shares: scorers.map(() => '1'), step: null, formula: null, source: null, reason, line: 7 })
const INDICATORS = [indicator('笔记', []), indicator('态度', ['自评', '核查']), indicator('创新', ['核查'], true)]
const SET = { id: 's1', key: 'six', name: '六个方面', version: null, unit: '分', example: false, period: '2025', from: null, to: null, over: false, closing: null, buckets: [] }

/** The year as given so far: a stand-in for the book. */
function book(): { year: () => AssessYear; give: (score: SetScore) => void } {
  const given: SetScore[] = []
  const row = (id: string, name: string): AssessRow => ({
    member: { id, name, display_name: name, staff_no: null, search_keys: [] } as unknown as AssessRow['member'],
    organization: null,
    score: null,
    range: { min: '0', max: '30' },
    grade: null,
    no_grade: null,
    indicators: INDICATORS.map((each) => ({
      id: each.id,
      asked: true,
      value: each.scorers.length === 0 ? '7.5' : null,
      weighted: null,
      range: null,
      from: [],
      scores: given.filter((score) => score.member === id && score.indicator === each.id).map((score) => ({ id: `${id} ${score.indicator} ${score.scorer}`, scorer: score.scorer, rater: null, value: score.value, reason: score.reason ?? null, scored_on: '2025-12-01' })),
    })),
    vetoes: [],
    effects: [],
    effect_details: [],
    grades: [],
    notices: [],
    changed: false,
    changes: [],
    open: 1,
    closed: false,
  })
  return {
    year: () => ({ year: 2025, sets: [SET], set: SET, indicators: INDICATORS, rows: [row('m1', '赵一'), row('m2', '钱二'), row('m3', '孙三')], unit: [], quotas: [], rankings: [], unit_closed: false, unit_changes: [], questions: [] }),
    give: (score) => given.push(score),
  }
}

let mounted: ReturnType<typeof mount> | undefined

async function page(): Promise<{ wrapper: ReturnType<typeof mount>; core: FakeCore; press: (key: string, init?: KeyboardEventInit) => Promise<void>; given: () => unknown[] }> {
  const { year, give } = book()
  const core = useFakeCore({
    'assess.year': year,
    'assess.score': (score) => {
      give(score)
      return { value: {}, changed: ['assessment'], undo: null }
    },
    'assess.scores': ({ scores }) => {
      scores.forEach(give)
      return { value: {}, changed: ['assessment'], undo: null }
    },
  })
  const router = createRouter({ history: createMemoryHistory(), routes: ['/', '/rules', '/rules/:id', '/credits/decisions', '/credits/closing/:id?'].map((path, index) => ({ path, name: ['assess', 'rules', 'rule-editor', 'decisions', 'closing'][index], component: { template: '<i/>' } })) })
  const note = document.createElement('span')
  note.id = 'status-note'
  document.body.append(note)
  const wrapper = mount(AssessPage, { attachTo: document.body, global: { plugins: [createPinia(), i18n, router, [VueQueryPlugin, { queryClient }]] } })
  mounted = wrapper
  await flushPromises()
  await vi.waitFor(() => wrapper.get('[data-testid=assess-edit],[data-row=m1]'))
  const press = async (key: string, init: KeyboardEventInit = {}): Promise<void> => {
    const edit = wrapper.find('[data-testid=assess-edit]')
    await (edit.exists() ? edit : wrapper.get('[data-testid=assess-grid]')).trigger('keydown', { key, ...init })
    await flushPromises()
  }
  const given = (): unknown[] => core.calls.filter((call) => call.name === 'assess.score').map((call) => call.request)
  return { wrapper, core, press, given }
}

describe('the assessment page', () => {
  beforeEach(() => {
    queryClient.clear()
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600)
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(900)
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  })
  afterEach(() => {
    mounted?.unmount()
    document.body.innerHTML = ''
  })

  it('takes points a key at a time and goes on to the next person', async () => {
    const { wrapper, press, given } = await page()
    // The cursor begins in the first column that somebody scores.
    await press('8')
    await wrapper.get('[data-testid=assess-edit]').setValue('8.5')
    await press('Enter')
    await press('9')
    await press('Enter')
    expect(given()).toEqual([
      { rule_set: 'six', year: 2025, member: 'm1', indicator: '态度', scorer: '自评', value: '8.5', reason: null },
      { rule_set: 'six', year: 2025, member: 'm2', indicator: '态度', scorer: '自评', value: '9', reason: null },
    ])
    expect(wrapper.get('[data-row=m1] [data-cell="态度 自评"]').text()).toBe('8.5')
  })

  it('computes the year once for scores typed in a row', async () => {
    const { core, press } = await page()
    const asked = (): number => core.calls.filter((call) => call.name === 'assess.year').length
    const before = asked()
    for (const digit of ['8', '9', '7']) {
      await press(digit)
      await press('Enter')
    }
    await vi.waitFor(() => expect(asked()).toBe(before + 1))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(asked()).toBe(before + 1)
  })

  it('keeps what is no number in the field, and types nothing into what comes from the records', async () => {
    const { wrapper, press, given } = await page()
    await press('8')
    await wrapper.get('[data-testid=assess-edit]').setValue('八')
    await press('Enter')
    expect(wrapper.find('[data-testid=assess-edit]').exists()).toBe(true)
    await press('Escape')
    await press('Home')
    await press('8')
    expect(wrapper.find('[data-testid=assess-edit]').exists()).toBe(false)
    expect(given()).toEqual([])
  })

  it('asks for the reason where one is needed, and writes both at once', async () => {
    const { wrapper, press, given } = await page()
    await press('End')
    await press('6')
    await press('Enter')
    expect(given()).toEqual([])
    const reason = wrapper.get('[data-testid=assess-reason]')
    expect(document.activeElement).toBe(reason.element)
    await reason.setValue('建立了学习积分榜')
    await reason.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(given()).toEqual([{ rule_set: 'six', year: 2025, member: 'm1', indicator: '创新', scorer: '核查', value: '6', reason: '建立了学习积分榜' }])
    expect(wrapper.get('.current').attributes('data-row')).toBe('m2')
  })

  it('fills a column from the clipboard', async () => {
    const { wrapper, core } = await page()
    const event = new Event('paste', { bubbles: true, cancelable: true })
    Object.assign(event, { clipboardData: { getData: () => '8\n7.5\n9\n' } })
    wrapper.get('[data-testid=assess-grid]').element.dispatchEvent(event)
    await flushPromises()
    // One step, so that one undo takes it back.
    const [call] = core.calls.filter((each) => each.name === 'assess.scores')
    expect((call?.request as { scores: SetScore[] }).scores.map((each) => [each.member, each.scorer, each.value])).toEqual([['m1', '自评', '8'], ['m2', '自评', '7.5'], ['m3', '自评', '9']])
    expect(wrapper.get('[data-row=m2] [data-cell="态度 自评"]').text()).toBe('7.5')
  })
})
