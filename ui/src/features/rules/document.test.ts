import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'

import type { EditRules, Inspection } from '@/bridge/generated'
import { useFakeCore } from '@/bridge/testing'

import { provideRuleDocument, type RuleDocument } from './document'

/** A file of one line `name = "…"`; what has no quotes cannot be read. */
function inspect(text: string): Inspection {
  const name = /^name = "(.*)"$/m.exec(text)?.[1]
  const readable = name !== undefined
  return {
    findings: readable ? [] : [{ code: 'syntax', severity: 'error', line: 1, column: 1, rule_set: null, text: '写法不对' }],
    errors: readable ? 0 : 1,
    warnings: 0,
    outline: readable ? [{ name: '', list: false, entries: [{ path: '', line: 1, id: null, fields: [{ name: 'name', line: 1, value: name, keys: [], raw: `"${name}"` }], tables: [] }] }] : [],
    names: null,
  }
}

function edit({ text, edits }: EditRules): { text: string; inspection: Inspection } {
  const [first] = edits
  const changed = first?.kind === 'set' ? text.replace(/name = "[^"]*"/, `name = "${String(first.value)}"`) : text
  return { text: changed, inspection: inspect(changed) }
}

function open(text: string, locked = false): RuleDocument {
  let document: RuleDocument | undefined
  mount(
    defineComponent({
      setup() {
        document = provideRuleDocument(() => locked)
        return () => h('div')
      },
    }),
  )
  document?.load(text)
  return document as RuleDocument
}

const setName = (value: string) => [{ kind: 'set' as const, path: '', field: 'name', value }]

describe('a rule file in the editor', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  const settle = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(200)
    await flushPromises()
  }

  it('shows what is typed at once and reads it after', async () => {
    useFakeCore({ 'rules.inspect': ({ text }) => inspect(text) })
    const document = open('name = "甲"')
    await settle()
    document.type('name = "乙"')
    expect([document.text.value, document.changed.value, document.reading.value]).toEqual(['name = "乙"', true, true])
    await settle()
    expect([document.reading.value, document.outline.value[0]?.entries[0]?.fields[0]?.value]).toEqual([false, '乙'])
  })

  it('reads once for many keystrokes', async () => {
    const core = useFakeCore({ 'rules.inspect': ({ text }) => inspect(text) })
    const document = open('name = "甲"')
    await settle()
    for (const text of ['name = "乙"', 'name = "乙丙"', 'name = "乙丙丁"']) document.type(text)
    await settle()
    expect(core.calls.length).toBe(2)
  })

  it('keeps the forms of the last readable text, and lets them change nothing', async () => {
    useFakeCore({ 'rules.inspect': ({ text }) => inspect(text), 'rules.edit': edit })
    const document = open('name = "甲"')
    await settle()
    document.type('name = 甲')
    await settle()
    expect([document.readable.value, document.locked.value, document.outline.value.length, document.findings.value.length]).toEqual([false, true, 1, 1])
  })

  it('does not lose what is typed while a form’s change is on its way', async () => {
    let answer: (() => void) | undefined
    const core = useFakeCore({
      'rules.inspect': ({ text }) => inspect(text),
      'rules.edit': (request) => (answer ? edit(request) : (new Promise((resolve) => (answer = () => resolve(edit(request)))) as never)),
    })
    const document = open('# 一\nname = "甲"')
    await settle()
    const applied = document.apply(setName('乙'))
    await settle()
    document.type('# 一二\nname = "甲"')
    answer?.()
    await settle()
    expect(await applied).toBe(true)
    expect(document.text.value).toBe('# 一二\nname = "乙"')
    expect(core.calls.filter((call) => call.name === 'rules.edit')).toHaveLength(2)
  })

  it('goes back and forth over typing and forms alike', async () => {
    useFakeCore({ 'rules.inspect': ({ text }) => inspect(text), 'rules.edit': edit })
    const document = open('name = "甲"')
    await settle()
    document.type('# 注\nname = "甲"')
    await document.apply(setName('乙'))
    document.undo()
    expect(document.text.value).toBe('# 注\nname = "甲"')
    document.undo()
    expect([document.text.value, document.changed.value, document.canUndo.value]).toEqual(['name = "甲"', false, false])
    document.redo()
    document.redo()
    expect([document.text.value, document.canRedo.value]).toEqual(['# 注\nname = "乙"', false])
  })

  it('changes nothing in a file that is only shown', async () => {
    const core = useFakeCore({ 'rules.inspect': ({ text }) => inspect(text), 'rules.edit': edit })
    const document = open('name = "甲"', true)
    await settle()
    document.type('name = "乙"')
    expect(await document.apply(setName('乙'))).toBe(false)
    expect(document.text.value).toBe('name = "甲"')
    expect(core.calls.some((call) => call.name === 'rules.edit')).toBe(false)
  })
})
