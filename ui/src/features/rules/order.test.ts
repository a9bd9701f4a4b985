import { describe, expect, it } from 'vitest'

import type { OutlineField } from '@/bridge/generated'

import { inOrder, keysOf, ordered, withKeys } from './order'
import { readValue } from './values'

const BY_TIER = { by: 'person.tier', table: { 处级以上: '18', 科级: '12', 其他: '6' }, else: '3' }
const KEYS = ['by', 'table', '处级以上', '科级', '其他', 'else']

describe('the order of names within a value', () => {
  it('goes with an edit', () => {
    expect(keysOf([[BY_TIER]])).toEqual(KEYS)
    expect(withKeys({ kind: 'set', path: 'requirement/0', field: 'min', value: BY_TIER })).toMatchObject({ keys: KEYS })
    expect(withKeys({ kind: 'add', path: 'cap', fields: [['id', '封顶'], ['max', BY_TIER]] })).toMatchObject({ keys: KEYS })
    expect(withKeys({ kind: 'set', path: '', field: 'name', value: '办法' })).not.toHaveProperty('keys')
  })

  it('comes back from the core', () => {
    // As JSON came: by the alphabet.
    const value = { by: 'person.tier', else: '3', table: { 其他: '6', 处级以上: '18', 科级: '12' } }
    expect(JSON.stringify(ordered(value, KEYS))).toBe(JSON.stringify(BY_TIER))
    const field: OutlineField = { name: 'min', line: 3, value, keys: KEYS, raw: '' }
    const head = { path: '', line: 1, id: null, fields: [], tables: [] }
    const inner = { path: 'requirement/0', line: 2, id: '总量', fields: [field], tables: [] }
    const outline = [{ name: '', list: false, entries: [head] }, { name: 'requirement', list: true, entries: [inner] }]
    const read = inOrder({ findings: [], errors: 0, warnings: 0, outline, names: null }).outline[1]?.entries[0]?.fields[0]
    expect(readValue(read?.value)).toMatchObject({ rows: [{ key: '处级以上' }, { key: '科级' }, { key: '其他' }] })
  })
})
