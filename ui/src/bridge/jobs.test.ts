import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'

import { CoreError } from './errors'
import type { JobState } from './generated'
import { runJob, useJob } from './jobs'
import { useFakeCore } from './testing'

const RUNNING: JobState = { job: 'j1', command: 'reports.summary', phase: 'running', done: 0, total: 0, value: null, error: null }
const WRITTEN = { file_name: '汇总.xlsx', members: 3, sessions: 2, entries: 5 }

describe('a job', () => {
  it('reports its progress, passes others by, and ends with its value', async () => {
    const core = useFakeCore({ 'reports.summary': () => ({ job: 'j1' }) })
    const progress = vi.fn()
    const job = await runJob('reports.summary', { year: 2025, file: 't' }, progress)
    core.tell({ ...RUNNING, done: 1, total: 4 })
    core.tell({ ...RUNNING, job: 'another', done: 3, total: 4 })
    core.tell({ ...RUNNING, phase: 'done', value: WRITTEN })
    expect(await job.result).toEqual(WRITTEN)
    expect(progress.mock.calls).toEqual([[{ done: 1, total: 4 }]])
  })

  it('that ends before its key is known still ends', async () => {
    const core = useFakeCore({
      'reports.summary': () => {
        core.tell({ ...RUNNING, phase: 'done', value: WRITTEN })
        return { job: 'j1' }
      },
    })
    const job = await runJob('reports.summary', { year: 2025, file: 't' })
    expect(await job.result).toEqual(WRITTEN)
  })

  it('that fails throws the error of the core', async () => {
    const core = useFakeCore({ 'reports.summary': () => ({ job: 'j1' }) })
    const job = await runJob('reports.summary', { year: 2025, file: 't' })
    core.tell({ ...RUNNING, phase: 'failed', error: { code: 'disk_full', params: {}, field: null, trace: 'ab' } })
    await expect(job.result).rejects.toMatchObject({ code: 'disk_full', trace: 'ab' })
    await expect(job.result).rejects.toBeInstanceOf(CoreError)
  })

  it('asks the core to stop, and gives a page null then', async () => {
    const core = useFakeCore({ 'reports.summary': () => ({ job: 'j1' }), 'job.cancel': () => ({}) })
    const job = useJob('reports.summary')
    const ended = job.run({ year: 2025, file: 't' })
    await flushPromises()
    core.tell({ ...RUNNING, done: 1, total: 2 })
    expect([job.running.value, job.percent.value]).toEqual([true, 50])
    await job.cancel()
    expect(core.calls.at(-1)).toEqual({ name: 'job.cancel', request: { job: 'j1' } })
    core.tell({ ...RUNNING, phase: 'failed', error: { code: 'cancelled', params: {}, field: null, trace: '' } })
    expect(await ended).toBeNull()
    expect(job.running.value).toBe(false)
  })
})
