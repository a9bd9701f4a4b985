import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { OrganizationRow } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'

import OrganizationsPanel from './OrganizationsPanel.vue'

const PLAIN = { established_on: null, closed_on: null, committee: null, study_group: false }
const ROWS: OrganizationRow[] = [
  { id: 'a', parent: null, kind: 'branch', name: '机关支部', ...PLAIN, members: 40, revision: 1 },
  { id: 'b', parent: 'a', kind: 'group', name: '第一小组', ...PLAIN, members: 6, revision: 1 },
  { id: 'c', parent: 'a', kind: 'group', name: '第二小组', ...PLAIN, members: 0, revision: 3 },
]

let wrapper: VueWrapper
let core: FakeCore

async function panel(): Promise<void> {
  core = useFakeCore({
    'organizations.list': () => ROWS,
    'organizations.add': (request) => ({ value: { ...request, id: 'd', ...PLAIN, members: 0, revision: 1 }, changed: ['organizations'], undo: null }),
    'organizations.delete': () => {
      throw { code: 'organization_used', params: { name: '第二小组' }, field: null, trace: '' }
    },
  })
  wrapper = mount(OrganizationsPanel, { attachTo: document.body, global: { plugins: [createPinia()] } })
  await flushPromises()
}

const inBody = <E extends HTMLElement>(testid: string): E => {
  const found = document.body.querySelector<E>(`[data-testid=${testid}]`)
  if (!found) throw new Error(`no ${testid}`)
  return found
}

describe('the organizations in 设置', () => {
  beforeEach(() => queryClient.clear())
  afterEach(() => wrapper.unmount())

  it("offer no deletion of the book's own, and none of what is used", async () => {
    await panel()
    const [own, used, free] = wrapper.findAll('[data-testid=organization-row]')
    expect(own?.find('[data-testid=organization-delete]').exists()).toBe(false)
    const button = used?.get('[data-testid=organization-delete]')
    expect(button?.attributes('disabled')).toBeDefined()
    expect(button?.attributes('title')).toContain('还有 6 人')
    expect(free?.get('[data-testid=organization-delete]').attributes('disabled')).toBeUndefined()
  })

  it('show the refusal of the core where a session still hangs on one', async () => {
    await panel()
    await wrapper.findAll('[data-testid=organization-row]')[2]?.get('[data-testid=organization-delete]').trigger('click')
    inBody('confirm-run').click()
    await flushPromises()
    expect(core.calls).toContainEqual({ name: 'organizations.delete', request: { id: 'c', revision: 3 } })
    expect(document.body.querySelector('[role=alert]')?.textContent).toContain('组织“第二小组”还有人员、活动或下级组织')
  })

  it('propose a group below a branch', async () => {
    await panel()
    await wrapper.findAll('[data-testid=organization-row]')[0]?.get('[data-testid=organization-add]').trigger('click')
    const name = inBody<HTMLInputElement>('organization-name')
    name.value = '第三小组'
    name.dispatchEvent(new Event('input'))
    await flushPromises()
    document.body.querySelector<HTMLFormElement>('form#organization')?.requestSubmit()
    await flushPromises()
    expect(core.calls).toContainEqual({ name: 'organizations.add', request: { parent: 'a', kind: 'group', name: '第三小组' } })
  })
})
