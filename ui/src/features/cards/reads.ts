/** Cards read one after another at one roll: each is marked, or asked about, before the next. */
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

import { CoreError } from '@/bridge/errors'
import type { CardRead } from '@/bridge/generated'
import { useMutate } from '@/bridge/queries'

import { localMoment } from './scanner'

/** What the last card gave. */
export type Shown = { kind: 'read'; read: CardRead } | { kind: 'refused'; error: CoreError }

export interface Reads {
  shown: Ref<Shown | null>
  /** The card that waits for an answer. */
  asked: Ref<CardRead | null>
  /** How many cards wait behind it. */
  waiting: ComputedRef<number>
  /** A card's text came. */
  take(text: string, at?: Date): void
  /** Answers; null leaves the mark as it is. */
  answer(status: 'present' | 'late' | null): void
}

/** The cards of a session's roll. */
export function useReads(session: string): Reads {
  const marking = useMutate('attendance.card', { announce: false })
  const shown = shallowRef<Shown | null>(null)
  const asked = shallowRef<CardRead | null>(null)
  const queue = ref<{ text: string; at: string }[]>([])
  let running = false
  let settle: ((status: 'present' | 'late' | null) => void) | null = null

  async function one({ text, at }: { text: string; at: string }): Promise<void> {
    try {
      const read = await marking.run({ session, text, at })
      if (read.outcome === 'marked' || read.outcome === 'already') {
        shown.value = { kind: 'read', read }
        return
      }
      asked.value = read
      const status = await new Promise<'present' | 'late' | null>((resolve) => (settle = resolve))
      asked.value = null
      if (status !== null) shown.value = { kind: 'read', read: await marking.run({ session, text, at, answer: status }) }
    } catch (thrown) {
      shown.value = { kind: 'refused', error: CoreError.from(thrown) }
    }
  }

  async function run(): Promise<void> {
    if (running) return
    running = true
    for (let next = queue.value.shift(); next; next = queue.value.shift()) await one(next)
    running = false
  }

  return {
    shown,
    asked,
    waiting: computed(() => queue.value.length),
    take: (text, at = new Date()) => {
      queue.value.push({ text, at: localMoment(at) })
      void run()
    },
    answer: (status) => {
      settle?.(status)
      settle = null
    },
  }
}
