import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'

import type { AppState } from '@/bridge/generated'
import { queryClient } from '@/bridge/queries'
import { useFakeCore, type FakeCore } from '@/bridge/testing'
import { transport } from '@/bridge/transport'

import { suggestedName, usePaper, type PaperHandle } from './paper'

const STATE: AppState = { book: null, problem: null, recent: [], today: '2025-12-31', version: '0.1.0', appearance: { theme: 'light', text_percent: 100 } }
const RUNNING = { job: 'j1', command: 'reports.summary', phase: 'running', done: 0, total: 3, value: null, error: null } as const

async function summary(pick: boolean): Promise<{ paper: PaperHandle; core: FakeCore }> {
  const core = useFakeCore({ 'app.state': () => STATE, 'reports.summary': () => ({ job: 'j1' }) })
  const given = await transport()
  given.pickSave = async (_, name) => (pick ? { token: 'f1', name } : null)
  let paper: PaperHandle | undefined
  mount(defineComponent({ setup: () => ((paper = usePaper('summary')), () => h('i')) }), { global: { plugins: [createPinia()] } })
  await flushPromises()
  if (!paper) throw new Error('not mounted')
  return { paper, core }
}

describe('a paper', () => {
  beforeEach(() => queryClient.clear())

  it('is named by year and book, without what a file name cannot hold', () => {
    expect(suggestedName('summary', 2025, '机关第三党支部')).toBe('2025年度学习情况汇总表-机关第三党支部.xlsx')
    expect(suggestedName('ledger', 2024, ' 一/二:三 ')).toBe('2024年度考勤台账-一 二 三.csv')
  })

  it('says what was written', async () => {
    const { paper, core } = await summary(true)
    const writing = paper.write(2025)
    await flushPromises()
    expect(core.calls).toContainEqual({ name: 'reports.summary', request: { year: 2025, file: 'f1' } })
    expect(paper.job.running.value).toBe(true)
    core.tell({ ...RUNNING, phase: 'done', value: { file_name: '汇总.xlsx', members: 46, sessions: 22, entries: 999 } })
    expect(await writing).toBe('已写出“汇总.xlsx”：46 人，22 次活动，999 条学分明细')
  })

  it('starts nothing where no place was chosen', async () => {
    const { paper, core } = await summary(false)
    expect(await paper.write(2025)).toBeNull()
    expect(core.calls.some((call) => call.name === 'reports.summary')).toBe(false)
  })

  it('keeps the error of a full disk, and forgets it with the next try', async () => {
    const { paper, core } = await summary(true)
    const writing = paper.write(2025)
    await flushPromises()
    core.tell({ ...RUNNING, phase: 'failed', error: { code: 'disk_full', params: {}, field: null, trace: '' } })
    expect(await writing).toBeNull()
    expect(paper.error.value?.code).toBe('disk_full')
    void paper.write(2025)
    await flushPromises()
    expect(paper.error.value).toBeNull()
  })

  it('says that nothing was written where the user cancelled', async () => {
    const { paper, core } = await summary(true)
    const writing = paper.write(2025)
    await flushPromises()
    core.tell({ ...RUNNING, phase: 'failed', error: { code: 'cancelled', params: {}, field: null, trace: '' } })
    expect(await writing).toContain('已取消，没有写出')
  })
})
