import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'

import type { ErrorView, ImportKind, ImportPreview, ImportSource, Reading } from '@/bridge/generated'
import { useFakeCore, type FakeCore } from '@/bridge/testing'

import { useWizard, type Wizard } from './wizard'

vi.mock('@/bridge/files', () => ({ chooseFile: async () => ({ token: 't1', name: '考勤.csv' }) }))

const READING: Reading = { sheet: 0, heading_row: 1, columns: [], year: null, policy: 'update', answers: {} }
const SOURCE: ImportSource = { source: 's1', file_name: '考勤.csv', encoding: 'GB18030', sheets: [], reading: READING, remembered: false, fields: [] }
const COUNTS = { add: 3, change: 0, keep: 0, refuse: 0, ask: 1 }
const PREVIEW: ImportPreview = { plan: 'p1', counts: COUNTS, rows: [], questions: [], symbols: [], columns: [] }

interface Started {
  job: string
  request: unknown
}

let core: FakeCore
let jobs: Record<'import.read' | 'import.preview' | 'import.apply', Started[]>
let wizard: Wizard

/** Ends the latest job of a command. */
async function end(command: keyof typeof jobs, outcome: { value: unknown } | { error: Pick<ErrorView, 'code'> & Partial<ErrorView> }): Promise<void> {
  const job = jobs[command].at(-1)?.job ?? ''
  const error = 'error' in outcome ? { params: {}, field: null, trace: '', ...outcome.error } : null
  core.tell({ job, command, phase: error ? 'failed' : 'done', done: 1, total: 1, value: 'value' in outcome ? outcome.value : null, error })
  await flushPromises()
}

function start(kind: ImportKind): void {
  jobs = { 'import.read': [], 'import.preview': [], 'import.apply': [] }
  const begin = (command: keyof typeof jobs) => (request: unknown) => {
    const job = `${command}-${jobs[command].length}`
    jobs[command].push({ job, request })
    return { job }
  }
  core = useFakeCore({ 'import.read': begin('import.read'), 'import.preview': begin('import.preview'), 'import.apply': begin('import.apply') })
  mount(defineComponent({ setup: () => ((wizard = useWizard(kind, () => 2025)), () => h('div')) }))
}

async function atPreview(): Promise<void> {
  void wizard.choose()
  await flushPromises()
  await end('import.read', { value: SOURCE })
  void wizard.go('preview')
  await flushPromises()
}

describe('the wizard', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('proposes the year of the screen for a matrix only', async () => {
    start('attendance')
    await atPreview()
    expect(jobs['import.preview'][0]?.request).toMatchObject({ source: 's1', reading: { year: 2025 } })
    start('roster')
    await atPreview()
    expect(jobs['import.preview'][0]?.request).toMatchObject({ reading: { year: null } })
  })

  it('goes back to the columns where one is missing', async () => {
    start('roster')
    await atPreview()
    await end('import.preview', { error: { code: 'columns_missing', params: { fields: '姓名' } } })
    expect([wizard.step.value, wizard.error.value?.code, wizard.error.value?.params.fields]).toEqual(['columns', 'columns_missing', '姓名'])
  })

  it('asks anew for answers given meanwhile, and imports no preview that is older', async () => {
    start('roster')
    await atPreview()
    wizard.answer('row:7:identity', 'm1')
    await flushPromises()
    expect(jobs['import.preview']).toHaveLength(1)
    await end('import.preview', { value: PREVIEW })
    expect(wizard.stale.value).toBe(true)
    expect(await wizard.apply(true)).toBe(false)
    expect(jobs['import.preview'][1]?.request).toMatchObject({ reading: { answers: { 'row:7:identity': 'm1' } } })
    await end('import.preview', { value: { ...PREVIEW, plan: 'p2' } })
    expect(wizard.stale.value).toBe(false)
    void wizard.apply(true)
    await flushPromises()
    expect(jobs['import.apply'].map((each) => each.request)).toEqual([{ plan: 'p2', skip_problems: true }])
  })

  it('keeps the answers when one goes back and forth, and then asks for nothing anew', async () => {
    start('roster')
    await atPreview()
    await end('import.preview', { value: PREVIEW })
    await wizard.go('columns')
    await wizard.go('preview')
    expect(jobs['import.preview']).toHaveLength(1)
    expect(wizard.preview.value?.plan).toBe('p1')
  })

  it('shows what would happen now where the book changed after the preview', async () => {
    start('roster')
    await atPreview()
    await end('import.preview', { value: PREVIEW })
    const applied = wizard.apply(false)
    await flushPromises()
    await end('import.apply', { error: { code: 'plan_stale' } })
    await end('import.preview', { value: { ...PREVIEW, plan: 'p2' } })
    expect(await applied).toBe(false)
    expect([wizard.step.value, wizard.preview.value?.plan, wizard.error.value?.code]).toEqual(['preview', 'p2', 'plan_stale'])
  })

  it('stays at the preview where the import was cancelled', async () => {
    start('roster')
    await atPreview()
    await end('import.preview', { value: PREVIEW })
    const applied = wizard.apply(false)
    await flushPromises()
    await end('import.apply', { error: { code: 'cancelled' } })
    expect(await applied).toBe(false)
    expect([wizard.step.value, wizard.error.value]).toEqual(['preview', null])
  })
})
