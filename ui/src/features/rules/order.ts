/**
 * The order of names within a value. A table by rank reads from the highest
 * down, and JSON on its way through the core forgets that: the order travels
 * beside the value, as `keys`.
 */
import type { Inspection, OutlineEntry, RuleEdit } from '@/bridge/generated'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The names within values, each once, as they stand. */
export function keysOf(values: readonly unknown[]): string[] {
  const found = new Set<string>()
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (isRecord(value)) {
      for (const [name, each] of Object.entries(value)) {
        found.add(name)
        collect(each)
      }
    }
  }
  values.forEach(collect)
  return [...found]
}

/** A value with its names in the order of `keys`. */
export function ordered(value: unknown, keys: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => ordered(each, keys))
  if (!isRecord(value)) return value
  const sorted = Object.entries(value).toSorted(([one], [other]) => keys.indexOf(one) - keys.indexOf(other))
  return Object.fromEntries(sorted.map(([name, each]) => [name, ordered(each, keys)]))
}

/** An edit that says in what order its names are to be written. */
export function withKeys(edit: RuleEdit): RuleEdit {
  const keys = edit.kind === 'set' ? keysOf([edit.value]) : edit.kind === 'add' ? keysOf(edit.fields.map(([, value]) => value)) : []
  return keys.length > 0 && (edit.kind === 'set' || edit.kind === 'add') ? { ...edit, keys } : edit
}

/** What the core read, with the values as the file has them. */
export function inOrder(inspection: Inspection): Inspection {
  const entry = (each: OutlineEntry): OutlineEntry => ({
    ...each,
    fields: each.fields.map((field) => (field.keys.length > 1 ? { ...field, value: ordered(field.value, field.keys) } : field)),
    tables: each.tables.map((table) => ({ ...table, entries: table.entries.map(entry) })),
  })
  return { ...inspection, outline: inspection.outline.map((table) => ({ ...table, entries: table.entries.map(entry) })) }
}
