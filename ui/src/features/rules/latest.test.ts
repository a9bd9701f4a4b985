import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import { useLatest } from './latest'

describe('a question asked again and again', () => {
  it('is put one at a time, and what was overtaken is left out', async () => {
    const put: { given: string; answer: (value: string) => void }[] = []
    const latest = useLatest((given: string) => new Promise<string>((answer) => put.push({ given, answer })))
    latest.ask('a')
    latest.ask('b')
    latest.ask('c')
    expect(put.map((each) => each.given)).toEqual(['a'])
    put[0]?.answer('A')
    await flushPromises()
    expect([latest.answer.value, latest.asked.value]).toEqual(['A', 'a'])
    expect(put.map((each) => each.given)).toEqual(['a', 'c'])
    put[1]?.answer('C')
    await flushPromises()
    expect([latest.answer.value, latest.busy.value]).toEqual(['C', false])
  })

  it('forgets an answer that comes after it was cleared', async () => {
    let answer: (value: string) => void = () => {}
    const latest = useLatest(() => new Promise<string>((resolve) => (answer = resolve)))
    latest.ask('a')
    latest.clear()
    answer('A')
    await flushPromises()
    expect(latest.answer.value).toBeNull()
  })

  it('keeps the last answer beside an error', async () => {
    let fails = false
    const latest = useLatest(async (given: string) => {
      if (fails) throw { code: 'internal', params: {}, field: null, trace: '' }
      return given
    })
    latest.ask('a')
    await flushPromises()
    fails = true
    latest.ask('b')
    await flushPromises()
    expect([latest.answer.value, latest.error.value?.code]).toEqual(['a', 'internal'])
  })
})
