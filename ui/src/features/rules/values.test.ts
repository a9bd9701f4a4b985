import { describe, expect, it } from 'vitest'

import { asKind, readBands, readValue, valueWords, writeBands, writeValue } from './values'

describe('values of section 4 of the guide', () => {
  it.each([
    ['48', '48'],
    [{ formula: '2 * person.tenure' }, '2 * person.tenure'],
    [{ by: 'person.rank', table: { 处级: '18', 科级: '12' } }, '处级 18、科级 12'],
    [{ by: ['person.rank', 'person.organization'], table: { '处级/机关': '40', '处级/两新': '24' }, else: '16' }, '处级/机关 40、处级/两新 24'],
    [{ by: 'minutes', bands: [{ from: '30', credit: '1' }, { over: '15', under: '30', credit: '0.5' }, { to: '15', credit: '0.25' }] }, '1、0.5、0.25'],
  ])('come back as they were: %j', (value, words) => {
    const form = readValue(value)
    expect(form && writeValue(form)).toEqual(value)
    expect(valueWords(value)).toBe(words)
  })

  it('keep the reading of a band', () => {
    const bands = [{ from: '1', under: '3', credit: '2', reading: '问题/甲' }]
    expect(writeBands(readBands(bands, 'credit'), 'credit')).toEqual(bands)
    const grades = [{ from: '90', name: '优秀' }]
    expect(writeBands(readBands(grades, 'name'), 'name')).toEqual(grades)
  })

  it('are numbers without quotes as well, and nothing else', () => {
    expect(readValue(18)).toEqual({ kind: 'constant', amount: '18' })
    expect(readValue(true)).toBeNull()
    expect(readValue({ by: 'x' })).toBeNull()
  })

  it('keep the amount where the form changes', () => {
    const table = asKind({ kind: 'constant', amount: '18' }, 'table')
    expect(table.kind === 'table' && table.rows.every((row) => row.value === '18')).toBe(true)
    expect(asKind(table, 'constant')).toEqual({ kind: 'constant', amount: '18' })
    expect(asKind(table, 'table')).toBe(table)
  })
})
