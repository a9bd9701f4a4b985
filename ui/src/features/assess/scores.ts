/**
 * Points given by hand, written one after another in the order of the keys.
 * What was typed shows at once as being saved, until the year that the core
 * computed with it is here. Never throws: a refusal is said in a toast.
 */
import { onScopeDispose, shallowReactive, watch, type Ref } from 'vue'

import type { AssessRow, AssessYear } from '@/bridge/generated'
import { refreshAreas, useMutate } from '@/bridge/queries'
import { useToasts } from '@/stores/toasts'

import { scoreOf, type Column } from './grid'

/** A year is computed anew after a pause of this length, not for each of the scores typed in a row. Milliseconds. */
const COMPUTE_AFTER = 300

/** Points on their way to the disk; blank: taken back. */
interface Wish {
  value: string
  /** On the disk: only the year computed with it is awaited. */
  done: boolean
}

/** How a year is scored. */
export interface Scores {
  /** What a cell is to become; undefined where nothing is on its way. */
  wished(row: AssessRow, column: Column): string | undefined
  /** Whether that is not on the disk yet. */
  saving(row: AssessRow, column: Column): boolean
  /** Gives points; true once they are on the disk. */
  give(row: AssessRow, column: Column, value: string, reason?: string | null): Promise<boolean>
  /** Takes points back. */
  takeBack(row: AssessRow, column: Column): Promise<boolean>
}

/** A person, or the unit that is judged. */
function whose(row: AssessRow): { member: string } | { organization: string } {
  return row.organization === null ? { member: row.member.id } : { organization: row.organization }
}

const keyOf = (row: AssessRow, column: Column): string => `${row.member.id} ${column.key}`

/** The scores of the year on screen. */
export function useScores(data: Readonly<Ref<AssessYear | undefined>>): Scores {
  const score = useMutate('assess.score', { announce: false, refresh: false })
  const removal = useMutate('assess.remove_score', { announce: false, refresh: false })
  const toasts = useToasts()
  const wishes = shallowReactive(new Map<string, Wish>())

  let writing = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function compute(): void {
    clearTimeout(timer)
    if (writing === 0) timer = setTimeout(ask, COMPUTE_AFTER)
  }

  function ask(): void {
    clearTimeout(timer)
    timer = undefined
    void refreshAreas(['assessment'])
  }

  // Leaving the page before the pause is over: what is known is stale all the same.
  onScopeDispose(() => timer !== undefined && ask())

  watch(data, () => {
    for (const [key, wish] of wishes) if (wish.done) wishes.delete(key)
  })

  async function write(row: AssessRow, column: Column, value: string, run: () => Promise<unknown>): Promise<boolean> {
    const key = keyOf(row, column)
    const wish: Wish = { value, done: false }
    wishes.set(key, wish)
    writing += 1
    clearTimeout(timer)
    try {
      await run()
      if (wishes.get(key) === wish) wishes.set(key, { value, done: true })
      return true
    } catch (thrown) {
      if (wishes.get(key) === wish) wishes.delete(key)
      toasts.showError(thrown)
      return false
    } finally {
      writing -= 1
      compute()
    }
  }

  return {
    wished: (row, column) => wishes.get(keyOf(row, column))?.value,
    saving: (row, column) => wishes.get(keyOf(row, column))?.done === false,
    give: (row, column, value, reason) => {
      const { year, set } = data.value ?? {}
      if (year === undefined || !set || column.scorer === null) return Promise.resolve(false)
      const scorer = column.scorer
      // Points that are changed keep their reason, unless another is given.
      const kept = reason === undefined ? (scoreOf(row, column)?.reason ?? null) : reason
      return write(row, column, value, () => score.run({ rule_set: set.key, year, ...whose(row), indicator: column.indicator.id, scorer, value, reason: kept }))
    },
    takeBack: (row, column) => {
      const given = scoreOf(row, column)
      return given ? write(row, column, '', () => removal.run({ id: given.id })) : Promise.resolve(false)
    },
  }
}
