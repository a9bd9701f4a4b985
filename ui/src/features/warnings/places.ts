/** Where warnings and due lines lead, and the words of rules. */
import type { Router } from 'vue-router'

import type { Warning, WarningGrade, WarningPlace, WarningRule, WarningUnit } from '@/bridge/generated'
import { t } from '@/i18n'
import { sentence } from '@/i18n/sentence'

/** The tone of a grade; the word stands on it. */
export const GRADE_TONES: Record<WarningGrade, 'bad' | 'warn' | 'info'> = { grave: 'bad', remind: 'warn', progress: 'info' }

/** A grade as a word. */
export function gradeWord(grade: WarningGrade): string {
  return t(`workbench.grade_${grade}`)
}

/** A rule's name. */
export function ruleWord(rule: WarningRule): string {
  return sentence('warning_rule', rule)
}

/** A threshold with its unit: `30 天`. */
export function thresholdWord(count: number, unit: WarningUnit): string {
  return t(`warnings.unit_${unit}`, { count })
}

/** What a warning says. */
export function warningWords(warning: Warning): string {
  return sentence('notice', warning.code, warning.params)
}

/** The address of a place. */
export function placePath(place: WarningPlace): string {
  switch (place.page) {
    case 'credits':
      return `/credits/${place.member}`
    case 'decisions':
      return '/credits/decisions'
    case 'session':
      return `/sessions/${place.id}`
    case 'attendance':
      // What somebody missed is made up there; that lifts the rate and ends a run of absences.
      return `/attendance/make-ups?by=person&of=${place.member}`
    case 'make_ups':
      return `/attendance/make-ups?by=session&of=${place.session}`
    case 'coverage':
      return `/sessions/coverage?organization=${place.organization}`
    case 'plan':
      return place.member === null ? `/sessions/plan?organization=${place.organization ?? ''}` : `/sessions/plan?member=${place.member}`
    case 'documents':
      return `/archive?document=${place.document}`
    case 'inspection':
      return `/archive/inspections?inspection=${place.id}`
    case 'approval':
      return '/study?state=pending'
    case 'months':
      return '/attendance/months'
    case 'closing':
      return '/credits/closing'
  }
}

/** The address, where there is such a page. */
export function reachable(router: Router, place: WarningPlace): string | null {
  const path = placePath(place)
  const found = router.resolve(path).matched
  return found.length > 0 && !found.some((record) => record.name === 'not-found') ? path : null
}

/** Warnings of one rule and grade. */
export interface WarningGroup {
  rule: WarningRule
  first: Warning
  warnings: readonly Warning[]
}

/**
 * A short list: a rule with more than `alone` warnings of one grade becomes
 * one line, at the place of its first.
 */
export function grouped(warnings: readonly Warning[], alone: number): WarningGroup[] {
  const groups = new Map<string, Warning[]>()
  for (const warning of warnings) {
    const key = `${warning.grade}/${warning.rule}`
    groups.set(key, [...(groups.get(key) ?? []), warning])
  }
  return [...groups.values()].flatMap((own) => {
    const of = (some: readonly Warning[]): WarningGroup[] => some.slice(0, 1).map((first) => ({ rule: first.rule, first, warnings: some }))
    return own.length > alone ? of(own) : own.flatMap((warning) => of([warning]))
  })
}

/** Rules with how many warnings each has, in the order of their first. */
export function ruleCounts(warnings: readonly Warning[]): { rule: WarningRule; count: number }[] {
  const counts = new Map<WarningRule, number>()
  for (const { rule } of warnings) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return [...counts].map(([rule, count]) => ({ rule, count }))
}
