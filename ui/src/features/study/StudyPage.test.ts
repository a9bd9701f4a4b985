import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { AppState, MemberRow, ReviewStudy, StudyInput, StudyRow, Vocabulary } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'

import StudyPage from './StudyPage.vue'

const STATE: AppState = {
  book: { name: '机关第三党支部', file_name: 'a.xueji', sample: false, operator: '', years: [2025], members: 3, undo: null, redo: null },
  problem: null,
  recent: [],
  today: '2025-10-14',
  version: '0.1.0',
  appearance: { theme: 'light', text_percent: 100 },
}
const VOCABULARY: Vocabulary = { ranks: [], party_statuses: [], categories: [], departments: [], session_kinds: [], study_forms: ['读书', '调研'], places: [], tags: [], themes: [] }

function member(id: string, name: string, keys: string[], department: string, namesake: boolean): MemberRow {
  return {
    id,
    staff_no: null,
    name,
    display_name: name,
    gender: null,
    born: null,
    party_status: null,
    party_joined: null,
    rank: null,
    tier: 'other',
    post: null,
    category: null,
    organization: null,
    organization_name: null,
    department,
    phone: null,
    remark: null,
    left: false,
    namesake,
    search_keys: keys,
    revision: 1,
  }
}

const MEMBERS = [member('m1', '王伟', ['wangwei', 'ww'], '规划科', true), member('m2', '王伟', ['wangwei', 'ww'], '财务科', true), member('m3', '李静', ['lijing', 'lj'], '办公室', false)]

function row(id: string, of: MemberRow, minutes: number): StudyRow {
  return {
    id,
    member: of.id,
    name: of.name,
    staff_no: null,
    date: '2025-10-10',
    entered_on: '2025-10-10',
    form: '读书',
    content: '学习条例',
    amount: { amount: { value: String(minutes * 60), unit: 'second' }, label: `${minutes}分钟`, minutes },
    declared_chars: null,
    note: null,
    chars: null,
    state: 'accepted',
    state_reason: null,
    reviewed_by: null,
    reviewed_on: null,
    revision: 1,
  }
}

let wrapper: VueWrapper
let entries: StudyRow[]

