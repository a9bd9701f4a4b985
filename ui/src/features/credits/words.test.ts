import { describe, expect, it } from 'vitest'

import { member, row } from './testing'
import { brief, dateWords, forecastTone, forecastWords, limitWords, pathOf, rangeWithUnit, rangeWords, requirementTone, requirementWords, resultTone, resultWords, totalWords } from './words'

const ANY = member('1', '赵甲')

describe('amounts', () => {
  it('are exact where they are decimals and near where they are fractions', () => {
    expect([brief('16.5'), brief('1/3')]).toEqual(['16.5', '≈ 0.33'])
  })

  it('say between what they lie, rounded once', () => {
    expect(rangeWords({ min: '16', max: '17.5' })).toBe('16–17.5')
    expect(rangeWords({ min: '16', max: null })).toBe('16 以上')
    expect(rangeWords({ min: '16', max: '16' })).toBe('16')
    // 217 / 6 = 36.166…
    expect(rangeWords({ min: '217/6', max: null })).toBe('≈ 36.17 以上')
    expect(rangeWords({ min: '217/6', max: '40' })).toBe('≈ 36.17–40')
    expect(rangeWithUnit({ min: '16', max: null }, '学时')).toBe('16 学时以上')
    expect(rangeWithUnit({ min: '16', max: '17.5' }, '学分')).toBe('16–17.5 学分')
    expect(totalWords({ earned: '16', range: { min: '16', max: '17.5' } })).toBe('16–17.5')
  })
})

describe('results', () => {
  it('are in words, an undecided one as such', () => {
    expect(resultWords(row(ANY))).toBe('达标')
    expect(resultWords(row(ANY, { verdict: 'fail', gap: '7/3' }))).toBe('差 ≈ 2.33')
    // Another requirement than the total is not met.
    expect(resultWords(row(ANY, { verdict: 'fail', gap: null }))).toBe('未达标')
    expect(resultWords(row(ANY, { verdict: 'exempt' }))).toBe('免修')
    expect(resultWords(row(ANY, { verdict: null, gap: '2' }))).toBe('未定')
  })

  it('are loud where less than half was earned', () => {
    const tone = (earned: string, required: string | null) => resultTone(row(ANY, { verdict: 'fail', earned, required }))
    expect([tone('6', '12'), tone('5.99', '12'), tone('6', null)]).toEqual(['warn', 'bad', 'bad'])
    expect(resultTone(row(ANY, { verdict: null }))).toBe('info')
  })
})

describe('forecasts', () => {
  const forecast = { expected: '9', behind: '5/3', needed_a_month: null, days_gone: 270, days: 365 }

  it('say on pace, behind by how much, or no longer reachable', () => {
    expect(forecastWords({ ...forecast, state: 'on_pace', behind: null })).toBe('进度正常')
    expect(forecastWords({ ...forecast, state: 'behind' })).toBe('落后 ≈ 1.67')
    expect(forecastWords({ ...forecast, state: 'unreachable' })).toBe('已无法达到')
    expect(forecastWords(null)).toBe('')
    expect([forecastTone({ ...forecast, state: 'behind' }), forecastTone({ ...forecast, state: 'unreachable' }), forecastTone(null)]).toEqual(['warn', 'bad', 'off'])
  })
})

describe('requirements', () => {
  it('tell what binds from what only advises, and what was made up for', () => {
    expect(requirementWords({ passed: false, binding: true, repaired: false })).toBe('未达到')
    expect(requirementWords({ passed: false, binding: false, repaired: false })).toBe('建议，未达到')
    expect(requirementWords({ passed: false, binding: true, repaired: true })).toBe('已补足')
    expect([requirementTone({ passed: false, binding: false, repaired: false }), requirementTone({ passed: false, binding: true, repaired: true })]).toEqual(['warn', 'ok'])
    expect(limitWords({ min: '1/3', max: '2' })).toBe('不低于 1/3，不超过 2')
  })
})

describe('facts', () => {
  it('have dates as precise as they are known, in full where they are of another year', () => {
    expect([dateWords('2025-03-05', 2025), dateWords('2025-03', 2025), dateWords('2025', 2025), dateWords('2024-12-30', 2025), dateWords(null, 2025)]).toEqual(['3月5日', '3月', '2025', '2024-12-30', '日期不详'])
  })

  it('lead to where they were recorded', () => {
    expect(pathOf({ page: 'session', id: 's' })).toBe('/sessions/s')
    expect(pathOf({ page: 'study', id: 'e' })).toBe('/study?entry=e')
    expect(pathOf({ page: 'manual_credit', id: 'c' })).toBe('/credits/manual?entry=c')
    expect(pathOf({ page: 'none' })).toBeNull()
  })
})
