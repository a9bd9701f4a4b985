import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import { CoreError } from '@/bridge/errors'

/** A question that is asked again and again while something is typed. */
export interface Latest<Given, Answer> {
  /** The answer to the latest question that was answered. */
  answer: ShallowRef<Answer | null>
  /** What the answer is to. */
  asked: ShallowRef<Given | null>
  error: ShallowRef<CoreError | null>
  busy: Ref<boolean>
  /** Asks; while one question is under way the next waits, and only the last of them. */
  ask(given: Given): void
  /** Forgets what was asked and answered. */
  clear(): void
}

/** Asks one question at a time and leaves out those that a later one has overtaken. */
export function useLatest<Given, Answer>(put: (given: Given) => Promise<Answer>): Latest<Given, Answer> {
  const answer = shallowRef<Answer | null>(null)
  const asked = shallowRef<Given | null>(null)
  const error = shallowRef<CoreError | null>(null)
  const busy = ref(false)
  let waiting: { given: Given } | null = null
  let round = 0

  async function run(): Promise<void> {
    busy.value = true
    while (waiting) {
      const { given } = waiting as { given: Given }
      const mine = round
      waiting = null
      const result = await put(given).then(
        (value) => ({ value, problem: null }),
        (thrown: unknown) => ({ value: null, problem: CoreError.from(thrown) }),
      )
      if (mine !== round) continue
      asked.value = given
      error.value = result.problem
      if (result.value !== null) answer.value = result.value
    }
    busy.value = false
  }

  return {
    answer,
    asked,
    error,
    busy,
    ask: (given) => {
      waiting = { given }
      if (!busy.value) void run()
    },
    clear: () => {
      round += 1
      waiting = null
      answer.value = asked.value = error.value = null
    },
  }
}
