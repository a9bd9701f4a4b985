/**
 * The coverage table as rows and cells: an item under one reading is a row,
 * a window is a cell as wide as its months.
 */
import type { CoverageEvery, CoverageLine, CoverageMeeting, CoverageState, ReadingCoverage, WindowCoverage } from '@/bridge/generated'
import { t } from '@/i18n'
import { monthDay } from '@/i18n/figures'

/** A row: an item, and one way to read it. */
export interface CoverageRow {
  key: string
  line: CoverageLine
  reading: ReadingCoverage
  /** Whether it is the item's first: that one bears the name. */
  first: boolean
  cells: CoverageCell[]
}

/** A window in its place. */
export interface CoverageCell {
  window: WindowCoverage
  /** The first month, 1 to 12. */
  month: number
  /** How many months. */
  span: number
}

/** How many months a window has. */
export const MONTHS: Record<CoverageEvery, number> = { month: 1, quarter: 3, half_year: 6, year: 12 }

/** The tone of a state; the word stands beside it. */
export const STATE_TONES: Record<CoverageState, 'ok' | 'bad' | 'warn' | 'info' | 'off'> = {
  met: 'ok',
  short: 'bad',
  not_yet_due: 'info',
  not_applicable: 'off',
  undecided: 'warn',
}

/** The states in the order of the legend. */
export const STATES: readonly CoverageState[] = ['met', 'short', 'not_yet_due', 'undecided', 'not_applicable']

/** A state as a word. */
export function stateWord(state: CoverageState): string {
  return t(`coverage.state_${state}`)
}

/** The rows of the table, in its order. */
export function coverageRows(items: readonly CoverageLine[]): CoverageRow[] {
  return items.flatMap((line) =>
    line.coverage.readings.map((reading, index) => ({
      key: [line.coverage.item, line.coverage.group ?? '', reading.reading].join('/'),
      line,
      reading,
      first: index === 0,
      cells: reading.windows.map((window) => ({ window, month: Number(window.from.slice(5, 7)), span: MONTHS[reading.every] })),
    })),
  )
}

/** The item's name, with the group's. */
export function itemName(line: CoverageLine): string {
  return line.group_name === null ? line.coverage.name : `${line.coverage.name}（${line.group_name}）`
}

/** A window in words: 3 月, 第 1 季度, 上半年, 全年. */
export function windowWord(window: WindowCoverage, every: CoverageEvery): string {
  const month = Number(window.from.slice(5, 7))
  switch (every) {
    case 'month':
      return t('coverage.window_month', { month })
    case 'quarter':
      return t('coverage.window_quarter', { number: Math.ceil(month / 3) })
    case 'half_year':
      return t(month === 1 ? 'coverage.window_half_1' : 'coverage.window_half_2')
    case 'year':
      return t('coverage.window_year')
  }
}

/** `2025-04-30` as `4-30`, where there is little room. */
export function shortDay(date: string): string {
  return `${Number(date.slice(5, 7))}-${Number(date.slice(8, 10))}`
}

/** Whether a quorum of a meeting that counts was not reached. */
export function quorumShort(window: WindowCoverage): boolean {
  return window.void.length > 0 || window.meetings.some((meeting) => meeting.quorums.some((quorum) => quorum.outcome === 'short'))
}

/** What stands in a cell. Amounts are exact text. */
export function cellText({ window, span }: CoverageCell, today: string): string {
  const { state, held, required, missing } = window
  switch (state) {
    case 'not_applicable':
      return t('coverage.cell_none')
    case 'undecided':
      return t('coverage.cell_undecided')
    case 'met':
      return required === '1' || span === 1 ? t('coverage.cell_met', { held }) : t('coverage.cell_met_of', { held, required })
    case 'short':
      return t('coverage.cell_short', { missing })
    case 'not_yet_due':
      if (window.from > today && window.planned.length === 0) return t('coverage.cell_later')
      if (window.planned.length > 0 && span === 1) return t('coverage.cell_planned')
      return span === 1 ? t('coverage.cell_due', { date: shortDay(window.to) }) : t('coverage.cell_due_missing', { missing, date: shortDay(window.to) })
  }
}

/** The whole cell for a screen reader and as a tip. */
export function cellLabel({ line, reading }: CoverageRow, { window }: CoverageCell): string {
  const parts = [t('coverage.cell_label', { item: itemName(line), window: windowWord(window, reading.every), state: stateWord(window.state) })]
  if (window.state !== 'not_applicable') parts.push(t('coverage.cell_label_numbers', { required: window.required, held: window.held }))
  if (window.state === 'not_yet_due') parts.push(t('coverage.cell_label_due', { missing: window.missing, date: monthDay(window.to) }))
  const why = reasonText(window)
  if (why !== '') parts.push(why)
  if (quorumShort(window)) parts.push(t('coverage.cell_quorum'))
  return parts.join('；')
}

/** Why nothing is required, or why it cannot be decided; empty where neither. */
export function reasonText({ reason }: WindowCoverage): string {
  if (reason === null) return ''
  switch (reason.code) {
    case 'condition':
      return reason.text
    case 'part_of_window':
      return t('coverage.reason_part_of_window', { from: monthDay(reason.from), to: monthDay(reason.to) })
    default:
      return t(`coverage.reason_${reason.code}`)
  }
}

/** Every meeting that a window names, with the list in which it stands. */
export interface WindowMeeting {
  meeting: CoverageMeeting
  list: 'held' | 'void' | 'doubtful' | 'planned' | 'lapsed'
}

/** The meetings of a window by date within each list. */
export function windowMeetings(window: WindowCoverage, meetings: readonly CoverageMeeting[]): WindowMeeting[] {
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]))
  const of = (list: WindowMeeting['list'], ids: readonly string[]): WindowMeeting[] =>
    ids.flatMap((id) => {
      const meeting = byId.get(id)
      return meeting ? [{ meeting, list }] : []
    })
  return [
    ...of('held', window.meetings.map(({ id }) => id)),
    ...of('void', window.void),
    ...of('doubtful', window.doubtful.map(({ id }) => id)),
    ...of('planned', window.planned),
    ...of('lapsed', window.lapsed),
  ]
}

/** The day that is proposed for a new meeting in a window: today where it lies there, else its first day; the last where it is over. */
export function proposedDay(window: WindowCoverage, today: string): string {
  if (window.to < today) return window.to
  return window.from > today ? window.from : today
}

/** The row above or below at the same month: a move of the cursor. */
export function cellAt(row: CoverageRow, month: number): number {
  const at = row.cells.findIndex((cell) => cell.month <= month && month < cell.month + cell.span)
  return at < 0 ? 0 : at
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  const at = (date: string): number => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)))
  return Math.round((at(to) - at(from)) / 86_400_000)
}
