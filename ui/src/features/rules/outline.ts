/** Finding one's way in a rule file: from a line to its field, from a path to its entry. */
import type { FindingView, OutlineEntry, OutlineField, OutlineTable } from '@/bridge/generated'

/** A place of a form. */
export interface Place {
  /** The entry; empty: the head of the file. */
  path: string
  /** The field; null: the entry as a whole. */
  field: string | null
}

/** Every entry, those within others after them. */
export function entriesOf(outline: readonly OutlineTable[]): OutlineEntry[] {
  return outline.flatMap((table) => table.entries.flatMap((entry) => [entry, ...entriesOf(entry.tables)]))
}

/** The entry of a path. */
export function entryAt(outline: readonly OutlineTable[], path: string): OutlineEntry | undefined {
  return entriesOf(outline).find((entry) => entry.path === path)
}

/** The table of the file with this name. */
export function tableAt(outline: readonly OutlineTable[], name: string): OutlineTable | undefined {
  return outline.find((table) => table.name === name)
}

/** The value of a field; undefined where it is not written. */
export function fieldOf(entry: OutlineEntry | undefined, name: string): OutlineField | undefined {
  return entry?.fields.find((field) => field.name === name)
}

/** A field's value where it is a text. */
export function textOf(entry: OutlineEntry | undefined, name: string): string {
  const value = fieldOf(entry, name)?.value
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** The entry in which a line stands, and the field that it belongs to; null where the file has none. */
export function placeOf(outline: readonly OutlineTable[], line: number): Place | null {
  // The head has no line of its own: it begins the file.
  const starts = entriesOf(outline).filter((entry) => entry.path === '' || entry.line <= line)
  const entry = starts.reduce<OutlineEntry | null>((best, each) => (best === null || startOf(each) >= startOf(best) ? each : best), null)
  if (entry === null) return null
  const field = entry.fields.filter((each) => each.line <= line).reduce<OutlineField | null>((best, each) => (best === null || each.line >= best.line ? each : best), null)
  return { path: entry.path, field: field?.name ?? null }
}

function startOf(entry: OutlineEntry): number {
  return entry.path === '' ? 0 : entry.line
}

/** The place of a finding; null for one of a parent's file. */
export function placeOfFinding(outline: readonly OutlineTable[], finding: FindingView): Place | null {
  if (finding.rule_set !== null) return null
  // What is not written has no line of its own.
  if (finding.code === 'option_undecided') return { path: 'options', field: null }
  return placeOf(outline, finding.line)
}

/** The findings of this file by place: `path|field`. Those of a parent's file have none, and hints only the list. */
export function findingsByPlace(outline: readonly OutlineTable[], findings: readonly FindingView[]): Map<string, FindingView[]> {
  const found = new Map<string, FindingView[]>()
  for (const finding of findings) {
    const place = finding.severity === 'hint' ? null : placeOfFinding(outline, finding)
    if (place === null) continue
    // What concerns the whole entry stands at its first line.
    const key = placeKey(place.path, place.field)
    found.set(key, [...(found.get(key) ?? []), finding])
  }
  return found
}

/** A place as a key. */
export function placeKey(path: string, field: string | null): string {
  return `${path}|${field ?? ''}`
}

/** The worst of some findings, for a mark. */
export function worst(findings: readonly FindingView[]): FindingView['severity'] | null {
  const order = ['error', 'warning', 'hint'] as const
  return order.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null
}

/** The lines on which an entry stands, tables within it included: from its own to the last of its fields. */
export function linesOf(entry: OutlineEntry): { from: number; to: number } {
  const inner = entry.tables.flatMap((table) => table.entries).map(linesOf)
  const to = Math.max(entry.line, ...entry.fields.map((field) => field.line + field.raw.split('\n').length - 1), ...inner.map((lines) => lines.to))
  return { from: entry.path === '' ? Math.min(to, ...entry.fields.map((field) => field.line)) : entry.line, to }
}
