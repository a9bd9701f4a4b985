import { describe, expect, it } from 'vitest'

import type { FindingView, OutlineEntry, OutlineTable } from '@/bridge/generated'

import { entryAt, findingsByPlace, linesOf, placeOf, placeOfFinding, worst } from './outline'

const entry = (path: string, line: number, fields: [string, number, unknown][], tables: OutlineTable[] = []): OutlineEntry => ({
  path,
  line,
  id: null,
  fields: fields.map(([name, at, value]) => ({ name, line: at, value, keys: [], raw: JSON.stringify(value) })),
  tables,
})

// 1 id  2 name  3 (blank)  4 [[category]]  5 id  6 [[category.award]]  7 of  8 credit  9 [[cap]]  10 on
const OUTLINE: OutlineTable[] = [
  { name: '', list: false, entries: [entry('', 1, [['id', 1, 'demo'], ['name', 2, '示例']])] },
  {
    name: 'category',
    list: true,
    entries: [entry('category/0', 4, [['id', 5, '党课']], [{ name: 'award', list: true, entries: [entry('category/0/award/0', 6, [['of', 7, 'days'], ['credit', 8, '6']])] }])],
  },
  { name: 'cap', list: true, entries: [entry('cap/0', 9, [['on', 10, ['党课']]])] },
]

const finding = (line: number, severity: FindingView['severity'] = 'error', ruleSet: string | null = null): FindingView => ({ code: 'x', severity, line, column: 1, rule_set: ruleSet, text: '…' })

describe('the places of a file', () => {
  it.each([
    [1, '', 'id'],
    [3, '', 'name'],
    [4, 'category/0', null],
    [5, 'category/0', 'id'],
    [6, 'category/0/award/0', null],
    [8, 'category/0/award/0', 'credit'],
    [10, 'cap/0', 'on'],
    [99, 'cap/0', 'on'],
  ])('line %i belongs to “%s” %s', (line, path, field) => {
    expect(placeOf(OUTLINE, line)).toEqual({ path, field })
  })

  it('has none where the file cannot be read', () => {
    expect(placeOf([], 3)).toBeNull()
    expect(entryAt([], 'cap/0')).toBeUndefined()
  })

  it('puts findings at their fields, and those of a parent nowhere', () => {
    const found = findingsByPlace(OUTLINE, [finding(7), finding(7, 'warning'), finding(4), finding(5, 'error', '上级'), finding(10, 'hint')])
    expect(found.get('category/0/award/0|of')).toHaveLength(2)
    expect(found.get('category/0|')).toHaveLength(1)
    expect(found.size).toBe(2)
    expect(worst([finding(1, 'hint'), finding(1, 'warning')])).toBe('warning')
    expect(worst([])).toBeNull()
  })

  it('leads from what is not written to where it can be', () => {
    expect(placeOfFinding(OUTLINE, { ...finding(1, 'hint'), code: 'option_undecided' })).toEqual({ path: 'options', field: null })
    expect(placeOfFinding(OUTLINE, finding(5, 'error', '上级'))).toBeNull()
  })

  it('knows the lines of an entry with what is in it', () => {
    const category = entryAt(OUTLINE, 'category/0')
    expect(category && linesOf(category)).toEqual({ from: 4, to: 8 })
    const head = entryAt(OUTLINE, '')
    expect(head && linesOf(head)).toEqual({ from: 1, to: 2 })
  })
})
