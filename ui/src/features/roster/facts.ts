/** What is known of a member beyond the roster's fields: long leave, other reviews, and what rules call `person.<name>`. */
import type { AddMemberFact, MemberFactView, MemberFactWord } from '@/bridge/generated'
import { t, type TextKey } from '@/i18n'

export const FACT_KINDS: Record<MemberFactWord, TextKey> = { leave: 'roster.fact_leave', review: 'roster.fact_review', attribute: 'roster.fact_attribute' }

/** What stands in the form, as it is typed. */
export interface FactDraft {
  kind: MemberFactWord
  name: string
  value: string
  from: string
  until: string
  reason: string
}

/** An empty form of a kind; of a review with the name that it mostly has. */
export function emptyFact(kind: MemberFactWord): FactDraft {
  return { kind, name: kind === 'review' ? t('roster.fact_review_name') : '', value: '', from: '', until: '', reason: '' }
}

/** What the core is given. Leave has no name. */
export function factInput(draft: FactDraft, member: string): AddMemberFact {
  const given = (text: string): string | null => text.trim() || null
  return {
    member,
    kind: draft.kind,
    name: draft.kind === 'leave' ? null : given(draft.name),
    value: draft.value,
    from: given(draft.from),
    until: given(draft.until),
    reason: given(draft.reason),
  }
}

/** A fact in words: `年度考核：优秀`, of leave its kind. */
export function factWords({ kind, name, value }: Pick<MemberFactView, 'kind' | 'name' | 'value'>): string {
  return kind === 'leave' ? value : t('roster.fact_words', { name, value })
}

/** From when until when: `2025-02-01 至 2025-04-30`, `自 2025-07-01`, `一直`. */
export function spanWords({ from, until }: Pick<MemberFactView, 'from' | 'until'>): string {
  if (from === null && until === null) return t('roster.fact_always')
  if (until === null) return t('roster.fact_since', { from: from ?? '' })
  return from === null ? t('roster.fact_up_to', { until }) : t('roster.fact_span', { from, until })
}
