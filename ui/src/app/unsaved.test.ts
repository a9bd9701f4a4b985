import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'

import { useFakeCore } from '@/bridge/testing'

import { useClosingQuestion, useUnsaved } from './unsaved'

describe('what is not saved', () => {
  it('holds the window, asks when it is to close, and lets it go when it is saved or left', async () => {
    const core = useFakeCore({})
    const frame = effectScope()
    const page = effectScope()
    const changed = ref(false)
    const question = frame.run(useClosingQuestion)
    await flushPromises()
    page.run(() => useUnsaved(() => changed.value, () => '规则没有保存。'))
    expect(core.holds).toEqual([])

    changed.value = true
    await flushPromises()
    expect(core.holds).toEqual([true])
    core.close()
    await flushPromises()
    // It held for that once, and does again.
    expect([core.holds, question?.asking.value, question?.text.value]).toEqual([[true, true], true, '规则没有保存。'])
    await question?.close()
    expect(core.closed).toEqual([true])

    page.stop()
    await nextTick()
    await flushPromises()
    expect([core.holds.at(-1), question?.asking.value]).toEqual([false, false])
    frame.stop()
  })
})
