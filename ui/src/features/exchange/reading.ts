/**
 * How a file is to be read, while the user settles it: pure steps from one
 * `Reading` to the next, so that going back and forth loses nothing.
 */
import type { ColumnMeaning, Field, FieldInfo, ImportPreview, ImportSource, Reading, SheetView } from '@/bridge/generated'

/** How many sample values stand below a heading. */
const SAMPLES = 3

/** A column of the file as the second step shows it. */
export interface FileColumn {
  /** Index, from 0. */
  index: number
  /** As spreadsheet programs name it: A, B, … AA. */
  letter: string
  heading: string
  /** The first values below the heading that are not blank. */
  samples: string[]
  /** What it holds; none where it is not imported. */
  field: Field | null
}

/** The name of a column in spreadsheet programs: 0 is A, 26 is AA. */
export function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter
}

/** The cells of a row of the head, by the row's number in the file. */
export function headCells(sheet: SheetView | undefined, number: number): readonly string[] {
  return sheet?.head.find((row) => row.number === number)?.cells ?? []
}

/** Every column of the chosen sheet, with its heading, its samples and its meaning. */
export function columnsOf(source: ImportSource, reading: Reading): FileColumn[] {
  const sheet = source.sheets[reading.sheet]
  if (!sheet) return []
  const headings = headCells(sheet, reading.heading_row)
  const below = sheet.head.filter((row) => row.number > reading.heading_row)
  const meanings = new Map(reading.columns.map((meaning) => [meaning.column, meaning.field]))
  return Array.from({ length: sheet.column_count }, (_, index) => ({
    index,
    letter: columnLetter(index),
    heading: (headings[index] ?? '').replace(/\s+/g, ' ').trim(),
    samples: below
      .map((row) => row.cells[index]?.trim() ?? '')
      .filter((cell) => cell !== '')
      .slice(0, SAMPLES),
    field: meanings.get(index) ?? null,
  }))
}

/** Gives a column a meaning, or none. A field stands in one column only; sessions stand in many. */
export function withMeaning(reading: Reading, column: number, field: Field | null): Reading {
  const others = reading.columns.filter((meaning) => meaning.column !== column && (field === 'session' || meaning.field !== field))
  const columns = field === null ? others : [...others, { column, field }]
  return { ...reading, columns: columns.sort((a, b) => a.column - b.column) }
}

/** A heading as it is compared: without spaces and what stands in brackets. */
function plain(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/[([【].*?[)\]】]/g, '')
    .replace(/[\s*:、/]/g, '')
}

/** Whether a heading of a matrix names a session: it begins with a date and goes on. */
function namesSession(heading: string): boolean {
  return /^\D{0,2}\d{1,4}\s*[年月./-]\s*\d/.test(heading.normalize('NFKC').trim())
}

/**
 * Another sheet or another heading row. Columns keep their meaning where the
 * heading says the same as before; else a heading that is a field's own name
 * gets that field, and a dated one of a matrix its session. The proposal of
 * the core itself comes back with its own sheet and row.
 */
export function withHeading(source: ImportSource, reading: Reading, sheet: number, headingRow: number): Reading {
  const moved = { ...reading, sheet, heading_row: headingRow }
  if (sheet === source.reading.sheet && headingRow === source.reading.heading_row) return { ...moved, columns: source.reading.columns }
  const before = new Map(columnsOf(source, reading).flatMap((column) => (column.field && column.heading ? [[plain(column.heading), column.field] as const] : [])))
  const taken = new Set<Field>()
  const columns: ColumnMeaning[] = []
  headCells(source.sheets[sheet], headingRow).forEach((heading, column) => {
    const field = before.get(plain(heading)) ?? meaningOf(heading, source.fields)
    if (!field || (field !== 'session' && taken.has(field))) return
    taken.add(field)
    columns.push({ column, field })
  })
  return { ...moved, columns }
}

function meaningOf(heading: string, fields: readonly FieldInfo[]): Field | null {
  const words = plain(heading)
  if (words === '') return null
  const named = fields.find((info) => info.field !== 'session' && plain(info.label) === words)
  if (named) return named.field
  return fields.some((info) => info.field === 'session') && namesSession(heading) ? 'session' : null
}

/** The row of a sheet that most looks like a heading: the one with the most names of fields. */
export function likelyHeading(source: ImportSource, sheet: number): number {
  if (sheet === source.reading.sheet) return source.reading.heading_row
  const rows = source.sheets[sheet]?.head ?? []
  const known = (cells: readonly string[]): number => cells.filter((cell) => meaningOf(cell, source.fields) !== null).length
  const best = rows.reduce<{ number: number; score: number } | null>((found, row) => {
    const score = known(row.cells)
    return found === null || score > found.score ? { number: row.number, score } : found
  }, null)
  return best?.number ?? 1
}

/** Required fields that no column holds, by their names on screen. */
export function missingFields(source: ImportSource, reading: Reading): string[] {
  const held = new Set(reading.columns.map((meaning) => meaning.field))
  return source.fields.filter((info) => info.required && !held.has(info.field)).map((info) => info.label)
}

/** Answers a question; an empty answer takes the answer back. */
export function withAnswer(reading: Reading, key: string, value: string): Reading {
  const answers = { ...reading.answers }
  if (value === '') delete answers[key]
  else answers[key] = value
  return { ...reading, answers }
}

/** What pressing the button would do. */
export interface Verdict {
  /** Rows that bring something new. */
  rows: number
  /** Rows that are refused or wait for an answer. */
  left: number
  /** Columns of a matrix that are refused or wait for an answer. */
  columns: number
  /** Whether there is anything to write. */
  any: boolean
}

/** What an import of this preview would write, and what it would leave out. */
export function verdictOf(preview: ImportPreview): Verdict {
  const { counts } = preview
  const rows = counts.add + counts.change
  // A row of a matrix that waits for one symbol still brings its other marks.
  const partly = preview.rows.some((row) => row.outcome === 'ask' && row.changes.length > 0 && row.questions.every((key) => key.startsWith('symbol:')))
  const columns = preview.columns.filter((column) => column.state === 'refuse' || column.state === 'ask').length
  return { rows, left: counts.refuse + counts.ask, columns, any: rows > 0 || partly }
}
