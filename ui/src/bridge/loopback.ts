import type { JobStarted, JobState } from './generated'
import type { Transport } from './transport'

/**
 * Calls over the loopback bridge of the browser tests and of `npm run dev`;
 * never part of the shipped build. One address, `POST /bridge/invoke` with
 * `{ command, args }` as the shell's commands take them; status 200 carries
 * the answer, any other an `ErrorView`. There is no channel for events: a job
 * is asked where it stands until it has ended.
 */
export function loopbackTransport(): Transport {
  const listeners = new Set<(state: JobState) => void>()

  async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch('/bridge/invoke', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ command, args }),
    })
    const body: unknown = await response.json()
    if (!response.ok) throw body
    return body as T
  }

  async function watch(job: string): Promise<void> {
    for (;;) {
      const state = await call<JobState>('invoke_core', { name: 'job.state', request: { job } })
      for (const listener of listeners) listener(state)
      if (state.phase !== 'running') return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  return {
    async invoke(name, request) {
      const answer = await call<unknown>('invoke_core', { name, request })
      if (isJobStarted(answer)) void watch(answer.job)
      return answer
    },
    pickOpen: (purpose) => call('pick_open', { purpose }),
    pickSave: (purpose, suggestedName) => call('pick_save', { purpose, suggestedName }),
    typedPath: (path, purpose, newFile) => call('typed_path', { path, purpose, newFile }),
    launchRequest: () => call('launch_request'),
    onJob: async (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onOpenRequested: async () => () => {},
    // A browser has a question of its own.
    holdWindow: async (held) => {
      window.removeEventListener('beforeunload', ask)
      if (held) window.addEventListener('beforeunload', ask)
    },
    printPage: async () => window.print(),
    closeWindow: async () => window.close(),
    onCloseRequested: async () => () => {},
  }
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function isJobStarted(answer: unknown): answer is JobStarted {
  return typeof answer === 'object' && answer !== null && 'job' in answer && !('phase' in answer)
}
