import guide from '@assets/guide/rules.md?raw'
import { describe, expect, it } from 'vitest'

import { chapterOf, choiceLabel, CHOICES, fieldLabel, tableLabel, tableOf, TABLES } from './catalogue'

const all = TABLES.flatMap((table) => [table, ...(table.tables ?? [])])

describe('the catalogue of tables and fields', () => {
  it('has Chinese words for each of them', () => {
    for (const table of all) {
      expect(tableLabel(table.name), table.name).toMatch(/\p{Script=Han}/u)
      for (const field of table.fields) expect(fieldLabel(table.name, field.name), `${table.name}.${field.name}`).toMatch(/\p{Script=Han}/u)
    }
  })

  it('has Chinese words for each choice', () => {
    for (const [group, values] of Object.entries(CHOICES)) {
      for (const value of values) expect(choiceLabel(group as keyof typeof CHOICES, value), `${group}.${value}`).toMatch(/\p{Script=Han}/u)
    }
  })

  it('names every table that the guide names, and no other', () => {
    const named = new Set([...guide.matchAll(/\[\[?([a-z_.]+)\]\]?/g)].map((match) => (match[1] ?? '').replace('.', '/')))
    // `[id]`, a list of one.
    named.delete('id')
    // Tables that are also written as lists of `{ … }`.
    const inline = ['grade/bands', 'grade/gates']
    expect(all.map((table) => table.name).filter((name) => name !== '' && !inline.includes(name)).toSorted()).toEqual([...named].toSorted())
  })

  it('knows only fields that the guide names', () => {
    for (const table of all) {
      for (const field of table.fields) expect(guide, `${table.name}.${field.name}`).toMatch(new RegExp(`\\b${field.name}\\b`))
    }
  })

  it('finds the table and the chapter of a path', () => {
    expect(tableOf('')?.name).toBe('')
    expect(tableOf('category/12/award/0')?.name).toBe('category/award')
    expect(tableOf('category/2/award')?.name).toBe('category/award')
    expect(tableOf('nonsense/0')).toBeUndefined()
    expect([chapterOf(''), chapterOf('category/1/gate/0'), chapterOf('cap/3'), chapterOf('nonsense/0')]).toEqual(['basic', 'category', 'limit', 'other'])
  })
})
