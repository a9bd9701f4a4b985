/**
 * Long work. In a page:
 *
 *     const summary = useJob('reports.summary')
 *     const written = await summary.run({ year, file: token.token })
 *     <UiProgress v-if="summary.running.value" :job="summary" label="正在写出年度汇总表" />
 *
 * `run` gives null where the user cancelled and throws a `CoreError` where the
 * job failed.
 */
import { computed, ref, type ComputedRef, type Ref } from 'vue'

import { useToasts } from '@/stores/toasts'

import { host, startJob, type CommandsOf, type RequestOf, type ResponseOf } from './core'
import { CoreError } from './errors'
import type { JobState } from './generated'
import { refreshAll } from './queries'
import { orWithReason } from './supplement'
import { transport } from './transport'

/** How far a job is. `total` is 0 while not known. */
export interface JobProgress {
  done: number
  total: number
}

/** A started job. */
export interface RunningJob<T> {
  /** Its key. */
  key: string
  /** Ends with the command's response, or with a `CoreError`. */
  result: Promise<T>
  /** Asks it to stop; `result` then fails with code `cancelled`. */
  cancel(): Promise<void>
}

/** Starts a job and follows it to its end. */
export async function runJob<Name extends CommandsOf<'job'>>(
  name: Name,
  request: RequestOf<Name>,
  onProgress: (progress: JobProgress) => void = () => {},
): Promise<RunningJob<ResponseOf<Name>>> {
  const states = new Map<string, JobState>()
  let key: string | undefined
  let follow: (state: JobState) => void = () => {}
  // Listening starts before the job does: a short job may end before the
  // answer with its key arrives.
  const unlisten = await (await transport()).onJob((state) => {
    if (key === undefined) states.set(state.job, state)
    else if (state.job === key) follow(state)
  })
  try {
    key = (await startJob(name, request)).job
  } catch (thrown) {
    unlisten()
    throw thrown
  }
  const job = key
  const result = new Promise<ResponseOf<Name>>((resolve, reject) => {
    follow = (state) => {
      if (state.phase === 'running') return onProgress({ done: state.done, total: state.total })
      unlisten()
      if (state.phase === 'done') resolve(state.value as ResponseOf<Name>)
      else reject(new CoreError(state.error ?? { code: 'internal' }))
    }
    const early = states.get(job)
    if (early) follow(early)
  })
  return {
    key: job,
    result,
    cancel: async () => {
      await host('job.cancel', { job })
    },
  }
}

/** A job as a page shows it. */
export interface JobHandle<Request, Response> {
  running: Ref<boolean>
  progress: Ref<JobProgress>
  /** Done in per cent; null while the total is not known. */
  percent: ComputedRef<number | null>
  /** Runs it; null where it was cancelled. */
  run(request: Request): Promise<Response | null>
  cancel(): Promise<void>
}

/** A job that a page starts, shows and cancels. */
export function useJob<Name extends CommandsOf<'job'>>(name: Name): JobHandle<RequestOf<Name>, ResponseOf<Name>> {
  const running = ref(false)
  const progress = ref<JobProgress>({ done: 0, total: 0 })
  const percent = computed(() => (progress.value.total > 0 ? Math.round((progress.value.done / progress.value.total) * 100) : null))
  let current: RunningJob<ResponseOf<Name>> | undefined

  async function run(request: RequestOf<Name>): Promise<ResponseOf<Name> | null> {
    running.value = true
    // Only this one writes, and it touches every area.
    const writes = name === 'import.apply'
    if (writes) useToasts().lapse()
    progress.value = { done: 0, total: 0 }
    try {
      return await orWithReason(async (reasoned) => {
        current = await runJob(name, { ...request, ...reasoned }, (state) => (progress.value = state))
        return current.result
      })
    } catch (thrown) {
      const error = CoreError.from(thrown)
      if (error.code === 'cancelled') return null
      throw error
    } finally {
      running.value = false
      current = undefined
      if (writes) await refreshAll()
    }
  }

  return { running, progress, percent, run, cancel: async () => current?.cancel() }
}
