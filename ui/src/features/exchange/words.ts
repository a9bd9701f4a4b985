import type { ImportKind, Outcome } from '@/bridge/generated'
import type { TextKey } from '@/i18n'

/** What can be imported, in the order in which it is of use. */
export const KINDS: readonly ImportKind[] = ['roster', 'sessions', 'attendance', 'sign_in', 'self_study']

export const KIND_NAMES: Record<ImportKind, TextKey> = {
  roster: 'exchange.kind_roster',
  sessions: 'exchange.kind_sessions',
  attendance: 'exchange.kind_attendance',
  self_study: 'exchange.kind_self_study',
  sign_in: 'exchange.kind_sign_in',
}

/** What a file of the kind has to hold. */
export const KIND_NEEDS: Record<ImportKind, TextKey> = {
  roster: 'exchange.needs_roster',
  sessions: 'exchange.needs_sessions',
  attendance: 'exchange.needs_attendance',
  self_study: 'exchange.needs_self_study',
  sign_in: 'exchange.needs_sign_in',
}

/** Where the imported records are seen. */
export const KIND_PAGES: Record<ImportKind, string> = { roster: '/roster', sessions: '/sessions', attendance: '/sessions', self_study: '/study', sign_in: '/sessions' }

/** What one does after an import of the kind. */
export const NEXT_STEPS: Record<ImportKind, { label: TextKey; path: string }> = {
  roster: { label: 'exchange.next_sessions', path: '/import/sessions' },
  sessions: { label: 'exchange.next_attendance', path: '/import/attendance' },
  attendance: { label: 'exchange.next_self_study', path: '/import/self_study' },
  self_study: { label: 'exchange.next_credits', path: '/credits' },
  sign_in: { label: 'sign_in.back_to_roll', path: '/sessions' },
}

/** The outcomes of rows, in the order of the screen. */
export const OUTCOMES: readonly Outcome[] = ['add', 'change', 'keep', 'refuse', 'ask']

export const OUTCOME_NAMES: Record<Outcome, TextKey> = {
  add: 'exchange.outcome_add',
  change: 'exchange.outcome_change',
  keep: 'exchange.outcome_keep',
  refuse: 'exchange.outcome_refuse',
  ask: 'exchange.outcome_ask',
}

export const OUTCOME_TONES = { add: 'ok', change: 'info', keep: 'off', refuse: 'bad', ask: 'warn' } as const satisfies Record<Outcome, string>

/** The kind that an address names; none where it names no kind. */
export function kindOf(word: string | undefined): ImportKind | null {
  // The command line writes it in one word.
  const kind = word === 'selfstudy' ? 'self_study' : word
  return KINDS.find((each) => each === kind) ?? null
}
