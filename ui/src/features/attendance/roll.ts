/** Finding one's way in a roll: the filter, the jump to a name, the next without a mark. */
import type { LeaveProposal, LeftOutView, RollRow } from '@/bridge/generated'
import { isNamedBy, normalized } from '@/features/roster/filter'
import { t } from '@/i18n'
import { monthDay } from '@/i18n/figures'

import { statusWord } from './statuses'

/** How long letters belong together. Milliseconds. */
export const JUMP_MS = 1000

/** The rows that the text names: a part of the name, pinyin, 工号, or exactly the line number. */
export function filterRoll(rows: readonly RollRow[], text: string): readonly RollRow[] {
  const wanted = normalized(text)
  if (wanted === '') return rows
  // A whole number of a person or of a line is that one, not everybody whose number holds it.
  if (/^\d+$/.test(wanted)) {
    const exact = rows.filter((row) => String(row.line) === wanted || row.staff_no === wanted)
    if (exact.length > 0) return exact
  }
  return rows.filter((row) => String(row.line) === wanted || isNamedBy(row, wanted))
}

/**
 * The index of the row that the letters lead to: the first from `from` on,
 * then round from the top, whose pinyin begins with them; -1 for none.
 */
export function jumpTo(rows: readonly RollRow[], letters: string, from: number): number {
  return findRound(rows, from, (row) => row.search_keys.some((key) => key.startsWith(letters)))
}

/** The index of the next row without a mark after `at`, round from the top; -1 for none. */
export function nextUnmarked(rows: readonly RollRow[], at: number, isUnmarked: (row: RollRow) => boolean): number {
  return findRound(rows, at + 1, isUnmarked)
}

/** The rows of `after` whose mark is another than in `before`. */
export function changedRows(before: readonly RollRow[], after: readonly RollRow[]): RollRow[] {
  const marks = new Map(before.map((row) => [row.member, JSON.stringify(row.mark)]))
  return after.filter((row) => marks.get(row.member) !== JSON.stringify(row.mark))
}

function findRound(rows: readonly RollRow[], from: number, fits: (row: RollRow) => boolean): number {
  for (let step = 0; step < rows.length; step += 1) {
    const index = (Math.max(0, from) + step) % rows.length
    const row = rows[index]
    if (row && fits(row)) return index
  }
  return -1
}

/** Letters typed one after another, as one word, until a pause. */
export class Letters {
  private typed = ''
  private last = -Infinity

  /** Adds a letter at a time in milliseconds; gives the word so far. */
  add(letter: string, at: number): string {
    this.typed = at - this.last > JUMP_MS ? letter : this.typed + letter
    this.last = at
    return this.typed
  }

  /** Ends the word. */
  clear(): void {
    this.typed = ''
  }
}

/** Names as a sentence takes them: the first three, then how many. */
export function listNames(names: readonly string[]): string {
  return names.length > 3 ? t('roll.names_more', { names: names.slice(0, 3).join('、'), count: names.length }) : names.join('、')
}

/** The days of a leave: `3月1日`, or from one to the other. */
export function leaveDays(from: string, until: string): string {
  return from === until ? monthDay(from) : `${monthDay(from)}至${monthDay(until)}`
}

/** What a leave proposes, with its source: `病假（王主任批准，3月1日至3月5日）`. */
export function proposalWords(proposal: LeaveProposal): string {
  const approved = proposal.approver ? t('roll.approved_by', { approver: proposal.approver }) : t('roll.not_approved')
  return t('roll.proposal', { kind: statusWord(proposal.kind), approved, days: leaveDays(proposal.from, proposal.until) })
}

/** Why somebody is not required, in words. */
export function leftOutWords(person: Pick<LeftOutView, 'reason' | 'detail' | 'day'>): string {
  return t(`roll.out_${person.reason}`, { detail: person.detail ?? '', day: person.day ? monthDay(person.day) : '' })
}
