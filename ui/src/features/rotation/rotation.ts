/** 轮流主讲: the list's filter, and the order while it is being made. */
import type { RotationRow, Speech } from '@/bridge/generated'

/** The rows that a filter leaves: name, pinyin, initials, staff number. */
export function filterRows(rows: readonly RotationRow[], text: string): readonly RotationRow[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter((row) => row.name.includes(wanted) || row.staff_no?.toLowerCase().includes(wanted) === true || row.search_keys.some((key) => key.startsWith(wanted)))
}

/** The latest speech that was held. */
export function lastSpeech(row: RotationRow): Speech | undefined {
  return row.spoken[0]
}

/** Somebody in the list in which an order is made. */
export interface OrderLine {
  member: string
  name: string
  /** Takes turns. */
  on: boolean
}

/** The list to begin with: who takes turns, in their order; then the others. Without an order all take turns. */
export function orderLines(rows: readonly RotationRow[], ordered: boolean): OrderLine[] {
  return rows.map((row) => ({ member: row.member, name: row.name, on: !ordered || row.position !== null }))
}

/** The list with one line moved by so many places; as it was where there is no such place. */
export function moved(lines: readonly OrderLine[], from: number, by: number): OrderLine[] {
  const to = from + by
  const line = lines[from]
  if (line === undefined || to < 0 || to >= lines.length) return [...lines]
  const rest = lines.toSpliced(from, 1)
  return rest.toSpliced(to, 0, line)
}
