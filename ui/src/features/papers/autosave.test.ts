import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'

import { CoreError } from '@/bridge/errors'

import { LONGEST_MS, PAUSE_MS, useAutosave, type Autosave, type Saving } from './autosave'

const stored = ref('')
let saves: Saving[] = []
let refuse: string | null = null
let scope: EffectScope
let text: Autosave

beforeEach(() => {
  vi.useFakeTimers()
  stored.value = '旧的'
  saves = []
  refuse = null
  scope = effectScope()
  text = scope.run(() =>
    useAutosave(
      () => stored.value,
      async (saving) => {
        if (refuse) throw new CoreError({ code: refuse })
        saves.push(saving)
        stored.value = saving.value.trimEnd()
        return stored.value
      },
      () => '',
    ),
  )!
})

afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

async function type(value: string): Promise<void> {
  text.text.value = value
  await nextTick()
}

describe('a text that saves itself', () => {
  it('waits for a pause, and saves once', async () => {
    await type('新')
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1)
    await type('新的')
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1)
    expect(saves).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(saves.map((saving) => [saving.value, saving.base])).toEqual([['新的', '旧的']])
    expect(text.dirty.value).toBe(false)
  })

  it('does not wait for ever while the typing goes on', async () => {
    for (let at = 0; at < 12; at += 1) {
      await type(`第${at}次`)
      await vi.advanceTimersByTimeAsync(LONGEST_MS / 10)
    }
    expect(saves.length).toBeGreaterThanOrEqual(1)
    expect(saves.length).toBeLessThanOrEqual(2)
  })

  it('names one stretch of typing until the next focus', async () => {
    await type('一')
    await text.flush()
    await type('一二')
    await text.flush()
    text.begin()
    await type('一二三')
    await text.flush()
    expect(saves[0]!.edit).toBe(saves[1]!.edit)
    expect(saves[2]!.edit).not.toBe(saves[1]!.edit)
    expect(saves[2]!.base).toBe('一二')
  })

  it('leaves alone what is being typed when the book changes', async () => {
    await type('我写的')
    stored.value = '别处改的'
    await nextTick()
    expect(text.text.value).toBe('我写的')
  })

  it('takes over what the book says where nothing was typed', async () => {
    stored.value = '撤销以后'
    await nextTick()
    expect(text.text.value).toBe('撤销以后')
    await vi.advanceTimersByTimeAsync(LONGEST_MS)
    expect(saves).toHaveLength(0)
  })

  it('keeps what was typed where the book refuses it, until it is answered', async () => {
    refuse = 'record_changed'
    await type('我写的')
    await text.flush()
    expect(text.error.value?.code).toBe('record_changed')
    expect(text.text.value).toBe('我写的')
    expect(text.dirty.value).toBe(true)
    refuse = null
    stored.value = '别处改的'
    await text.keep()
    expect(saves.map((saving) => [saving.value, saving.base])).toEqual([['我写的', '别处改的']])
  })

  it('can be given up for what the book says', async () => {
    refuse = 'record_changed'
    await type('我写的')
    await text.flush()
    text.discard()
    await nextTick()
    expect(text.text.value).toBe('旧的')
    expect(text.error.value).toBeNull()
    expect(text.dirty.value).toBe(false)
  })

  it('saves what is left when the page goes', async () => {
    await type('最后一句')
    scope.stop()
    await vi.advanceTimersByTimeAsync(0)
    expect(saves.map((saving) => saving.value)).toEqual(['最后一句'])
  })
})
