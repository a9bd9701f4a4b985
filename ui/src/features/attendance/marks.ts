/**
 * The marks of one session, written one after another in the order of the
 * keys. What a row shows as its mark is what the core answered; until then
 * the wish is shown as being saved. A mark that fails leaves the row as it was.
 */
import type { UseQueryReturnType } from '@tanstack/vue-query'
import { shallowReactive } from 'vue'

import type { CoreError } from '@/bridge/errors'
import type { AttendanceSheet, Mark, Marked } from '@/bridge/generated'
import { queryClient, useCoreQuery, useMutate } from '@/bridge/queries'
import { useToasts } from '@/stores/toasts'

/** What of a mark changes. */
export type MarkChange = Omit<Mark, 'session' | 'member'>

/** A mark on its way to the disk. */
export interface Wish {
  /** How many changes of this member are not answered yet. */
  count: number
  /** What was wished, the latest of each part. */
  change: MarkChange
}

/** A session's roll and how it is marked. */
export interface Roll {
  sheet: UseQueryReturnType<AttendanceSheet, CoreError>
  /** Wishes by member, as long as they are on their way. */
  wishes: ReadonlyMap<string, Wish>
  /** Changes one member's mark; true once it is on the disk. Never throws: a failure is said in a toast. */
  mark(member: string, change: MarkChange): Promise<boolean>
  /** Puts an answer of the core into the sheet. */
  accept(marked: Marked): void
  /** Waits until nothing is on its way. */
  settled(): Promise<void>
  /** Takes over what leave proposes, of some or of everybody; true once it is on the disk. Never throws. */
  takeLeave(members: readonly string[] | null): Promise<boolean>
}

/** The roll of a session. */
export function useRoll(session: string): Roll {
  const sheet = useCoreQuery('attendance.sheet', { id: session })
  const change = useMutate('attendance.mark', { announce: false })
  const taking = useMutate('attendance.take_leave')
  const toasts = useToasts()
  const wishes = shallowReactive(new Map<string, Wish>())
  const running = new Set<Promise<unknown>>()

  function wish(member: string, by: 1 | -1, change: MarkChange = {}): void {
    const before = wishes.get(member)
    const count = (before?.count ?? 0) + by
    if (count > 0) wishes.set(member, { count, change: { ...before?.change, ...change } })
    else wishes.delete(member)
  }

  function accept({ member, mark, proposal, tally }: Marked): void {
    queryClient.setQueryData<AttendanceSheet>(['attendance.sheet', { id: session }], (known) =>
      known && { ...known, tally, rows: known.rows.map((row) => (row.member === member ? { ...row, mark, proposal } : row)) },
    )
  }

  async function write(member: string, changes: MarkChange): Promise<boolean> {
    wish(member, 1, changes)
    try {
      accept(await change.run({ session, member, ...changes }))
      return true
    } catch (thrown) {
      toasts.showError(thrown)
      return false
    } finally {
      wish(member, -1)
    }
  }

  function mark(member: string, changes: MarkChange): Promise<boolean> {
    const writing = write(member, changes)
    running.add(writing)
    void writing.then(() => running.delete(writing))
    return writing
  }

  async function takeLeave(members: readonly string[] | null): Promise<boolean> {
    await settled()
    try {
      await taking.run({ session, members: members && [...members] })
      return true
    } catch (thrown) {
      toasts.showError(thrown)
      return false
    }
  }

  async function settled(): Promise<void> {
    while (running.size > 0) await Promise.all(running)
  }

  return { sheet, wishes, mark, accept, settled, takeLeave }
}
