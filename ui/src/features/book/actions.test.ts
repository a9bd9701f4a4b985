import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'

import { queryClient } from '@/bridge/queries'
import { useFakeCore } from '@/bridge/testing'
import { useToasts } from '@/stores/toasts'

import { bookChanges, useBook, type BookActions } from './actions'

async function actions(): Promise<BookActions> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: { render: () => null } }] })
  let book: BookActions | undefined
  const pinia = createPinia()
  mount(
    defineComponent({
      setup() {
        book = useBook()
        return () => null
      },
    }),
    { global: { plugins: [pinia, router] } },
  )
  await flushPromises()
  return book as BookActions
}

describe('books', () => {
  beforeEach(() => queryClient.clear())

  it('forgets all that was read of the book before', async () => {
    useFakeCore({ 'book.open': () => ({}) as never })
    const book = await actions()
    queryClient.setQueryData(['workbench.year', { year: 2025 }], 'of the book before')
    const before = bookChanges.value
    expect(await book.open('token')).toBe(true)
    expect(queryClient.getQueryData(['workbench.year', { year: 2025 }])).toBeUndefined()
    expect(bookChanges.value).toBe(before + 1)
  })

  it('keeps the open book and says why where another cannot be opened', async () => {
    useFakeCore({
      'book.open': () => {
        throw { code: 'not_a_book', params: {}, field: null, trace: '' }
      },
    })
    const book = await actions()
    queryClient.setQueryData(['workbench.year', { year: 2025 }], 'of the open book')
    expect(await book.open('token')).toBe(false)
    expect(queryClient.getQueryData(['workbench.year', { year: 2025 }])).toBe('of the open book')
    expect(useToasts().list[0]?.text).toContain('不是学迹的台账')
  })

  it('does nothing where the user chooses no file', async () => {
    const core = useFakeCore({})
    expect(await (await actions()).choose()).toBe(false)
    expect(core.calls).toEqual([])
  })
})
