import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { ClosePeriod, ClosingDetail, ClosingPreview, ClosingView, RecordSupplement, ReopenClosing } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'
import { member, year } from '@/features/credits/testing'

import ClosingPage from './ClosingPage.vue'

const CLOSING: ClosingView = {
  id: 'k1',
  kind: 'credits',
  rule_set: 'annual',
  name: '年度学分制',
  version: null,
  unit: '学分',
  of_units: false,
  period: '2025',
  organization: null,
  organization_name: null,
  members: 2,
  supplements: 0,
  digest: 'cebd25ea4e7300',
  closed_by: '李书记',
  closed_on: '2026-01-15',
  reopened: null,
}
const PREVIEW: ClosingPreview = { name: '年度学分制', version: null, unit: '学分', of_units: false, period: '2025', from: '2025-01-01', to: '2025-12-31', over: true, members: 2, met: 1, short: 1, grades: [], undecided: [], pending: 3, left_out: [], over_quota: [], tied: [], already: null }
const DETAIL: ClosingDetail = {
  closing: CLOSING,
  lines: [
    { member: member('1', '赵甲'), organization: null, version: null, total: '29.25', verdict: 'pass', grade: null, supplemented: null, now: null, now_grade: null, changed: false },
    { member: member('2', '钱乙'), organization: null, version: null, total: '10', verdict: 'fail', grade: null, supplemented: null, now: '12', now_grade: null, changed: true },
  ],
  supplements: [],
  together: null,
}

let wrapper: VueWrapper

async function open(path = '/credits/closing', preview = PREVIEW, detail = DETAIL): Promise<FakeCore> {
  const core = useFakeCore({
    'credits.year': () => year([]),
    'closing.list': () => [CLOSING],
    'closing.preview': () => preview,
    'closing.show': () => detail,
    'closing.verify': () => ({ intact: false, recorded: 'cebd25ea4e7300', found: '000000000000ff', rules_intact: true, broken: ['钱乙'] }),
    'closing.close': (_: ClosePeriod) => ({ value: CLOSING, changed: ['closing'], undo: null }),
    'closing.reopen': (_: ReopenClosing) => ({ value: CLOSING, changed: ['closing'], undo: null }),
    'closing.supplement': (request: RecordSupplement) => ({
      value: { id: 's1', member: member('2', '钱乙'), organization: null, before: '10', after: '12', reason: request.reason, document: null, recorded_by: '', recorded_on: '' },
      changed: ['closing'],
      undo: null,
    }),
    'organizations.list': () => [],
    'sessions.list': () => [],
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/credits/closing/:id?', name: 'closing', component: ClosingPage, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } },
    ],
  })
  await router.push(path)
  wrapper = mount({ template: '<RouterView />' }, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await flushPromises()
  return core
}

const close = () => wrapper.get<HTMLButtonElement>('[data-testid=closing-close]')

