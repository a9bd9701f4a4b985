import type { UseRules } from '@/bridge/generated'

/** When and for whom rules hold, as a form has it; blank: not said. */
export interface UseForm {
  from: string
  until: string
  organization: string
}

/** 1 January of the year of a day. */
export function beginningOfYear(today: string | undefined): string {
  return today ? `${today.slice(0, 4)}-01-01` : ''
}

/** What the core is asked. */
export function useInput(ruleSet: string, form: UseForm): UseRules {
  return { rule_set: ruleSet, from: form.from, until: form.until.trim() || null, organization: form.organization || null }
}
