/**
 * Values of a rule file (section 4 of rules.md): a number, a formula, a
 * table, bands. Numbers are written as texts and stay exact.
 */

/** One line of a table. */
export interface TableRow {
  key: string
  value: string
}

/** An end of a band: whether it is inside, and where; blank: no end. */
export interface BandEnd {
  inclusive: boolean
  at: string
}

/** One band with what it gives: an amount, or the name of a grade. */
export interface BandRow {
  lower: BandEnd
  upper: BandEnd
  gives: string
  /** What else stands in it, such as the reading under which it holds. */
  rest: Record<string, unknown>
}

/** A value as a form holds it. */
export type ValueForm =
  | { kind: 'constant'; amount: string }
  | { kind: 'formula'; formula: string }
  | { kind: 'table'; by: string[]; rows: TableRow[]; otherwise: string }
  | { kind: 'bands'; by: string; rows: BandRow[]; otherwise: string }

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Texts of a list, or the one text. */
export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(text)
}

/** Reads a value of the outline; null where it is written as no value is. */
export function readValue(value: unknown): ValueForm | null {
  if (typeof value === 'string' || typeof value === 'number') return { kind: 'constant', amount: text(value) }
  if (!isRecord(value)) return null
  if ('formula' in value) return { kind: 'formula', formula: text(value.formula) }
  if (isRecord(value.table)) {
    const rows = Object.entries(value.table).map(([key, amount]) => ({ key, value: text(amount) }))
    return { kind: 'table', by: textsOf(value.by), rows, otherwise: text(value.else) }
  }
  if (Array.isArray(value.bands)) return { kind: 'bands', by: text(value.by), rows: readBands(value.bands, 'credit'), otherwise: text(value.else) }
  return null
}

/** What the file says for it. */
export function writeValue(form: ValueForm): unknown {
  if (form.kind === 'constant') return form.amount.trim()
  if (form.kind === 'formula') return { formula: form.formula }
  const otherwise = form.otherwise.trim() === '' ? {} : { else: form.otherwise.trim() }
  if (form.kind === 'bands') return { by: form.by, bands: writeBands(form.rows, 'credit'), ...otherwise }
  const rows = form.rows.filter((row) => row.key.trim() !== '')
  return { by: form.by.length === 1 ? form.by[0] : form.by, table: Object.fromEntries(rows.map((row) => [row.key.trim(), row.value.trim()])), ...otherwise }
}

/** The same value in another form, with as much kept as there is. */
export function asKind(form: ValueForm, kind: ValueForm['kind']): ValueForm {
  if (form.kind === kind) return form
  const amount = form.kind === 'constant' ? form.amount : form.kind === 'formula' ? '' : firstAmount(form)
  if (kind === 'constant') return { kind, amount: amount || '1' }
  if (kind === 'formula') return { kind, formula: amount || '1' }
  const otherwise = form.kind === 'table' || form.kind === 'bands' ? form.otherwise : ''
  if (kind === 'table') return { kind, by: ['person.tier'], rows: ['处级以上', '科级', '科员及以下'].map((key) => ({ key, value: amount || '1' })), otherwise }
  return { kind, by: 'minutes', rows: [{ lower: { inclusive: true, at: '30' }, upper: { inclusive: false, at: '' }, gives: amount || '1', rest: {} }], otherwise }
}

function firstAmount(form: Extract<ValueForm, { kind: 'table' | 'bands' }>): string {
  return (form.kind === 'table' ? form.rows[0]?.value : form.rows[0]?.gives) ?? ''
}

const ENDS = ['from', 'over', 'to', 'under']

/** Reads bands; `gives` is the field that holds what one gives: `credit` or `name`. */
export function readBands(value: unknown, gives: 'credit' | 'name'): BandRow[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).map((band) => ({
    lower: 'over' in band ? { inclusive: false, at: text(band.over) } : { inclusive: true, at: text(band.from) },
    upper: 'to' in band ? { inclusive: true, at: text(band.to) } : { inclusive: false, at: text(band.under) },
    gives: text(band[gives]),
    rest: Object.fromEntries(Object.entries(band).filter(([name]) => !ENDS.includes(name) && name !== gives)),
  }))
}

/** What the file says for bands. */
export function writeBands(rows: readonly BandRow[], gives: 'credit' | 'name'): Record<string, unknown>[] {
  return rows.map(({ lower, upper, gives: given, rest }) => ({
    ...(lower.at.trim() === '' ? {} : { [lower.inclusive ? 'from' : 'over']: lower.at.trim() }),
    ...(upper.at.trim() === '' ? {} : { [upper.inclusive ? 'to' : 'under']: upper.at.trim() }),
    [gives]: given.trim(),
    ...rest,
  }))
}

/** A value in a few words, for the head of a card: `18`, `处级 18、科级 12`. */
export function valueWords(value: unknown): string {
  const form = readValue(value)
  if (form === null) return ''
  if (form.kind === 'constant') return form.amount
  if (form.kind === 'formula') return form.formula
  if (form.kind === 'table') return form.rows.map((row) => `${row.key} ${row.value}`).join('、')
  return form.rows.map((row) => row.gives).join('、')
}
