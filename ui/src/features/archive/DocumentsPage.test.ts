import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import type { DocumentRow } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'

import DocumentsPage from './DocumentsPage.vue'

const ROW: DocumentRow = {
  id: 'd1',
  kind: '文件',
  title: '关于学习的通知',
  number: '县发〔2025〕12号',
  issuer: '县委',
  date: '2025-12-01',
  received_on: null,
  study_by: '2025-12-10',
  note: null,
  sessions: [],
  study: 'overdue',
  days: 14,
  studied_on: null,
  files: 1,
  search_keys: ['guanyuxuexidetongzhi', 'gyxxdtz'],
  revision: 1,
}
const STUDIED: DocumentRow = { ...ROW, id: 'd2', title: '部长会议精神', search_keys: ['bzhyjs'], study: 'studied', days: 4, studied_on: '2025-12-05', sessions: [{ session: 's1', date: '2025-12-05', title: '集体学习', state: 'held', days: 4, late: false }] }

let wrapper: VueWrapper
let core: FakeCore

async function page(rows: DocumentRow[] | null, address = '/archive'): Promise<void> {
  core = useFakeCore({
    'documents.list': () => {
      if (rows === null) throw { code: 'database', params: {}, field: null, trace: 'ab12' }
      return { rows, kinds: ['文件', '会议'], issuers: ['县委'] }
    },
    'documents.add': () => {
      throw { code: 'title_missing', params: {}, field: 'title', trace: '' }
    },
    'documents.remove': () => ({ value: {}, changed: [], undo: null }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/archive', component: DocumentsPage }, { path: '/:rest(.*)*', component: { render: () => null } }] })
  await router.push(address)
  wrapper = mount(DocumentsPage, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await flushPromises()
}

const inBody = (testid: string): HTMLElement | null => document.body.querySelector<HTMLElement>(`[data-testid=${testid}]`)

afterEach(() => {
  wrapper.unmount()
  queryClient.clear()
  document.body.replaceChildren()
})

describe('the register of documents', () => {
  it('says the next step where there is nothing, and the error where it failed', async () => {
    await page([])
    expect(inBody('archive-add-first')?.textContent).toBe('登记文件')
    wrapper.unmount()
    queryClient.clear()
    await page(null)
    expect(document.body.textContent).toContain('ab12')
  })

  it('counts what the filter lets through, and clears it', async () => {
    await page([ROW, STUDIED])
    expect(inBody('archive-count')?.textContent).toBe('2 条')
    await wrapper.find('[data-testid=archive-filter]').setValue('gyxx')
    expect(inBody('archive-count')?.textContent).toBe('1 / 2 条')
    await wrapper.find('[data-testid=archive-filter]').setValue('没有的')
    await wrapper.find('[data-testid=archive-clear]').trigger('click')
    expect(inBody('archive-count')?.textContent).toBe('2 条')
  })

  it('begins at the row that the address names, and at none that is gone', async () => {
    const cursor = (): string | undefined => wrapper.find('[role=grid]').attributes('aria-activedescendant')?.split('-').at(-1)
    await page([ROW, STUDIED], '/archive?document=d2')
    expect(cursor()).toBe('1')
    wrapper.unmount()
    queryClient.clear()
    await page([ROW, STUDIED], '/archive?document=gone')
    expect(cursor()).toBeUndefined()
  })

  it('keeps the form open and marks the field that was refused', async () => {
    await page([ROW])
    await wrapper.find('[data-testid=archive-add]').trigger('click')
    await flushPromises()
    inBody('archive-form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    await flushPromises()
    expect(core.calls.some((call) => call.name === 'documents.add')).toBe(true)
    expect(inBody('document-title')?.getAttribute('aria-invalid')).toBe('true')
  })
})
