import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

import { installKeyGuard } from '@/app/keys'
import type { CreditRow, CreditsYear, ManualCreditView, RecordDecision } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'

import CreditsPage from './CreditsPage.vue'
import { entry, ledger, member, question, requirement, row, set, year } from './testing'

const MET: CreditRow = row(member('1', '赵甲', { search_keys: ['zhaojia', 'zj'], tier: 'division_and_above' }), { required: '18', earned: '56/3', by_category: ['14', '14/3'] })
const SHORT: CreditRow = row(member('2', '钱乙', { search_keys: ['qianyi', 'qy'] }), {
  earned: '5.55',
  gap: '6.45',
  by_category: ['5.55', '0'],
  result: 'short',
  verdict: 'fail',
  forecast: { state: 'behind', expected: '11.5', behind: '5.95', needed_a_month: '13', days_gone: 350, days: 365 },
  pending: 2,
})
const FREE: CreditRow = row(member('3', '孙丙', { search_keys: ['sunbing', 'sb'], tier: 'other' }), { required: null, result: 'not_required', verdict: 'none' })
const OPEN: CreditRow = row(member('4', '李丁', { search_keys: ['liding', 'ld'] }), {
  earned: '16',
  range: { min: '16', max: '17.5' },
  by_category: ['12', '4'],
  result: 'short',
  verdict: null,
  consequences: [{ label: '集中调训补课', period: '2025', because: ['2023', '2024'], line: 50 }],
})

const YEAR = year([MET, SHORT, FREE, OPEN], {
  totals: { members: 4, with_requirement: 3, met: 1 },
  counts: { undecided: 1, behind: 1, unreachable: 0, pending: 1 },
  questions: [{ question: question(), members: ['4'] }],
})

const LEDGER = ledger(SHORT, {
  entries: [entry(), entry({ link: { page: 'manual_credit', id: 'c1' }, fact: '参加市里培训', fact_id: 'm1', base: '2', counted: '2' })],
  refused: [entry({ fact: '网络课程 20分钟', steps: ['播放不足 90%'], counted: '0', base: '0' })],
  waiting: [{ fact_id: 'w1', date: '2025-05-01', fact: '读书 90分钟', link: { page: 'study', id: 'e1' }, state: 'pending', reason: null }],
  unmatched: [{ fact_id: 'u1', date: '2025-06', fact: '宣讲 1次', link: { page: 'session', id: 's9' }, state: null, reason: '没有类别收这条事实' }],
  requirements: [requirement()],
  history: [{ period: '2024', total: '91', passed: true, short: [], source: 'opening' }],
  questions: [question()],
})

const MANUAL: ManualCreditView = {
  id: 'c1',
  member: '2',
  member_name: '钱乙',
  rule_set: null,
  category: 'collective',
  date: '2025-04-01',
  amount: '2',
  reason: '市委组织部调训',
  document: '组发〔2025〕3 号',
  evidence: '结业证书',
  corrects: null,
  state: 'accepted',
  revision: 1,
}

