/** The form of 历年结果: what somebody had in a period before the book was kept. */
import type { BucketView, OpeningView, RecordOpening } from '@/bridge/generated'

/** Whether the requirements were met, as a form says it. */
export type PassedWord = 'unknown' | 'yes' | 'no'

/** What stands in the form, as it is typed. */
export interface OpeningDraft {
  member: string | null
  period: string
  total: string
  passed: PassedWord
  /** Amounts by bucket id; empty for not known. */
  buckets: Record<string, string>
  /** Whether it is said what was handed on; else the rules say it. */
  carrySaid: boolean
  /** What it handed on, by bucket id. */
  carry: Record<string, string>
  /** Requirements that were not met, by id. */
  short: string[]
  grade: string
  reason: string
  document: string
}

/** The year before, of nobody yet. */
export function emptyOpening(period: string, member: string | null = null): OpeningDraft {
  return { member, period, total: '', passed: 'unknown', buckets: {}, carrySaid: false, carry: {}, short: [], grade: '', reason: '', document: '' }
}

/** A record of the book, as the form shows it. */
export function openingDraft(view: OpeningView): OpeningDraft {
  return {
    member: view.member,
    period: view.period,
    total: view.total ?? '',
    passed: view.passed === null ? 'unknown' : view.passed ? 'yes' : 'no',
    buckets: Object.fromEntries(view.buckets),
    carrySaid: view.carry !== null,
    carry: Object.fromEntries(view.carry ?? []),
    short: [...view.short],
    grade: view.grade ?? '',
    reason: view.reason,
    document: view.document ?? '',
  }
}

/** What stays for the next person: period, reason and document. */
export function nextOpening({ period, reason, document }: OpeningDraft): OpeningDraft {
  return { ...emptyOpening(period), reason, document }
}

/** What the core is given. A rule set without buckets keeps none, and carries into the one unnamed place. */
export function openingInput(draft: OpeningDraft, member: string, ruleSet: string, buckets: readonly BucketView[]): RecordOpening {
  const amounts = (from: Record<string, string>): [string, string][] =>
    Object.entries(from).flatMap(([id, amount]) => (amount.trim() === '' ? [] : [[id, amount.trim().normalize('NFKC')] as [string, string]]))
  const known = new Set(['', ...buckets.map((each) => each.id)])
  return {
    member,
    rule_set: ruleSet,
    period: draft.period.trim(),
    total: draft.total.trim().normalize('NFKC') || null,
    passed: draft.passed === 'unknown' ? null : draft.passed === 'yes',
    buckets: amounts(draft.buckets).filter(([id]) => known.has(id)),
    short: draft.passed === 'yes' ? [] : [...draft.short],
    grade: draft.grade.trim() || null,
    carry: draft.carrySaid ? amounts(draft.carry).filter(([id]) => known.has(id)) : null,
    reason: draft.reason,
    document: draft.document.trim() || null,
  }
}
