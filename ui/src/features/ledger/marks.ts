/**
 * Marks from the ledger, written one after another as in the roll. A cell
 * shows what the core answered; until then the wish, as being saved. The
 * totals of rows are asked for again once the keys rest.
 */
import { useDebounceFn } from '@vueuse/core'
import { shallowReactive, type MaybeRefOrGetter, toValue } from 'vue'

import type { Ledger, LedgerRequest, Marked } from '@/bridge/generated'
import { queryClient, refreshAreas, useMutate } from '@/bridge/queries'
import type { MarkChange, Wish } from '@/features/attendance/marks'
import { useToasts } from '@/stores/toasts'

import { codeOfStatus } from './ledger'

/** How long after the last mark everything that is counted is asked for again. Milliseconds. */
const REST_MS = 400

/** How the ledger is marked. */
export interface LedgerMarks {
  /** Wishes by `member session`, as long as they are on their way. */
  wishes: ReadonlyMap<string, Wish>
  /** Changes one cell; true once it is on the disk. Never throws: a failure is said in a toast. */
  mark(member: string, session: string, change: MarkChange): Promise<boolean>
  /** Waits until nothing is on its way. */
  settled(): Promise<void>
}

/** The key of a cell among the wishes. */
export function cellKey(member: string, session: string): string {
  return `${member} ${session}`
}

/** The ledger with an answer of the core in its place. */
export function accepted(ledger: Ledger, session: string, { member, mark, tally }: Marked): Ledger {
  const [row, column] = [ledger.members.findIndex((each) => each.id === member), ledger.sessions.findIndex((each) => each.id === session)]
  if (row < 0 || column < 0) return ledger
  const members = ledger.members.map((each, index) =>
    index === row ? { ...each, codes: each.codes.slice(0, column) + codeOfStatus(mark.status) + each.codes.slice(column + 1) } : each,
  )
  const { counts, required, attended, on_leave, rate, rate_with_make_up } = tally
  const total = { counts, required, attended, on_leave, rate, rate_with_make_up }
  const sessions = ledger.sessions.map((each, index) => (index === column ? { ...each, state: 'held' as const, total } : each))
  const others = ledger.details.filter((each) => each.row !== row || each.column !== column)
  const { minutes, observer, remark } = mark
  const told = minutes !== null || observer || remark !== null || mark.make_up !== null
  return { ...ledger, members, sessions, details: told ? [...others, { row, column, minutes, observer, remark, made_up: mark.make_up !== null }] : others }
}

/** Marks in the ledger that a request gives. */
export function useLedgerMarks(request: MaybeRefOrGetter<LedgerRequest>): LedgerMarks {
  const change = useMutate('attendance.mark', { announce: false, refresh: false })
  const toasts = useToasts()
  const wishes = shallowReactive(new Map<string, Wish>())
  const running = new Set<Promise<unknown>>()
  const rest = useDebounceFn(() => refreshAreas(['sessions', 'attendance']), REST_MS)

  function wish(key: string, by: 1 | -1, changes: MarkChange = {}): void {
    const before = wishes.get(key)
    const count = (before?.count ?? 0) + by
    if (count > 0) wishes.set(key, { count, change: { ...before?.change, ...changes } })
    else wishes.delete(key)
  }

  async function write(member: string, session: string, changes: MarkChange): Promise<boolean> {
    const key = cellKey(member, session)
    wish(key, 1, changes)
    try {
      const marked = await change.run({ session, member, ...changes })
      queryClient.setQueryData<Ledger>(['attendance.ledger', toValue(request)], (known) => known && accepted(known, session, marked))
      void rest()
      return true
    } catch (thrown) {
      toasts.showError(thrown)
      return false
    } finally {
      wish(key, -1)
    }
  }

  function mark(member: string, session: string, changes: MarkChange): Promise<boolean> {
    const writing = write(member, session, changes)
    running.add(writing)
    void writing.then(() => running.delete(writing))
    return writing
  }

  async function settled(): Promise<void> {
    while (running.size > 0) await Promise.all(running)
  }

  return { wishes, mark, settled }
}
