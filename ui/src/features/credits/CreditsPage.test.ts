import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

import { installKeyGuard } from '@/app/keys'
import type { CreditRow, CreditsYear, MemberCredits, MemberRow } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'

import CreditsPage from './CreditsPage.vue'

function member(id: string, name: string, keys: string[], tier: MemberRow['tier']): MemberRow {
  return {
    id,
    name,
    display_name: name,
    staff_no: `10${id}`,
    search_keys: keys,
    tier,
    gender: null,
    born: null,
    party_status: null,
    party_joined: null,
    rank: null,
    post: null,
    category: null,
    organization: null,
    organization_name: null,
    department: null,
    phone: null,
    remark: null,
    left: false,
    namesake: false,
    revision: 1,
  }
}

const MET: CreditRow = { member: member('1', '赵甲', ['zhaojia', 'zj'], 'division_and_above'), required: '18', earned: '56/3', gap: null, by_category: ['14', '14/3'], result: 'met' }
const SHORT: CreditRow = { member: member('2', '钱乙', ['qianyi', 'qy'], 'section'), required: '12', earned: '5.55', gap: '6.45', by_category: ['5.55', '0'], result: 'short' }
const FREE: CreditRow = { member: member('3', '孙丙', ['sunbing', 'sb'], 'other'), required: null, earned: '0', gap: null, by_category: ['0', '0'], result: 'not_required' }

const YEAR: CreditsYear = {
  year: 2025,
  rules: {
    title: '年度学分制',
    unit: '学分',
    lines: [{ line: 28, words: '每 60 分钟 0.5 学分' }],
    categories: [
      { code: 'collective', label: '集体学习', cap: null },
      { code: 'self_study', label: '个人自学', cap: '4' },
    ],
    requirements: [
      { tier: 'division_and_above', required: '18' },
      { tier: 'section', required: '12' },
      { tier: 'other', required: null },
    ],
  },
  rows: [MET, SHORT, FREE],
  totals: { members: 3, with_requirement: 2, met: 1 },
}

const LEDGER: MemberCredits = {
  row: SHORT,
  unit: '学分',
  entries: [
    {
      date: '2025-03-03',
      fact: '专题讲座 3小时（迟到）',
      link: { page: 'session', id: 's1' },
      category: '集体学习',
      rule: '每 60 分钟 0.5，迟到减半',
      rule_line: 29,
      steps: ['180 分钟 ÷ 60 × 0.5 = 1.5', '迟到 × 0.5：1.5 → 0.75'],
      base: '0.75',
      counted: '0.5',
    },
  ],
}

async function page(at = '/credits'): Promise<{ wrapper: VueWrapper; core: FakeCore; path: () => string }> {
  const core = useFakeCore({ 'credits.year': () => YEAR, 'credits.member': () => LEDGER })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/credits/:member?', name: 'credits', component: CreditsPage, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } },
    ],
  })
  await router.push(at)
  const wrapper = mount({ template: '<RouterView />' }, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await settled()
  return { wrapper, core, path: () => router.currentRoute.value.fullPath }
}

/** Until what was asked for has come and the table has drawn it. */
async function settled(): Promise<void> {
  await flushPromises()
  await nextTick()
}

const names = (wrapper: VueWrapper): string[] => wrapper.findAll('[role=row].body').map((row) => row.get('[role=gridcell]').text())

describe('credits', () => {
  beforeEach(() => {
    queryClient.clear()
    document.body.innerHTML = ''
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400)
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800)
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
  })

  it('shows exact amounts, results in words, and the totals', async () => {
    const { wrapper } = await page()
    const rows = wrapper.findAll('[role=row].body').map((row) => row.text())
    // 56 / 3 = 18.666…, with the exact amount beside it.
    expect(rows[0]).toContain('≈ 18.67')
    expect(rows[0]).toContain('56/3')
    expect(rows[1]).toContain('5.55')
    expect(rows[1]).not.toContain('≈')
    expect(rows[0]).toContain('达标')
    expect(rows[1]).toContain('差 6.45')
    expect(rows[2]).toContain('不作要求')
    expect(wrapper.get('[data-testid=credits-totals]').text()).toBe('共 3 人，2 人有要求，1 人达标')
    expect(wrapper.get('[data-testid=credits-rule-line]').text()).toBe('规则：年度学分制（处级以上 18 · 科级 12）')
  })

  it('says in words what a bar shows', async () => {
    const { wrapper } = await page()
    expect(wrapper.get('[data-row="1"] [role=img]').attributes('aria-label')).toBe('集体学习 14，个人自学 14/3')
  })

  it('narrows by pinyin, tier and result', async () => {
    const { wrapper } = await page()
    await wrapper.get('[data-testid=credits-filter]').setValue('qy')
    expect(names(wrapper)).toEqual(['钱乙'])
    await wrapper.get('[data-testid=credits-filter]').setValue('')
    await wrapper.get('[data-testid=credits-filter-result]').setValue('not_required')
    expect(names(wrapper)).toEqual(['孙丙'])
    await wrapper.get('[data-testid=credits-filter-tier]').setValue('section')
    expect(names(wrapper)).toEqual([])
    expect(wrapper.text()).toContain('没有符合条件的人员')
  })

  it('sorts fractions by their amount, not by their digits', async () => {
    const { wrapper } = await page()
    const earned = wrapper.findAll('button.sort').find((each) => each.text().startsWith('已得'))
    await earned?.trigger('click')
    // 0 < 5.55 < 56/3 = 18.67
    expect(names(wrapper)).toEqual(['孙丙', '钱乙', '赵甲'])
  })

  it('opens the ledger of a line in the address, and Escape closes it', async () => {
    const stop = installKeyGuard()
    const { wrapper, core, path } = await page()
    await wrapper.get('[data-row="2"]').trigger('click')
    await settled()
    expect(path()).toBe('/credits/2')
    expect(core.calls).toContainEqual({ name: 'credits.member', request: { year: expect.any(Number), member: '2' } })
    await wrapper.get('[data-testid=credits-page]').trigger('keydown', { key: 'Escape' })
    await settled()
    expect(path()).toBe('/credits')
    stop()
  })

  it('gives every entry its fact, its rule with the line, and its steps on request', async () => {
    const { wrapper } = await page('/credits/2')
    const entry = wrapper.get('[data-testid=credits-entry]')
    expect(entry.get('[data-testid=credits-fact]').attributes('href')).toBe('/sessions/s1')
    const steps = entry.get('[data-testid=credits-steps]')
    expect(steps.text()).toContain('每 60 分钟 0.5，迟到减半 · 规则第 29 行')
    expect(entry.get('ol').isVisible()).toBe(false)
    await steps.trigger('click')
    expect(entry.get('ol').isVisible()).toBe(true)
    expect(entry.get('ol').text()).toContain('迟到 × 0.5：1.5 → 0.75')
    // Before the cap, and what counts.
    expect(entry.get('del').text()).toBe('0.75')
    expect(entry.get('b').text()).toBe('0.5')
  })
})
