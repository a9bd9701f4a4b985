import { describe, expect, it } from 'vitest'

import { doneCount, missingText, openSteps } from './steps'

describe('what is missing of a step', () => {
  it('is one of several where one is enough', () => {
    const text = missingText({ step: 'record', done: false, there: [], missing: ['minutes', 'minutes_paper'] })
    expect(text.split('，或')).toHaveLength(2)
  })

  it('leaves out what one cannot do any more', () => {
    const text = missingText({ step: 'plan', done: false, there: [], missing: ['plan_item', 'series', 'entered_before'] })
    expect(text).toContain('计划条目')
    expect(text).not.toContain('或')
  })

  it('is all of them where all are wanted', () => {
    const text = missingText({ step: 'arrangement', done: false, there: ['time'], missing: ['agenda', 'notice'] })
    expect(text).toContain('、')
    expect(text).not.toContain('或')
  })

  it('names what one can do oneself', () => {
    const text = missingText({ step: 'check', done: false, there: [], missing: ['checker', 'check_day', 'inspection'] })
    expect(text).not.toContain('督查')
  })

  it('is nothing where the step is done', () => {
    expect(missingText({ step: 'summary', done: true, there: ['summary'], missing: [] })).toBe('')
  })
})

describe('the six in a list', () => {
  it('are counted and named', () => {
    expect(doneCount([{ done: true }, { done: false }, { done: true }])).toBe(2)
    expect(openSteps([true, true, true, false, true, false])).toBe('缺记录、总结')
    expect(openSteps([true, true, true, true, true, true])).toBe('六有齐全')
  })
})
