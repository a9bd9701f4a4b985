/** One column of a `UiTable`. */
export interface TableColumn<Row> {
  key: string
  title: string
  /** A width of CSS grid: `6rem`, `minmax(8rem, 1fr)`; the latter by default. */
  width?: string
  align?: 'start' | 'end'
  /** Numbers and dates stand in tabular figures. */
  num?: boolean
  /** Lesser text. */
  muted?: boolean
  /** The cell's text, and what it is sorted by. A slot `#cell-<key>` can draw it otherwise. */
  value: (row: Row) => string | number | null | undefined
  /** Whether a click on the heading sorts by it. */
  sortable?: boolean
}

/** By which column, in which direction; none is the order that the core gave. */
export interface TableSort {
  key: string
  descending: boolean
}

/** The next state of a click on a heading: upwards, downwards, not at all. */
export function nextSort(sort: TableSort | null, key: string): TableSort | null {
  if (sort?.key !== key) return { key, descending: false }
  return sort.descending ? null : { key, descending: true }
}

/** The rows in the order of a column; blanks stand last either way. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[], sort: TableSort | null): readonly Row[] {
  const column = sort && columns.find((each) => each.key === sort.key)
  if (!column) return rows
  const sign = sort.descending ? -1 : 1
  const blank = (value: unknown): boolean => value === null || value === undefined || value === ''
  return [...rows].sort((a, b) => {
    const [left, right] = [column.value(a), column.value(b)]
    if (blank(left) || blank(right)) return Number(blank(left)) - Number(blank(right))
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right)
    return sign * String(left).localeCompare(String(right), 'zh-CN', { numeric: true })
  })
}
