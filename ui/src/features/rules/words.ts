import type { FindingSeverity, Range, RuleSetView, VerdictView } from '@/bridge/generated'
import { t, type TextKey } from '@/i18n'

/** A rule set with its version: 某某办法（2025 修订）. */
export function nameOf(set: Pick<RuleSetView, 'name' | 'version'>): string {
  return set.version ? t('rules.version_of', { name: set.name, version: set.version }) : set.name
}

/** How loud a finding is. */
export const FINDING_TONES: Record<FindingSeverity, 'bad' | 'warn' | 'info'> = { error: 'bad', warning: 'warn', hint: 'info' }

const VERDICTS: Record<VerdictView, TextKey> = {
  pass: 'rules.trial_pass',
  fail: 'rules.trial_fail',
  none: 'rules.trial_no_requirement',
  exempt: 'rules.trial_exempt',
  outside: 'rules.trial_outside',
}

/** A verdict in words; null is 未定. */
export function verdictWords(verdict: VerdictView | null): string {
  return t(verdict === null ? 'rules.trial_unknown' : VERDICTS[verdict])
}

/** How loud a verdict is. */
export function verdictTone(verdict: VerdictView | null): 'ok' | 'bad' | 'warn' | 'off' {
  if (verdict === null) return 'warn'
  return verdict === 'pass' ? 'ok' : verdict === 'fail' ? 'bad' : 'off'
}

/** Between what an undecided amount lies: 16–17.5. */
export function rangeWords(range: Range): string {
  return range.max === null ? t('rules.trial_from', { min: range.min }) : t('rules.trial_range', { min: range.min, max: range.max })
}