async function open(path = '/study'): Promise<FakeCore> {
  const core = useFakeCore({
    'app.state': () => STATE,
    'roster.list': () => MEMBERS,
    'roster.vocabulary': () => VOCABULARY,
    'study.list': () => entries,
    'study.approve': ({ ids }: ReviewStudy) => {
      entries = entries.map((each) => (ids.includes(each.id) ? { ...each, state: 'accepted' } : each))
      return { value: entries, changed: ['study'], undo: null }
    },
    'study.return': ({ ids, reason }: ReviewStudy) => {
      entries = entries.map((each) => (ids.includes(each.id) ? { ...each, state: 'returned', state_reason: reason ?? null } : each))
      return { value: entries, changed: ['study'], undo: null }
    },
    'study.add': (input: StudyInput) => {
      if (input.amount === '5') throw { code: 'amount_unclear', params: { value: '5' }, field: 'amount', trace: '' }
      const made = row('new', MEMBERS.find((each) => each.id === input.member) ?? MEMBERS[0]!, 90)
      entries = [made, ...entries]
      return { value: made, changed: ['study'], undo: null }
    },
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  await router.push(path)
  wrapper = mount(StudyPage, { attachTo: document.body, global: { plugins: [pinia, router] } })
  await flushPromises()
  return core
}

function field(name: string) {
  return wrapper.get<HTMLInputElement>(`[data-testid=quick-${name}]`)
}

async function choose(text: string): Promise<string[]> {
  await field('member').setValue(text)
  return wrapper.findAll('[data-testid=member-option]').map((option) => option.text())
}

async function save(): Promise<void> {
  await wrapper.get('[data-testid=study-quick]').trigger('submit')
  await flushPromises()
}

describe('self-study', () => {
  beforeEach(() => {
    queryClient.clear()
    entries = [row('e1', MEMBERS[0]!, 45), row('e2', MEMBERS[2]!, 60)]
    for (const side of ['offsetHeight', 'offsetWidth', 'clientHeight'] as const) vi.spyOn(HTMLElement.prototype, side, 'get').mockReturnValue(600)
  })
  afterEach(() => wrapper.unmount())

  it('finds a member by pinyin, tells namesakes apart, and records who was chosen', async () => {
    const core = await open()
    expect(await choose('ww')).toEqual([expect.stringContaining('规划科'), expect.stringContaining('财务科')])
    await field('member').trigger('keydown', { key: 'ArrowDown' })
    await field('member').trigger('keydown', { key: 'Enter' })
    expect(field('member').element.value).toBe('王伟（财务科）')
    await field('form').setValue('读书')
    await field('amount').setValue('90')
    await save()
    const added = core.calls.find((call) => call.name === 'study.add')
    expect(added?.request).toMatchObject({ member: 'm2', date: '2025-10-14', form: '读书', amount: '90', note: null })
    expect(wrapper.get('[data-testid=quick-said]').text()).toBe('已记：王伟 2025-10-10 读书 90分钟')
    // Who and when stay for the next entry.
    expect([field('member').element.value, field('date').element.value, field('amount').element.value]).toEqual(['王伟（财务科）', '2025-10-14', ''])
  })

  it('never guesses among namesakes', async () => {
    const core = await open()
    await choose('王伟')
    await field('member').trigger('blur')
    await save()
    expect(core.calls.some((call) => call.name === 'study.add')).toBe(false)
    expect(wrapper.get('[role=alert]').text()).toBe('姓名要填写。')
    expect(document.activeElement).toBe(field('member').element)
  })

  it('shows a refusal at its field and keeps what was typed', async () => {
    await open()
    await choose('lj')
    await field('member').trigger('blur')
    await field('amount').setValue('5')
    await save()
    expect(wrapper.get('[role=alert]').text()).toContain('“5”是分钟还是小时')
    expect([field('member').element.value, field('amount').element.value]).toEqual(['李静', '5'])
    expect(document.activeElement).toBe(field('amount').element)
  })

  it('leads to the entry that the address names, once, so that one can go on from it', async () => {
    await open('/study?entry=e2')
    await flushPromises()
    const chosen = () => wrapper.find('[data-row][aria-selected=true]').attributes('data-row')
    expect(chosen()).toBe('e2')
    expect(document.activeElement).toBe(wrapper.get('[role=grid]').element)
    await wrapper.get('[role=grid]').trigger('keydown', { key: 'ArrowUp' })
    await queryClient.invalidateQueries()
    await flushPromises()
    expect(chosen()).toBe('e1')
  })

  it('adds up what the filter leaves', async () => {
    await open()
    const totals = () => wrapper.get('[data-testid=study-totals]').text()
    // 45 and 60 minutes.
    expect(totals()).toContain('共 2 条，2 人　合计 1 小时 45 分钟')
    await wrapper.get('[data-testid=study-filter]').setValue('lj')
    expect(totals()).toContain('共 1 条，1 人　合计 1 小时')
  })

  it('accepts in bulk by the keyboard, and returns with a reason', async () => {
    entries = entries.map((each) => ({ ...each, state: 'pending' }))
    const core = await open('/study?state=pending')
    const grid = wrapper.get('[role=grid]')
    const asked = (name: string) => core.calls.filter((call) => call.name === name).map((call) => call.request)
    await grid.trigger('focus')
    await grid.trigger('keydown', { key: ' ' })
    expect(wrapper.get('[data-testid=review-chosen]').text()).toBe('已选 1 条，共 2 条')
    await grid.trigger('keydown', { key: 'a', ctrlKey: true })
    expect(wrapper.get('[data-testid=review-accept]').text()).toBe('认定 2 条')
    await grid.trigger('keydown', { key: ' ' })
    await grid.trigger('keydown', { key: 'a' })
    await flushPromises()
    expect(asked('study.approve')).toEqual([{ ids: ['e1'] }])
    await grid.trigger('keydown', { key: 'r' })
    await flushPromises()
    expect(document.body.textContent).toContain('退回 李静 10月10日的自学“学习条例”（60分钟）。')
    const reason = document.querySelector<HTMLTextAreaElement>('[data-testid=reason-text]')
    if (reason) {
      reason.value = '没有凭据'
      reason.dispatchEvent(new Event('input'))
    }
    document.querySelector('[data-testid=reason-form]')?.dispatchEvent(new Event('submit'))
    await flushPromises()
    expect(asked('study.return')).toEqual([{ ids: ['e2'], reason: '没有凭据' }])
  })
})