describe('closing', () => {
  beforeEach(() => {
    queryClient.clear()
    document.body.innerHTML = ''
    for (const side of ['offsetHeight', 'offsetWidth', 'clientHeight'] as const) vi.spyOn(HTMLElement.prototype, side, 'get').mockReturnValue(600)
  })

  it('says its numbers before it closes', async () => {
    const core = await open()
    expect(wrapper.get('[data-testid=closing-checks]').text()).toContain('有 3 条记录待核，封存时不计。')
    await close().trigger('click')
    await flushPromises()
    expect(document.body.textContent).toContain('将封存“年度学分制”2025 的 2 份明细：1 人达标，1 人未达标，0 人不作要求。另有 3 条待核的记录不计在内。封存后可以重开，重开要写理由。')
    document.querySelector<HTMLElement>('[data-testid=confirm-run]')?.click()
    await flushPromises()
    expect(core.calls).toContainEqual({ name: 'closing.close', request: { rule_set: 'annual', year: expect.any(Number), organization: null } })
    // What was closed is shown.
    expect(wrapper.find('[data-testid=closing-detail]').exists()).toBe(true)
  })

  it('closes neither before the period is over nor while somebody is undecided', async () => {
    await open('/credits/closing', { ...PREVIEW, over: false })
    expect(close().element.disabled).toBe(true)
    wrapper.unmount()
    queryClient.clear()
    await open('/credits/closing', { ...PREVIEW, undecided: [member('4', '李丁')] })
    expect(close().element.disabled).toBe(true)
    expect(wrapper.get('[data-testid=closing-checks]').text()).toContain('有 1 人的结果未定，先作出决定：')
    expect(wrapper.get('[data-testid=closing-checks] a').attributes('href')).toBe('/credits/4?set=annual')
  })

  it('shows what changed since, and records it only with a reason', async () => {
    const core = await open('/credits/closing/k1')
    expect(wrapper.get('[data-testid=closing-changed]').text()).toContain('有 1 人的记录在封存后有变化')
    await wrapper.get('[data-testid=closing-supplement]').trigger('click')
    await flushPromises()
    expect(document.body.textContent).toContain('钱乙：10 → 12 学分。')
    const form = document.querySelector('[data-testid=reason-form]')
    form?.dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(document.body.textContent).toContain('理由要填写。')
    const reason = document.querySelector<HTMLTextAreaElement>('[data-testid=reason-text]')
    if (reason) {
      reason.value = '漏登一次培训'
      reason.dispatchEvent(new Event('input'))
    }
    form?.dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(core.calls.filter((call) => call.name === 'closing.supplement')).toEqual([{ name: 'closing.supplement', request: { closing: 'k1', member: '2', reason: '漏登一次培训', document: null } }])
  })

  it('says where the file was changed past the program', async () => {
    await open('/credits/closing/k1')
    await wrapper.get('[data-testid=closing-verify]').trigger('click')
    await flushPromises()
    const said = wrapper.get('[data-testid=closing-verified]').text()
    expect(said).toContain('与封存时不一致：记下的是 cebd25ea4e73，现在是 000000000000。')
    expect(said).toContain('不一致的明细：钱乙')
  })

  it('offers nothing more on one that was reopened', async () => {
    await open('/credits/closing/k1', PREVIEW, { ...DETAIL, closing: { ...CLOSING, reopened: { by: '李书记', on: '2026-02-01', reason: '重新核算' } } })
    expect(wrapper.find('[data-testid=closing-reopen]').exists()).toBe(false)
    expect(wrapper.find('[data-testid=closing-supplement]').exists()).toBe(false)
    expect(wrapper.get('[data-testid=closing-reopened]').text()).toBe('李书记 于 2026-02-01 重开：重新核算')
  })

  it('says grades, quotas and who is left out of an assessment of units', async () => {
    const unit = member('u1', '第一支部')
    await open('/credits/closing', {
      ...PREVIEW,
      name: '单位考核',
      of_units: true,
      members: 2,
      met: 0,
      short: 0,
      grades: [{ grade: '优秀', count: 1 }, { grade: null, count: 1 }],
      pending: 0,
      over_quota: [unit],
      left_out: [
        { member: null, organization: 'u2', name: '第二支部', staff_no: null, why: 'outside' },
        { member: null, organization: 'u3', name: '第三支部', staff_no: null, why: 'closed' },
      ],
    })
    const checks = wrapper.get('[data-testid=closing-checks]').text()
    expect(checks).toContain('超出名额：第一支部')
    expect(wrapper.get('[data-testid=closing-left-out]').text()).toBe('有 2 个不封存：已由另一次封存：第三支部规则不适用：第二支部')
    await close().trigger('click')
    await flushPromises()
    expect(document.body.textContent).toContain('将封存“单位考核”2025 的 2 份考核结果：优秀 1 份、不定等次 1 份。另有 2 个不封存。封存后可以重开，重开要写理由。')
  })

  it('records a supplement of a unit as one of a unit', async () => {
    const line = { member: member('u1', '第一支部'), organization: 'u1', version: '乙', total: '8', verdict: 'none' as const, grade: '合格', supplemented: null, now: null, now_grade: '优秀', changed: true }
    const core = await open('/credits/closing/k1', PREVIEW, { ...DETAIL, closing: { ...CLOSING, of_units: true }, lines: [line] })
    expect(wrapper.get('[data-testid=closing-lines]').text()).toContain('按“乙”一版')
    await wrapper.get('[data-testid=closing-supplement]').trigger('click')
    await flushPromises()
    const reason = document.querySelector<HTMLTextAreaElement>('[data-testid=reason-text]')
    if (reason) {
      reason.value = '漏登'
      reason.dispatchEvent(new Event('input'))
    }
    document.querySelector('[data-testid=reason-form]')?.dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(core.calls).toContainEqual({ name: 'closing.supplement', request: { closing: 'k1', organization: 'u1', reason: '漏登', document: null } })
  })
})