async function page(at = '/credits', given: CreditsYear = YEAR): Promise<{ wrapper: VueWrapper; core: FakeCore; path: () => string }> {
  const core = useFakeCore({
    'credits.year': () => given,
    'credits.member': () => LEDGER,
    'manual_credits.list': () => [MANUAL],
    'manual_credits.add': () => ({ value: MANUAL, changed: ['credits'], undo: null }),
    'decisions.list': () => [],
    'decisions.record': (request: RecordDecision) => ({
      value: { id: 'd1', question_text: '', reading_label: null, member_name: null, decided_by: '', decided_on: '2025-12-15', fact: null, reading: null, value: null, document: null, ...request, member: request.member ?? null } as never,
      changed: ['credits'],
      undo: null,
    }),
  })
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

  it('shows exact amounts, ranges, results and forecasts in words, and the totals', async () => {
    const { wrapper } = await page()
    const rows = wrapper.findAll('[role=row].body').map((row) => row.text())
    // 56 / 3 = 18.666…, with the exact amount beside it.
    expect(rows[0]).toContain('≈ 18.67')
    expect(rows[0]).toContain('56/3')
    expect(rows[1]).toContain('5.55')
    expect(rows[1]).not.toContain('≈ 5')
    expect(rows[0]).toContain('达标')
    expect(rows[1]).toContain('差 6.45')
    expect(rows[1]).toContain('落后 5.95')
    expect(rows[1]).toContain('待核 2 条')
    expect(rows[2]).toContain('不作要求')
    expect(rows[3]).toContain('16–17.5')
    expect(rows[3]).toContain('未定')
    expect(rows[3]).toContain('集中调训补课')
    expect(wrapper.get('[data-testid=credits-totals]').text()).toBe('共 4 人，3 人有要求，1 人达标，1 人未定，1 人落后，1 人有待核')
    expect(wrapper.get('[data-testid=credits-rule-line]').text()).toBe('规则：年度学分制（处级以上 18 · 科级 12）')
    expect(wrapper.get('[data-testid=credits-open-questions]').text()).toContain('有 1 个问题规则没有写明，1 人的结果未定。')
  })

  it('says in words what a bar shows', async () => {
    const { wrapper } = await page()
    expect(wrapper.get('[data-row="1"] [role=img]').attributes('aria-label')).toBe('集体学习 14，个人自学 14/3')
  })

  it('narrows by pinyin, tier and state, and keeps it in the address', async () => {
    const { wrapper, path } = await page()
    await wrapper.get('[data-testid=credits-filter]').setValue('qy')
    expect(names(wrapper)).toEqual(['钱乙'])
    await wrapper.get('[data-testid=credits-filter]').setValue('')
    await wrapper.get('[data-testid=credits-filter-state]').setValue('pending')
    expect(names(wrapper)).toEqual(['钱乙'])
    await vi.waitFor(() => expect(path()).toBe('/credits?state=pending'))
    await wrapper.get('[data-testid=credits-filter-state]').setValue('not_required')
    expect(names(wrapper)).toEqual(['孙丙'])
    await wrapper.get('[data-testid=credits-filter-tier]').setValue('section')
    expect(names(wrapper)).toEqual([])
    expect(wrapper.text()).toContain('没有符合条件的人员')
  })

  it('opens narrowed as a link says', async () => {
    const { wrapper } = await page('/credits?state=undecided')
    expect(names(wrapper)).toEqual(['李丁'])
  })

  it('shows one rule set of several, and another on request', async () => {
    const own = set('annual', '年度学分制')
    const other = set('web', '网络学习 50 学时', { unit: '学时' })
    const { wrapper, core, path } = await page('/credits', { ...YEAR, sets: [own, other] })
    await wrapper.get('[data-testid=credits-set-web]').trigger('click')
    await settled()
    expect(path()).toBe('/credits?set=web')
    expect(core.calls).toContainEqual({ name: 'credits.year', request: { year: expect.any(Number), rule_set: 'web' } })
  })

  it('sorts fractions by their amount, not by their digits', async () => {
    const { wrapper } = await page()
    const earned = wrapper.findAll('button.sort').find((each) => each.text().startsWith('已得'))
    await earned?.trigger('click')
    // 0 < 5.55 < 16 < 56/3 = 18.67
    expect(names(wrapper)).toEqual(['孙丙', '钱乙', '李丁', '赵甲'])
  })

  it('opens the ledger of a line in the address, and Escape closes it', async () => {
    const stop = installKeyGuard()
    const { wrapper, core, path } = await page()
    await wrapper.get('[data-row="2"]').trigger('click')
    await settled()
    expect(path()).toBe('/credits/2')
    expect(core.calls).toContainEqual({ name: 'credits.member', request: { year: expect.any(Number), member: '2', rule_set: 'annual' } })
    await wrapper.get('[data-testid=credits-page]').trigger('keydown', { key: 'Escape' })
    await settled()
    expect(path()).toBe('/credits')
    stop()
  })

  it('gives every entry its fact, its rule with the line, and its steps with the amounts on request', async () => {
    const { wrapper } = await page('/credits/2')
    const first = wrapper.get('[data-testid=credits-entry]')
    expect(first.get('[data-testid=credits-fact]').attributes('href')).toBe('/sessions/s1')
    const steps = first.get('[data-testid=credits-steps]')
    expect(steps.text()).toContain('每 60 分钟 0.5，迟到减半 · 规则第 29 行')
    expect(first.get('ol').isVisible()).toBe(false)
    await steps.trigger('click')
    expect(first.get('ol').isVisible()).toBe(true)
    expect(first.findAll('ol li').map((line) => line.text())).toEqual(['180 分钟 ÷ 60 × 0.5第 29 行0 → 1.5', '迟到 × 0.5第 31 行1.5 → 0.75'])
    // Before the cap, and what counts.
    expect(first.get('del').text()).toBe('0.75')
    expect(first.get('.amount b').text()).toBe('0.5')
  })

  it('shows credits by hand as such, what gave nothing with the reason, what waits and what no category takes', async () => {
    const { wrapper } = await page('/credits/2')
    const byHand = wrapper.findAll('[data-testid=credits-entry]')[1]
    expect(byHand?.text()).toContain('人工')
    expect(byHand?.text()).toContain('市委组织部调训 · 组发〔2025〕3 号 · 凭据：结业证书')
    expect(wrapper.get('[data-testid=credits-refused]').text()).toContain('播放不足 90%')
    expect(wrapper.get('[data-testid=credits-waiting]').text()).toContain('待核')
    expect(wrapper.get('[data-testid=credits-unmatched]').text()).toContain('宣讲 1次没有类别收这条事实')
  })

  it('corrects an entry in its place, beginning with what it was', async () => {
    const { wrapper, core } = await page('/credits/2')
    await wrapper.get('[data-testid=credits-steps]').trigger('click')
    await wrapper.get('[data-testid=entry-correct]').trigger('click')
    await settled()
    const field = (id: string) => document.querySelector<HTMLInputElement>(`[data-testid=${id}]`)
    expect(field('manual-amount')?.value).toBe('0.75')
    const reason = field('manual-reason')
    if (reason) {
      reason.value = '当天全程参加'
      reason.dispatchEvent(new Event('input'))
    }
    document.querySelector('[data-testid=manual-form]')?.dispatchEvent(new Event('submit'))
    await settled()
    const added = core.calls.find((call) => call.name === 'manual_credits.add')
    expect(added?.request).toMatchObject({ member: '2', rule_set: 'annual', category: 'collective', date: '2025-03-03', amount: '0.75', corrects: 'f1', reason: '当天全程参加' })
  })

  it('says what is missing, by when, and what would mend it', async () => {
    const { wrapper } = await page('/credits/2')
    await wrapper.get('[data-testid=tab-requirements]').trigger('mousedown')
    await settled()
    const text = wrapper.get('[data-testid=requirement]').text()
    for (const part of ['总量', '未达到', '差 6.5', '不低于 12', '期限 2025-12-31', '补救：补学', '规则第 40 行']) expect(text).toContain(part)
    expect(wrapper.get('[data-testid=credits-forecast]').text()).toContain('本期 365 天已过 350 天，按进度应有 11.5 学分。余下每 30 天要得 13 学分。')
  })

  it('decides a question only with a reason, and for whom is said', async () => {
    const { wrapper, core } = await page('/credits/2')
    await wrapper.get('[data-testid=tab-questions]').trigger('mousedown')
    await settled()
    expect(wrapper.findAll('[data-testid=reading]').map((each) => each.text())).toEqual(['按期初合计 16 学分选这一种', '按期末合计 17.5 学分选这一种'])
    await wrapper.get('[data-testid=decide-end]').trigger('click')
    await settled()
    const form = document.querySelector('[data-testid=decide-form]')
    form?.dispatchEvent(new Event('submit'))
    await settled()
    expect(core.calls.some((call) => call.name === 'decisions.record')).toBe(false)
    expect(document.body.textContent).toContain('理由要填写。')
    const reason = document.querySelector<HTMLTextAreaElement>('[data-testid=decide-reason]')
    if (reason) {
      reason.value = '2025 年 3 月请示组织部'
      reason.dispatchEvent(new Event('input'))
    }
    form?.dispatchEvent(new Event('submit'))
    await settled()
    const recorded = core.calls.find((call) => call.name === 'decisions.record')
    expect(recorded?.request).toEqual({ rule_set: 'annual', question: 'options.change', member: null, fact: null, reading: 'end', value: null, reason: '2025 年 3 月请示组织部', document: null })
  })

  it('tells where each earlier year is known from', async () => {
    const { wrapper } = await page('/credits/2')
    await wrapper.get('[data-testid=tab-history]').trigger('mousedown')
    await settled()
    expect(wrapper.get('[data-testid=credits-history]').text()).toContain('202491达标历年结果')
  })
})
