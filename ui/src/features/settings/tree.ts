/** The organizations as a tree that is read line by line. */
import type { OrganizationRow } from '@/bridge/generated'

/** One line of the tree. */
export interface OrganizationLine {
  row: OrganizationRow
  /** 0 for the book's own. */
  depth: number
  /** Organizations directly below it. */
  below: number
}

/** Each organization followed by those below it, siblings in the order given. */
export function organizationLines(rows: readonly OrganizationRow[]): OrganizationLine[] {
  const lines: OrganizationLine[] = []
  const add = (row: OrganizationRow, depth: number): void => {
    const below = rows.filter((each) => each.parent === row.id)
    lines.push({ row, depth, below: below.length })
    below.forEach((child) => add(child, depth + 1))
  }
  const known = new Set(rows.map((row) => row.id))
  // An organization whose parent is not listed still has to be seen.
  rows.filter((row) => row.parent === null || !known.has(row.parent)).forEach((row) => add(row, 0))
  return lines
}
