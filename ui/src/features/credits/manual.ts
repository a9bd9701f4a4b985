/** The form of a credit by hand, and of a correction that stands in the place of an entry. */
import type { CreditEntry, ManualCreditInput, ManualCreditView } from '@/bridge/generated'

/** What stands in the form, as it is typed. */
export interface ManualDraft {
  member: string | null
  /** Key of the rule set; empty: in every rule set that has the category. */
  ruleSet: string
  category: string
  date: string
  amount: string
  reason: string
  document: string
  evidence: string
  /** The fact in whose place it stands; null for a credit of its own. */
  corrects: string | null
}

/** What the form begins with. */
export type ManualStart =
  | { kind: 'new'; member: string | null; ruleSet: string; date: string }
  | { kind: 'correct'; member: string; ruleSet: string; entry: CreditEntry }
  | { kind: 'edit'; credit: ManualCreditView }

/** The form as it opens. A correction begins with what it corrects: day, category, and what counted before. */
export function draftOf(start: ManualStart): ManualDraft {
  switch (start.kind) {
    case 'new':
      return { member: start.member, ruleSet: start.ruleSet, category: '', date: start.date, amount: '', reason: '', document: '', evidence: '', corrects: null }
    case 'correct':
      return {
        member: start.member,
        ruleSet: start.ruleSet,
        category: start.entry.category_id,
        date: start.entry.date ?? '',
        amount: start.entry.base,
        reason: '',
        document: '',
        evidence: '',
        corrects: start.entry.fact_id,
      }
    case 'edit': {
      const { member, rule_set, category, date, amount, reason, document, evidence, corrects } = start.credit
      return { member, ruleSet: rule_set ?? '', category, date, amount, reason, document: document ?? '', evidence: evidence ?? '', corrects }
    }
  }
}

/** What the core is given. */
export function inputOf(draft: ManualDraft, member: string): ManualCreditInput {
  return {
    member,
    rule_set: draft.ruleSet || null,
    category: draft.category,
    date: draft.date,
    amount: draft.amount.trim().normalize('NFKC'),
    reason: draft.reason,
    document: draft.document.trim() || null,
    evidence: draft.evidence.trim() || null,
    corrects: draft.corrects,
  }
}
