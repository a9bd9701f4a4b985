/**
 * 历年结果 of many people at once: a line a person, cells to type into, a
 * block of a spreadsheet laid over them.
 */
import type { BucketView, MemberRow, OpeningView, RecordOpening } from '@/bridge/generated'

/** A column of the sheet. */
export interface SheetColumn {
  /** `total`, `passed`, `short`, `carry` and the bucket's id. */
  key: string
  kind: 'total' | 'passed' | 'short' | 'carry'
  /** Of a carry: into which bucket; empty where there are none. */
  bucket: string
  label: string
}

/** What stands in a person's cells, as it is typed, by column. */
export type SheetCells = Record<string, string>

/** A requirement that a rule set has. */
export interface Requirement {
  id: string
  label: string
}

/** What is the same for all. */
export interface SheetHead {
  ruleSet: string
  period: string
  reason: string
  document: string
}

const plain = (text: string): string => text.normalize('NFKC').replaceAll('。', '.').trim()
const parts = (text: string): string[] => text.split(/[、，,；;]/).map((each) => each.trim()).filter(Boolean)
const YES = ['达标', '是', '合格', '√', '✓', 'y', 'Y', '1']
const NO = ['未达标', '不达标', '否', '不合格', '×', 'x', 'X', 'n', 'N', '0']

/** The columns under a rule set: one to carry into for each bucket. */
export function sheetColumns(buckets: readonly Pick<BucketView, 'id' | 'label'>[], words: { total: string; passed: string; short: string; carry: (bucket: string) => string }): SheetColumn[] {
  const places = buckets.length > 0 ? buckets : [{ id: '', label: '' }]
  return [
    { key: 'total', kind: 'total', bucket: '', label: words.total },
    { key: 'passed', kind: 'passed', bucket: '', label: words.passed },
    { key: 'short', kind: 'short', bucket: '', label: words.short },
    ...places.map((place): SheetColumn => ({ key: `carry ${place.id}`, kind: 'carry', bucket: place.id, label: words.carry(place.label) })),
  ]
}

/** What the book has of somebody, as cells. */
export function cellsOf(record: OpeningView | undefined, requirements: readonly Requirement[]): SheetCells {
  if (!record) return {}
  const short = record.short.map((id) => requirements.find((each) => each.id === id)?.label ?? id)
  return {
    ...(record.total !== null && { total: record.total }),
    ...(record.passed !== null && { passed: record.passed ? '达标' : '未达标' }),
    ...(short.length > 0 && { short: short.join('、') }),
    ...Object.fromEntries((record.carry ?? []).map(([bucket, amount]) => [`carry ${bucket}`, amount])),
  }
}

/** Whether a cell can be read; blank can. */
export function isReadable(column: SheetColumn, text: string, requirements: readonly Requirement[]): boolean {
  const value = plain(text)
  if (value === '') return true
  if (column.kind === 'passed') return YES.includes(value) || NO.includes(value)
  if (column.kind === 'short') return parts(value).every((each) => requirementOf(each, requirements) !== undefined)
  return /^\d+(\.\d+)?(\/[1-9]\d*)?$/.test(value)
}

function requirementOf(text: string, requirements: readonly Requirement[]): string | undefined {
  return requirements.find((each) => each.id === text || plain(each.label) === plain(text))?.id
}

/** Whether anything stands in the cells. */
export function isBlank(cells: SheetCells): boolean {
  return Object.values(cells).every((text) => text.trim() === '')
}

/** What the core is given of a person. What the sheet has no cell for stays as it was. */
export function recordOf(member: string, cells: SheetCells, columns: readonly SheetColumn[], head: SheetHead, requirements: readonly Requirement[], before?: OpeningView): RecordOpening {
  const cell = (key: string): string => plain(cells[key] ?? '')
  const passed = cell('passed')
  const carry = columns.filter((column) => column.kind === 'carry').flatMap((column): [string, string][] => (cell(column.key) === '' ? [] : [[column.bucket, cell(column.key)]]))
  return {
    member,
    rule_set: head.ruleSet,
    period: head.period.trim(),
    total: cell('total') || null,
    passed: passed === '' ? null : YES.includes(passed),
    buckets: before?.buckets ?? [],
    short: parts(cell('short')).flatMap((each) => requirementOf(each, requirements) ?? []),
    grade: before?.grade ?? null,
    // Nothing handed on was said before: that stays said.
    carry: carry.length > 0 || before?.carry?.length === 0 ? carry : null,
    reason: head.reason,
    document: head.document.trim() || null,
  }
}

/** What a pasted block says of whom; how many of its cells have no place. */
export interface PastedBlock {
  fills: { member: string; key: string; text: string }[]
  left: number
}

/**
 * Lays a block over the sheet from a cell on. Where its first column holds
 * names or 工号 it goes by them, whatever the order; a name that two people
 * have goes to nobody.
 */
export function pasteBlock(text: string, members: readonly Pick<MemberRow, 'id' | 'name' | 'staff_no'>[], columns: readonly SheetColumn[], rowAt: number, columnAt: number): PastedBlock {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/).map((line) => line.split('\t'))
  const named = (cell: string): typeof members => members.filter((each) => each.staff_no === plain(cell) || each.name === cell.replaceAll(/\s/g, ''))
  const byName = lines.some((line) => line.length > 1) && lines.every(([first = '']) => first.trim() === '' || named(first).length > 0)
  const pasted: PastedBlock = { fills: [], left: 0 }
  lines.forEach((line, down) => {
    const found = byName ? named(line[0] ?? '') : members.slice(rowAt + down, rowAt + down + 1)
    const member = found.length === 1 ? found[0] : undefined
    line.slice(byName ? 1 : 0).forEach((cell, across) => {
      if (cell.trim() === '') return
      const column = columns[(byName ? 0 : columnAt) + across]
      if (member && column) pasted.fills.push({ member: member.id, key: column.key, text: cell.trim() })
      else pasted.left += 1
    })
  })
  return pasted
}
