import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What is asked: which months are closed, and how many sessions would change. */
export interface SupplementQuestion {
  months: string
  sessions: number
}

/**
 * Why a closed month is changed. A change that the core refuses because its
 * month is closed asks here, and is made again with the reason:
 *
 *     const reason = await useSupplement().ask(error.params)   // null: leave it
 *
 * Changes that are refused while the question stands wait for the same answer.
 */
export const useSupplement = defineStore('supplement', () => {
  const question = ref<SupplementQuestion | null>(null)
  /** The reason given last: changes come in rows, for the same reason. */
  const last = ref('')
  let answer: Promise<string | null> | null = null
  let resolve: (reason: string | null) => void = () => {}

  function ask(params: Record<string, string | number>): Promise<string | null> {
    if (answer) return answer
    question.value = { months: String(params.months ?? ''), sessions: Number(params.sessions ?? 0) }
    answer = new Promise((settle) => (resolve = settle))
    return answer
  }

  /** Ends the question; null leaves the month as it is. */
  function settle(reason: string | null): void {
    if (reason !== null) last.value = reason
    question.value = null
    answer = null
    resolve(reason)
  }

  return { question, last, ask, settle }
})
