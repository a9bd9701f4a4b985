import { describe, expect, it } from 'vitest'

import { readDue, readRange, readScore, readWithin, writeDue, writeRange, writeScore, writeWithin } from './parts'

describe('values made of parts come back as they were', () => {
  it.each([{ min: '1', max: '5' }, { over: '0', under: '24' }, { min: '0', max: '24', value: 'given' }])('range %j', (value) => {
    expect(writeRange(readRange(value))).toEqual(value)
  })
  it.each([{ after: 'person.promoted_on', months: 12 }, { after: 'person.joined_on', months: 6, days: 15 }])('within %j', (value) => {
    expect(writeWithin(readWithin(value))).toEqual(value)
  })
  it.each([{ days: 30 }, { months: 1 }, { next: ['中心组学习', '党课'] }])('due %j', (value) => {
    expect(writeDue(readDue(value))).toEqual(value)
  })
  it.each([
    { by: ['自评', '核查'], use: '核查' },
    { by: ['自评', '互评', '核查'], use: { 自评: '0.2', 互评: '0.3', 核查: '0.5' }, step: '0.5' },
    { by: ['自评', '互评'], use: 'mean', reason: true },
    { by: ['核查'] },
  ])('score %j', (value) => {
    expect(writeScore(readScore(value))).toEqual(value)
  })

  it('are nothing where nothing is written', () => {
    expect([writeRange(readRange(undefined)), writeWithin(readWithin(undefined)), writeDue(readDue(undefined)), writeScore(readScore(undefined))]).toEqual([undefined, undefined, undefined, undefined])
  })
})
