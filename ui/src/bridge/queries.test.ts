import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'

import { useToasts } from '@/stores/toasts'

import { queryClient, redo, refreshAreas, undo, useCoreQuery, useMutate } from './queries'
import { useFakeCore } from './testing'

const OPERATION = { id: 'o1', name: 'roster.delete', params: { name: '赵一' }, at: '2025-03-05 09:00', operator: '周敏' }

/** Runs composables inside a component, as pages do. */
function inComponent<T>(setup: () => T): T {
  let result: T | undefined
  mount(
    defineComponent({
      setup() {
        result = setup()
        return () => null
      },
    }),
  )
  return result as T
}

describe('what the core knows, on screen', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    queryClient.clear()
  })

  it('asks again for what a change touched, and for nothing else', async () => {
    const core = useFakeCore({ 'roster.list': () => [], 'organizations.list': () => [], 'sessions.list': () => [] })
    inComponent(() => {
      useCoreQuery('roster.list', { order: 'strokes', include_left: false } as never)
      useCoreQuery('organizations.list', {})
      useCoreQuery('sessions.list', { year: 2025 })
    })
    await flushPromises()
    core.calls.length = 0
    await refreshAreas(['sessions'])
    await flushPromises()
    expect(core.calls.map((call) => call.name).sort()).toEqual(['roster.list', 'sessions.list'])
  })

  it('asks again for everything where it does not know the area', async () => {
    const core = useFakeCore({ 'organizations.list': () => [] })
    inComponent(() => useCoreQuery('organizations.list', {}))
    await flushPromises()
    core.calls.length = 0
    await refreshAreas(['an area of next year'])
    expect(core.calls.map((call) => call.name)).toEqual(['organizations.list'])
  })

  it('says what a change did and offers to take it back', async () => {
    const core = useFakeCore({
      'roster.delete': () => ({ value: {}, changed: ['roster'], undo: OPERATION as never }),
      'undo.undo': () => ({ value: { operation: OPERATION, rows: 1 }, changed: ['roster'], undo: null }),
    })
    const remove = inComponent(() => useMutate('roster.delete'))
    await remove.run({ id: 'm1' })
    const toasts = useToasts()
    expect(toasts.list[0]?.text).toBe('删除人员 赵一')
    expect(toasts.list[0]?.action?.label).toBe('撤销')
    await toasts.list[0]?.action?.run()
    expect(core.calls.at(-1)?.name).toBe('undo.undo')
    expect(toasts.list.at(-1)?.text).toBe('已撤销：删除人员 赵一')
  })

  it('leaves 撤销 to the latest operation only, announced or not, so that it takes back what it names', async () => {
    let made = 0
    useFakeCore({
      'roster.delete': () => ({ value: {}, changed: ['roster'], undo: { ...OPERATION, id: `o${++made}` } as never }),
      'undo.undo': () => ({ value: { operation: OPERATION, rows: 1 }, changed: ['roster'], undo: null }),
    })
    const [loud, quiet] = inComponent(() => [useMutate('roster.delete'), useMutate('roster.delete', { announce: false })])
    const labels = (): (string | undefined)[] => useToasts().list.map((toast) => toast.action?.label)
    await loud.run({ id: 'm1' })
    await loud.run({ id: 'm2' })
    expect(labels()).toEqual([undefined, '撤销'])
    await undo()
    expect(labels()).toEqual([undefined, undefined, '重做'])
    await quiet.run({ id: 'm3' })
    expect(labels()).toEqual([undefined, undefined, undefined])
  })

  it('keeps the error of a change for the field that it is about', async () => {
    useFakeCore({
      'roster.add': () => {
        throw { code: 'required', params: {}, field: 'name', trace: '' }
      },
    })
    const add = inComponent(() => useMutate('roster.add'))
    expect(await add.attempt({} as never)).toBeNull()
    expect(add.error.value).toMatchObject({ code: 'required', field: 'name' })
  })

  it('says so where there is nothing to undo or to do again', async () => {
    const refuse = (code: string) => (): never => {
      throw { code, params: {}, field: null, trace: '' }
    }
    useFakeCore({ 'undo.undo': refuse('nothing_to_undo'), 'undo.redo': refuse('nothing_to_undo') })
    await undo()
    await redo()
    expect(useToasts().list.map((toast) => toast.text)).toEqual(['没有可以撤销或重做的操作。', '没有可以撤销或重做的操作。'])
  })
})
