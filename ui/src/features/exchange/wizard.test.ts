import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'

import type { ErrorView, Heading, ImportKind, ImportPreview, ImportSource, Reading } from '@/bridge/generated'
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
/** What the core says of a sheet's heading, as a test sets it. */
let heading: (row: number | null) => Heading

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
  core = useFakeCore({ 'import.read': begin('import.read'), 'import.preview': begin('import.preview'), 'import.apply': begin('import.apply'), 'import.heading': ({ row }) => heading(row) })
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

  it('takes the columns of another sheet from the core, and keeps year, policy and answers', async () => {
    start('attendance')
    await atPreview()
    wizard.settle({ ...READING, year: 2024, policy: 'keep', answers: { 'symbol:○': 'late' } })
    heading = () => ({ row: 3, columns: [{ column: 1, field: 'name' }] })
    const move = wizard.move({ sheet: 1, row: null })
    expect(wizard.moving.value).toEqual({ sheet: 1, row: null })
    await move
    expect(core.calls.at(-1)).toEqual({ name: 'import.heading', request: { source: 's1', sheet: 1, row: null } })
    expect(wizard.reading.value).toEqual({ sheet: 1, heading_row: 3, columns: [{ column: 1, field: 'name' }], year: 2024, policy: 'keep', answers: { 'symbol:○': 'late' } })
    expect(wizard.moving.value).toBeNull()
  })

  it('has the proposal back on its own sheet and row, without asking', async () => {
    start('roster')
    await atPreview()
    wizard.settle({ ...READING, sheet: 1, heading_row: 3, columns: [{ column: 1, field: 'name' }] })
    await wizard.move({ sheet: 0, row: null })
    expect(wizard.reading.value).toEqual(READING)
    expect(core.calls.map((call) => call.name)).not.toContain('import.heading')
  })

  it('keeps to the latest of two choices', async () => {
    start('roster')
    await atPreview()
    heading = (row) => ({ row: row ?? 1, columns: [{ column: row ?? 0, field: 'name' }] })
    await Promise.all([wizard.move({ sheet: 0, row: 2 }), wizard.move({ sheet: 0, row: 4 })])
    expect(wizard.reading.value).toMatchObject({ heading_row: 4, columns: [{ column: 4, field: 'name' }] })
  })

  it('stays where the core finds no such row, and goes on from there only when told again', async () => {
    start('roster')
    await atPreview()
    await wizard.go('sheet')
    heading = () => {
      throw { code: 'heading_row_unknown', params: { row: 9, sheet: '人员' }, field: null, trace: '' }
    }
    const move = wizard.move({ sheet: 0, row: 9 })
    await wizard.go('columns')
    await move
    expect([wizard.step.value, wizard.error.value?.code, wizard.reading.value?.heading_row]).toEqual(['sheet', 'heading_row_unknown', 1])
    await wizard.go('columns')
    expect(wizard.step.value).toBe('columns')
  })
})
