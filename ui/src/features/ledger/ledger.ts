/** The attendance ledger as cells: what each says, which a filter leaves, where the keys lead. */
import type { AttendanceStatus, Ledger, LedgerColumn, LedgerDetail, LedgerRow } from '@/bridge/generated'
import { STATUS_OF_DIGIT } from '@/features/attendance/statuses'
import { isNamedBy } from '@/features/roster/filter'

/** One cell. */
export interface LedgerCell {
  status: AttendanceStatus
  detail: LedgerDetail | undefined
}

/** What stands in a cell: a sign that is told apart without its colour. */
export const SYMBOLS: Record<AttendanceStatus, string> = {
  present: '√',
  late: '迟',
  early_leave: '退',
  official_leave: '公',
  sick_leave: '病',
  personal_leave: '事',
  absent: '×',
  not_required: '—',
  unmarked: '·',
}

/** The digit of a status, as the keys and the ledger's codes have it. */
const DIGIT_OF_STATUS = Object.fromEntries(Object.entries(STATUS_OF_DIGIT).map(([digit, status]) => [status, digit])) as Record<AttendanceStatus, string>

/** The status of a code; undefined for a member who is not on the roll. */
export function statusOfCode(code: string | undefined): AttendanceStatus | undefined {
  return code === undefined || code === ' ' || code === '' ? undefined : STATUS_OF_DIGIT[Number(code)]
}

/** The code of a status. */
export function codeOfStatus(status: AttendanceStatus): string {
  return DIGIT_OF_STATUS[status]
}

/** A row with its place in the ledger and its details by column. */
export interface GridRow {
  /** Index among the ledger's members. */
  index: number
  row: LedgerRow
  details: ReadonlyMap<number, LedgerDetail>
}

/** The rows, each with its own details. */
export function gridRows(ledger: Ledger): GridRow[] {
  const details = new Map<number, Map<number, LedgerDetail>>()
  for (const detail of ledger.details) {
    const own = details.get(detail.row) ?? new Map<number, LedgerDetail>()
    details.set(detail.row, own.set(detail.column, detail))
  }
  const none: ReadonlyMap<number, LedgerDetail> = new Map()
  return ledger.members.map((row, index) => ({ index, row, details: details.get(index) ?? none }))
}

/** The rows that the text names. */
export function filterRows(rows: readonly GridRow[], text: string): readonly GridRow[] {
  return text.trim() === '' ? rows : rows.filter(({ row }) => isNamedBy(row, text))
}

/** What a cell says; undefined where the member is not on the roll. */
export function cellOf(row: GridRow, column: number): LedgerCell | undefined {
  const status = statusOfCode(row.row.codes[column])
  return status && { status, detail: row.details.get(column) }
}

/** The index of the next row whose mark at the session is missing, round from the top; -1 for none. */
export function nextMissing(rows: readonly GridRow[], at: number, column: number): number {
  for (let step = 1; step <= rows.length; step += 1) {
    const index = (at + step) % rows.length
    const row = rows[index]
    const cell = row && cellOf(row, column)
    if (cell?.status === 'unmarked' && !cell.detail?.observer) return index
  }
  return -1
}

/** The index of the row to which the letters lead, from a place on, round from the top; -1 for none. */
export function jumpRow(rows: readonly GridRow[], letters: string, from: number): number {
  for (let step = 0; step < rows.length; step += 1) {
    const index = (Math.max(0, from) + step) % rows.length
    if (rows[index]?.row.search_keys.some((key) => key.startsWith(letters))) return index
  }
  return -1
}

/** The one cell that two ledgers of the same rows and columns differ in; undefined for none or several. */
export function changedCell(before: Ledger, after: Ledger): { member: string; session: string } | undefined {
  const codes = new Map(before.members.map((row) => [row.id, row.codes]))
  const found: { member: string; session: string }[] = []
  for (const row of after.members) {
    const known = codes.get(row.id)
    if (known === undefined || known === row.codes || known.length !== row.codes.length) continue
    for (let column = 0; column < known.length; column += 1) {
      const session = after.sessions[column]
      if (known[column] !== row.codes[column] && session) found.push({ member: row.id, session: session.id })
    }
  }
  return found.length === 1 ? found[0] : undefined
}

/** The days of a period of a year, as the core takes them; null: the whole year. */
export function periodDays(period: string, year: number, today: string, custom: { from: string; to: string }): { from?: string; to?: string } {
  const months = (first: number, last: number): { from: string; to: string } => {
    const two = (month: number): string => String(month).padStart(2, '0')
    return { from: `${year}-${two(first)}-01`, to: `${year}-${two(last)}-${new Date(year, last, 0).getDate()}` }
  }
  const month = Number(today.slice(5, 7))
  if (period === 'month') return months(month, month)
  const quarter = period === 'quarter' ? Math.ceil(month / 3) : Number(/^q([1-4])$/.exec(period)?.[1] ?? 0)
  if (quarter > 0) return months(quarter * 3 - 2, quarter * 3)
  if (period !== 'custom') return {}
  return { ...(custom.from.trim() && { from: custom.from.trim() }), ...(custom.to.trim() && { to: custom.to.trim() }) }
}

/** The session's day, short: `11-7`. */
export function shortDay(column: LedgerColumn): string {
  const [, month, day] = column.date.split('-')
  return `${Number(month)}-${Number(day)}`
}
