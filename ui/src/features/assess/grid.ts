/**
 * The grid of an assessment: which columns it has, which cells are scored by
 * hand, what is pasted where.
 */
import type { AssessRow, AssessYear, IndicatorHead, ScoreView } from '@/bridge/generated'

/** A column: an indicator's points, or one scorer's. */
export interface Column {
  key: string
  /** Its place among the indicators. */
  index: number
  indicator: IndicatorHead
  /** Who scores here; null: the indicator's own points, from the records or from the scores. */
  scorer: string | null
}

/** Neighbouring columns under one title. */
export interface Span {
  key: string
  title: string
  columns: number
}

/**
 * The columns in the order of the file: an indicator from the records has
 * one, one that is scored has one for each scorer and, where there are
 * several, what they come to.
 */
export function columnsOf(indicators: readonly IndicatorHead[]): Column[] {
  return indicators.flatMap((indicator, index) => {
    const own: Column = { key: indicator.id, index, indicator, scorer: null }
    const scored = indicator.scorers.map((scorer): Column => ({ key: `${indicator.id} ${scorer}`, index, indicator, scorer }))
    return scored.length === 0 || scored.length > 1 ? [...scored, own] : scored
  })
}

/** Neighbours of the same 大项 in one; none has no title. */
export function headsOf(columns: readonly Column[]): Span[] {
  return spans(columns, (column) => column.indicator.head ?? '')
}

/** The columns of each indicator in one. */
export function indicatorSpans(columns: readonly Column[]): Span[] {
  return spans(columns, (column) => column.indicator.label, (column) => column.indicator.id)
}

function spans(columns: readonly Column[], title: (column: Column) => string, key: (column: Column) => string = title): Span[] {
  const found: Span[] = []
  for (const column of columns) {
    const last = found.at(-1)
    if (last && last.key === key(column)) last.columns += 1
    else found.push({ key: key(column), title: title(column), columns: 1 })
  }
  return found
}

/** What was given in a scorer's capacity; several where colleagues scored each by name. */
export function scoresOf(row: AssessRow, column: Column): ScoreView[] {
  return (row.indicators[column.index]?.scores ?? []).filter((score) => score.scorer === column.scorer)
}

/** What a scorer gave without a name: what is typed into the cell. */
export function scoreOf(row: AssessRow, column: Column): ScoreView | undefined {
  return scoresOf(row, column).find((score) => score.rater === null)
}

/** How many scored by name. */
export function ratersOf(row: AssessRow, column: Column): number {
  return scoresOf(row, column).filter((score) => score.rater !== null).length
}

/** What a cell shows; blank where there is nothing, and where several scored by name. */
export function cellText(row: AssessRow, column: Column): string {
  if (column.scorer !== null) return scoreOf(row, column)?.value ?? ''
  return row.indicators[column.index]?.value ?? ''
}

/** Whether the version that counts for the row has the indicator. */
export function isAsked(row: AssessRow, column: Column): boolean {
  return row.indicators[column.index]?.asked ?? false
}

/** Whether somebody types here. */
export function isScored(column: Column | undefined): boolean {
  return column !== undefined && column.scorer !== null
}

/** A number as it is typed, with full-width digits and 。 for the point; null for what is no number. Blank is blank. */
export function readPoints(text: string): string | null {
  const plain = text.normalize('NFKC').replaceAll('。', '.').trim().replace(/\s*分$/, '')
  return plain === '' || /^-?\d+(\.\d+)?(\/\d+)?$/.test(plain) ? plain : null
}

/** Scores to be given. */
export interface Fill {
  row: AssessRow
  column: Column
  value: string
}

/** What a pasted block comes to. */
export interface Pasted {
  fills: Fill[]
  /** What is no number or has no cell to go to: how many of them. */
  left: number
}

/**
 * A block of cells as a spreadsheet copies it, laid over the grid from a cell
 * on. Blank cells of it change nothing, nor do columns that come from the records.
 */
export function pasteAt(text: string, rows: readonly AssessRow[], columns: readonly Column[], rowAt: number, columnAt: number): Pasted {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const pasted: Pasted = { fills: [], left: 0 }
  lines.forEach((line, down) => {
    line.split('\t').forEach((cell, across) => {
      if (cell.trim() === '') return
      const [row, column, value] = [rows[rowAt + down], columns[columnAt + across], readPoints(cell)]
      if (row && column && isScored(column) && isAsked(row, column) && !row.closed && ratersOf(row, column) === 0 && value) pasted.fills.push({ row, column, value })
      else pasted.left += 1
    })
  })
  return pasted
}

/** How many have each grade, in the order in which the rows have them; those without one last. */
export function gradeCounts(rows: readonly AssessRow[]): { grade: string | null; count: number }[] {
  const found = new Map<string | null, number>()
  for (const row of rows) found.set(row.grade, (found.get(row.grade) ?? 0) + 1)
  const none = found.get(null) ?? 0
  found.delete(null)
  return [...[...found].map(([grade, count]) => ({ grade, count })).toSorted((a, b) => b.count - a.count), ...(none > 0 ? [{ grade: null, count: none }] : [])]
}

/** Scores that are still missing, by scorer. */
export function missingScores(year: AssessYear): { scorer: string; missing: number }[] {
  const found = new Map<string, number>()
  for (const column of columnsOf(year.indicators)) {
    if (column.scorer === null) continue
    const missing = year.rows.filter((row) => !row.closed && isAsked(row, column) && scoresOf(row, column).length === 0).length
    if (missing > 0) found.set(column.scorer, (found.get(column.scorer) ?? 0) + missing)
  }
  return [...found].map(([scorer, missing]) => ({ scorer, missing }))
}
