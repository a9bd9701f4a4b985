import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'

import type { MemberRow, Vocabulary } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'

import RosterPage from './RosterPage.vue'

const MEMBER: MemberRow = {
  id: 'm1',
  staff_no: '1007',
  name: '马晓',
  display_name: '马　晓',
  gender: '女',
  born: '1985-07',
  party_status: '中共党员',
  party_joined: null,
  rank: '乡科级正职',
  tier: 'section',
  post: '科长',
  category: '在职',
  organization: 'o1',
  organization_name: '机关支部',
  department: '办公室',
  phone: null,
  remark: null,
  left: false,
  namesake: true,
  search_keys: ['mx', 'maxiao'],
  revision: 3,
}
const WORDS: Vocabulary = { ranks: [], party_statuses: [], categories: [], departments: [], session_kinds: [], study_forms: [], places: [], tags: [], themes: [] }

let wrapper: VueWrapper
let router: Router
let core: FakeCore

async function page(members: MemberRow[], path = '/roster', add: () => never = () => { throw { code: 'staff_no_taken', params: { staff_no: '1007' }, field: null, trace: 'ab' } }): Promise<void> {
  core = useFakeCore({
    'roster.list': () => members,
    'organizations.list': () => [{ id: 'o1', parent: null, kind: 'branch', name: '机关支部', members: members.length, revision: 1, established_on: null, closed_on: null, committee: null, study_group: false }],
    'roster.vocabulary': () => WORDS,
    'roster.add': add,
  })
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/roster', name: 'roster', component: RosterPage }, { path: '/:rest(.*)*', component: { render: () => null } }] })
  await router.push(path)
  wrapper = mount(RosterPage, { attachTo: document.body, global: { plugins: [createPinia(), router], stubs: { Teleport: false } } })
  await flushPromises()
}

const inBody = <E extends HTMLElement>(testid: string): E => {
  const found = document.body.querySelector<E>(`[data-testid=${testid}]`)
  if (!found) throw new Error(`no ${testid}`)
  return found
}

describe('the roster page', () => {
  beforeEach(() => {
    queryClient.clear()
    document.body.innerHTML = '<span id="status-note"></span>'
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400)
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800)
  })
  afterEach(() => wrapper.unmount())

  it('says what to do with an empty book, and with a filter that fits nobody', async () => {
    await page([])
    expect(inBody('roster-empty-import').textContent).toBe('导入花名册')
    wrapper.unmount()
    queryClient.clear()
    await page([MEMBER], '/roster?text=zzz')
    expect(inBody('roster-count').textContent).toBe('显示 0 人，共 1 人')
    await wrapper.get('[data-testid=roster-clear-filter]').trigger('click')
    await flushPromises()
    expect(inBody('roster-count').textContent).toBe('共 1 人')
    expect(router.currentRoute.value.query).toEqual({})
  })

  it('asks the core for another order and for those who left', async () => {
    await page([MEMBER])
    await wrapper.get('[data-testid=roster-order]').setValue('staff_no')
    await wrapper.get('[data-testid=roster-include-left]').setValue(true)
    await flushPromises()
    expect(core.calls.filter((call) => call.name === 'roster.list').at(-1)?.request).toEqual({ on: null, order: 'staff_no', include_left: true })
  })

  it('opens the form by address, and shows a number that is taken at its field', async () => {
    await page([MEMBER], '/roster?add=1')
    const name = inBody<HTMLInputElement>('roster-name')
    name.value = '冯新'
    name.dispatchEvent(new Event('input'))
    inBody('member-form').dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
    expect(core.calls.find((call) => call.name === 'roster.add')?.request).toMatchObject({ name: '冯新', organization: 'o1' })
    expect(inBody('roster-staff-no').getAttribute('aria-invalid')).toBe('true')
    expect(document.body.querySelectorAll('[data-testid=error]')).toHaveLength(0)
    // What was typed is not dropped by a click on the way out.
    inBody('member-cancel').click()
    await flushPromises()
    expect(inBody('confirm-run').textContent).toBe('放弃并关闭')
    inBody('confirm-run').click()
    await flushPromises()
    expect(router.currentRoute.value.query.add).toBeUndefined()
  })
})
