import { describe, expect, it } from 'vitest'

import type { DecisionView } from '@/bridge/generated'

import { decisionsFor, draftOf, isUnlimited, missing, requestOf, resultOf } from './decide'
import { answerWords } from './words'
import { question } from './testing'

const VALUE = question({ key: 'value:f1', fact: 'f1', wants_value: true, for_all: false, readings: [] })

function decision(given: Partial<DecisionView>): DecisionView {
  return { id: 'd', rule_set: 'annual', question: 'options.change', question_text: '按哪个时候的？', reading_label: '按期末', member: null, member_name: null, fact: null, reading: 'end', value: null, reason: '请示', document: null, decided_by: '', decided_on: '2025-03-01', ...given }
}

describe('a decision', () => {
  it('wants an answer and a reason', () => {
    const draft = draftOf(question(), 'm1')
    expect(missing(question(), draft)).toBe('reading')
    expect(missing(question(), { ...draft, reading: 'end' })).toBe('reason')
    expect(missing(question(), { ...draft, reading: 'end', reason: '请示' })).toBeNull()
    expect(missing(VALUE, draftOf(VALUE, 'm1'))).toBe('value')
  })

  it('is proposed for everybody where the question is everybody’s, else for the member', () => {
    expect([draftOf(question(), 'm1').forAll, draftOf(VALUE, 'm1').forAll, draftOf(VALUE, null).forAll]).toEqual([true, false, true])
  })

  it('names either the reading or the number, as it is typed in any width', () => {
    const draft = { ...draftOf(VALUE, 'm1'), value: ' １/３ ', reason: '请示', document: '3 号' }
    expect(requestOf('annual', VALUE, draft, 'm1')).toEqual({ rule_set: 'annual', question: 'value:f1', member: 'm1', fact: 'f1', reading: null, value: '1/3', reason: '请示', document: '3 号' })
    expect(requestOf('annual', question(), { ...draftOf(question(), 'm1', 'end'), reason: '请示' }, 'm1')).toMatchObject({ member: null, reading: 'end', value: null, document: null })
  })

  it('holds for a member by itself or for everybody', () => {
    const all = [decision({ id: 'a' }), decision({ id: 'b', member: 'm1' }), decision({ id: 'c', member: 'm2' }), decision({ id: 'd', rule_set: 'web' })]
    expect(decisionsFor(all, 'annual', 'm1').map((each) => each.id)).toEqual(['a', 'b'])
  })

  it('says what each reading comes to, other questions read any way', () => {
    const outcomes = [
      { choices: [['options.leave', 'full'], ['x', 'a']] as [string, string][], total: '9', required: '12', verdict: 'fail' as const },
      { choices: [['options.leave', 'full'], ['x', 'b']] as [string, string][], total: '12', required: '12', verdict: 'pass' as const },
      { choices: [['options.leave', 'exempt'], ['x', 'a']] as [string, string][], total: '9', required: null, verdict: 'exempt' as const },
    ]
    expect(resultOf(outcomes, 'options.leave', 'full')).toEqual({ required: ['12'], verdicts: ['fail', 'pass'] })
    expect(resultOf(outcomes, 'options.leave', 'exempt')).toEqual({ required: [], verdicts: ['exempt'] })
    expect(isUnlimited([question()])).toBe(false)
    expect(isUnlimited([question({ readings: [{ id: 'u', label: '更多', range: null, unbounded: true }] })])).toBe(true)
  })
})

describe('a decision in words', () => {
  it('is the reading that was shown, or the number', () => {
    expect(answerWords({ reading_label: '按期末', value: null })).toBe('读作“按期末”')
    expect(answerWords({ reading_label: null, value: '1/3' })).toBe('计 1/3')
  })
})
