import { describe, expect, it } from 'vitest'

import type { ManualCreditView } from '@/bridge/generated'

import { draftOf, inputOf } from './manual'
import { entry } from './testing'

const CREDIT: ManualCreditView = {
  id: 'c1',
  member: 'm1',
  member_name: '赵甲',
  rule_set: null,
  category: 'collective',
  date: '2025-04-01',
  amount: '2',
  reason: '调训',
  document: null,
  evidence: null,
  corrects: 'f7',
  state: 'accepted',
  revision: 3,
}

describe('a credit by hand', () => {
  it('begins on the day given, in the rule set on screen', () => {
    expect(draftOf({ kind: 'new', member: 'm1', ruleSet: 'annual', date: '2025-12-15' })).toMatchObject({ member: 'm1', ruleSet: 'annual', date: '2025-12-15', amount: '', corrects: null })
  })

  it('corrects what counted before the caps, in the place of the entry', () => {
    const draft = draftOf({ kind: 'correct', member: 'm1', ruleSet: 'annual', entry: entry() })
    expect(draft).toMatchObject({ category: 'collective', date: '2025-03-03', amount: '0.75', corrects: 'f1' })
  })

  it('stays what it was until something is changed', () => {
    const { id, member_name, state, revision, ...rest } = CREDIT
    expect(inputOf(draftOf({ kind: 'edit', credit: CREDIT }), 'm1')).toEqual(rest)
    expect([id, member_name, state, revision]).toEqual(['c1', '赵甲', 'accepted', 3])
  })

  it('takes amounts in any width, and no empty texts', () => {
    const draft = { ...draftOf({ kind: 'new', member: 'm1', ruleSet: '', date: '' }), amount: ' －０.５ ', document: ' ', evidence: ' 证书 ' }
    expect(inputOf(draft, 'm1')).toMatchObject({ rule_set: null, amount: '-0.5', document: null, evidence: '证书' })
  })
})
