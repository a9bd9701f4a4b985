import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

import { routes } from '@/app/routes'
import type { Warning, WarningGrade, WarningRule } from '@/bridge/generated'

import { grouped, placePath, reachable, ruleCounts } from './places'

function warning(key: string, rule: WarningRule, grade: WarningGrade): Warning {
  return { key, rule, threshold: null, grade, code: 'roll_not_taken', subject: key, params: {}, place: { page: 'months' } }
}

describe('places of warnings', () => {
  it('leads to the page where it is mended', () => {
    expect(placePath({ page: 'credits', member: 'm1' })).toBe('/credits/m1')
    expect(placePath({ page: 'session', id: 's1' })).toBe('/sessions/s1')
    expect(placePath({ page: 'make_ups', session: 's1' })).toBe('/attendance/make-ups?by=session&of=s1')
    expect(placePath({ page: 'attendance', member: 'm1' })).toBe('/attendance/make-ups?by=person&of=m1')
    expect(placePath({ page: 'documents', document: 'd1' })).toBe('/archive?document=d1')
    expect(placePath({ page: 'plan', organization: null, member: 'm1' })).toBe('/sessions/plan?member=m1')
    expect(placePath({ page: 'plan', organization: 'o1', member: null })).toBe('/sessions/plan?organization=o1')
  })

  it('gives no address where the program has no such page', () => {
    const component = { render: () => null }
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/credits/:member', component }, { path: '/:rest(.*)*', name: 'not-found', component }] })
    expect(reachable(router, { page: 'credits', member: 'm1' })).toBe('/credits/m1')
    expect(reachable(router, { page: 'months' })).toBeNull()
  })

  it('knows the page of the program that says there is none', () => {
    expect(routes.at(-1)?.name).toBe('not-found')
  })
})

describe('groups of warnings', () => {
  const many = [1, 2, 3].map((number) => warning(`r${number}`, 'roll_open', 'remind'))

  it('joins what one rule says more than so often, at the first of them', () => {
    const groups = grouped([warning('a', 'finding_overdue', 'grave'), ...many, warning('m', 'month_open', 'progress')], 2)
    expect(groups.map((group) => [group.first.key, group.warnings.length])).toEqual([
      ['a', 1],
      ['r1', 3],
      ['m', 1],
    ])
    expect(grouped(many, 3)).toHaveLength(3)
  })

  it('counts rules', () => {
    expect(ruleCounts([...many, warning('m', 'month_open', 'progress')])).toEqual([
      { rule: 'roll_open', count: 3 },
      { rule: 'month_open', count: 1 },
    ])
  })
})
