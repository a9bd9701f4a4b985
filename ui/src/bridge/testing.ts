/**
 * A core for unit tests, typed by the same generated types: answers by
 * command name, a record of the calls, and jobs that the test moves on.
 */
import type { Commands, JobState } from './generated'
import { setTransport } from './transport'

type Answers = {
  [Name in keyof Commands]?: (request: Commands[Name]['request']) => Commands[Name]['kind'] extends 'mutate'
    ? { value: Commands[Name]['response']; changed: string[]; undo: null }
    : Commands[Name]['kind'] extends 'job'
      ? { job: string }
      : Commands[Name]['response']
}

/** The core that a test gave. */
export interface FakeCore {
  calls: { name: string; request: unknown }[]
  /** Reports a job's state as the core would. */
  tell(state: JobState): void
  /** What the page said about holding the window, in turn. */
  holds: boolean[]
  /** How often the page closed the window. */
  closed: true[]
  /** The window is to close while it is held. */
  close(): void
}

/** Puts a fake core behind the bridge. An answer that throws rejects the call. */
export function useFakeCore(answers: Answers): FakeCore {
  const calls: FakeCore['calls'] = []
  const listeners = new Set<(state: JobState) => void>()
  const [holds, closed, closing] = [[] as boolean[], [] as true[], new Set<() => void>()]
  setTransport({
    invoke: async (name, request) => {
      calls.push({ name, request })
      const answer = answers[name as keyof Commands] as ((request: unknown) => unknown) | undefined
      if (!answer) throw { code: 'bad_request', params: { name }, field: null, trace: '' }
      return answer(request)
    },
    pickOpen: async () => null,
    pickSave: async () => null,
    typedPath: async (path) => ({ token: path, name: path }),
    launchRequest: async () => ({ sample: false, book: null }),
    onJob: async (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onOpenRequested: async () => () => {},
    holdWindow: async (held) => void holds.push(held),
    printPage: async () => {},
    closeWindow: async () => void closed.push(true),
    onCloseRequested: async (listener) => {
      closing.add(listener)
      return () => closing.delete(listener)
    },
  })
  return { calls, holds, closed, tell: (state) => listeners.forEach((listener) => listener(state)), close: () => closing.forEach((listener) => listener()) }
}
