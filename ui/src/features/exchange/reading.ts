/**
 * How a file is to be read, while the user settles it: pure steps from one
 * `Reading` to the next, so that going back and forth loses nothing.
 */
import type { Field, ImportPreview, ImportSource, Reading, SheetView } from '@/bridge/generated'

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
