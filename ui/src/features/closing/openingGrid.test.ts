import { describe, expect, it } from 'vitest'

import type { OpeningView } from '@/bridge/generated'

import { cellsOf, isBlank, isReadable, pasteBlock, recordOf, sheetColumns } from './openingGrid'

const WORDS = { total: '总量', passed: '结论', short: '未达到', carry: (bucket: string) => `结转${bucket}` }
const COLUMNS = sheetColumns([{ id: 'r', label: '必修' }, { id: 'e', label: '选修' }], WORDS)
const REQUIREMENTS = [{ id: 'all', label: '总量' }, { id: 'web', label: '网络学习' }]
const HEAD = { ruleSet: 'annual', period: '2024', reason: '汇总表', document: ' ' }
const MEMBERS = [
  { id: 'm1', name: '赵甲', staff_no: '001' },
  { id: 'm2', name: '钱乙', staff_no: null },
  { id: 'm3', name: '钱乙', staff_no: '003' },
]
const VIEW: OpeningView = { id: 'o', member: 'm1', member_name: '赵甲', rule_set: 'annual', period: '2024', total: '91', passed: false, buckets: [['r', '73']], short: ['web'], grade: '合格', carry: [], reason: '', document: null }

describe('results of many people', () => {
  it('reads what is typed, in any usual spelling', () => {
    const cells = { total: '１６.５', passed: '×', short: '网络学习、all', 'carry e': '1/3' }
    expect(COLUMNS.every((column) => isReadable(column, (cells as Record<string, string>)[column.key] ?? '', REQUIREMENTS))).toBe(true)
    expect(recordOf('m1', cells, COLUMNS, HEAD, REQUIREMENTS)).toEqual({
      member: 'm1', rule_set: 'annual', period: '2024', total: '16.5', passed: false, buckets: [], short: ['web', 'all'], grade: null, carry: [['e', '1/3']], reason: '汇总表', document: null,
    })
    expect(['许多', '-3', '1/0'].map((text) => isReadable(COLUMNS[0]!, text, REQUIREMENTS))).toEqual([false, false, false])
    expect(isReadable(COLUMNS[1]!, '大概', REQUIREMENTS)).toBe(false)
    expect(isReadable(COLUMNS[2]!, '总量、没有的', REQUIREMENTS)).toBe(false)
  })

  it('shows what the book has, and keeps what the sheet has no cell for', () => {
    const cells = cellsOf(VIEW, REQUIREMENTS)
    expect(cells).toEqual({ total: '91', passed: '未达标', short: '网络学习' })
    expect([isBlank({}), isBlank(cells)]).toEqual([true, false])
    expect(recordOf('m1', cells, COLUMNS, HEAD, REQUIREMENTS, VIEW)).toMatchObject({ buckets: [['r', '73']], grade: '合格', carry: [], short: ['web'], passed: false })
  })

  it('lays a block from a cell on, and counts what has no place', () => {
    expect(pasteBlock('12\t达标\r\n8\t\r\n', MEMBERS, COLUMNS, 1, 0)).toEqual({
      fills: [{ member: 'm2', key: 'total', text: '12' }, { member: 'm2', key: 'passed', text: '达标' }, { member: 'm3', key: 'total', text: '8' }],
      left: 0,
    })
    expect(pasteBlock('1\n2', MEMBERS, COLUMNS, 2, 4).left).toBe(1)
  })

  it('goes by the names where a block begins with them', () => {
    expect(pasteBlock('003\t9\n赵 甲\t12\t√\n钱乙\t7', MEMBERS, COLUMNS, 2, 3)).toEqual({
      fills: [{ member: 'm3', key: 'total', text: '9' }, { member: 'm1', key: 'total', text: '12' }, { member: 'm1', key: 'passed', text: '√' }],
      left: 1,
    })
  })
})
