/**
 * Points given by hand, written one after another in the order of the keys.
 * What was typed shows at once as being saved, until the year that the core
 * computed with it is here. Never throws: a refusal is said in a toast.
 */
import { onScopeDispose, shallowReactive, watch, type Ref } from 'vue'

import type { AssessRow, AssessYear, ScoreView, SetScore } from '@/bridge/generated'
import { refreshAreas, useMutate } from '@/bridge/queries'
import { useToasts } from '@/stores/toasts'

import { scoreOf, type Column, type Fill } from './grid'

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
  /** Gives many at once, as one step; all of them or none. */
  giveAll(fills: readonly Fill[]): Promise<boolean>
  /** Takes back what was typed into a cell. */
  takeBack(row: AssessRow, column: Column): Promise<boolean>
  /** Gives points by the name of one of several who score in this capacity. */
  rate(row: AssessRow, column: Column, rater: string, value: string, reason: string | null): Promise<boolean>
  /** Takes back what one of several gave. */
  takeBackOf(score: ScoreView): Promise<boolean>
}

/** A person, or the unit that is judged. */
function whose(row: AssessRow): { member: string } | { organization: string } {
  return row.organization === null ? { member: row.member.id } : { organization: row.organization }
}

const keyOf = (row: AssessRow, column: Column): string => `${row.member.id} ${column.key}`

/** The scores of the year on screen. */
export function useScores(data: Readonly<Ref<AssessYear | undefined>>): Scores {
  const score = useMutate('assess.score', { announce: false, refresh: false })
  const many = useMutate('assess.scores', { refresh: false })
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

  /** Writes; the year is computed once nothing more is on its way. */
  async function run(change: () => Promise<unknown>): Promise<boolean> {
    writing += 1
    clearTimeout(timer)
    try {
      await change()
      return true
    } catch (thrown) {
      toasts.showError(thrown)
      return false
    } finally {
      writing -= 1
      compute()
    }
  }

  async function write(fills: readonly Fill[], change: () => Promise<unknown>): Promise<boolean> {
    const wished = fills.map(({ row, column, value }) => ({ key: keyOf(row, column), wish: { value, done: false } }))
    for (const { key, wish } of wished) wishes.set(key, wish)
    const done = await run(change)
    for (const { key, wish } of wished) {
      if (wishes.get(key) !== wish) continue
      if (done) wishes.set(key, { ...wish, done: true })
      else wishes.delete(key)
    }
    return done
  }

  /** Points that are changed keep their reason, unless another is given. */
  function kept({ row, column }: Fill): string | null {
    return scoreOf(row, column)?.reason ?? null
  }

  function input(row: AssessRow, column: Column, value: string, reason: string | null): SetScore | null {
    const { year, set } = data.value ?? {}
    if (year === undefined || !set || column.scorer === null) return null
    return { rule_set: set.key, year, ...whose(row), indicator: column.indicator.id, scorer: column.scorer, value, reason }
  }

  return {
    wished: (row, column) => wishes.get(keyOf(row, column))?.value,
    saving: (row, column) => wishes.get(keyOf(row, column))?.done === false,
    give: (row, column, value, reason) => {
      const fill = { row, column, value }
      const given = input(row, column, value, reason === undefined ? kept(fill) : reason)
      return given ? write([fill], () => score.run(given)) : Promise.resolve(false)
    },
    giveAll: (fills) => {
      const scores = fills.flatMap((fill) => input(fill.row, fill.column, fill.value, kept(fill)) ?? [])
      return scores.length > 0 ? write(fills, () => many.run({ scores })) : Promise.resolve(false)
    },
    rate: (row, column, rater, value, reason) => {
      const given = input(row, column, value, reason)
      return given ? run(() => score.run({ ...given, rater })) : Promise.resolve(false)
    },
    takeBackOf: (given) => run(() => removal.run({ id: given.id })),
    takeBack: (row, column) => {
      const given = scoreOf(row, column)
      return given ? write([{ row, column, value: '' }], () => removal.run({ id: given.id })) : Promise.resolve(false)
    },
  }
}
