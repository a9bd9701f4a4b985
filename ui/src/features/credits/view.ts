/**
 * What the ledger shows, kept in the address: the member beside the table,
 * the rule set, the filter. Whoever comes back finds it as it was left, and a
 * link can lead to 未达标 at once.
 */
import { watchDebounced } from '@vueuse/core'
import { computed, reactive, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

import type { Tier } from '@/bridge/generated'
import { TIERS } from '@/features/roster/words'

import { STATES, type CreditFilter, type CreditState } from './filter'

/** Typing goes to the address when it pauses. Milliseconds. */
const WRITE_AFTER = 250

/** The view of the ledger. */
export interface LedgerView {
  filter: CreditFilter
  /** Key of the rule set; null for the first in use. */
  set: ComputedRef<string | null>
  chooseSet(key: string): void
  /** Opens a member's ledger beside the table; an empty key closes it. */
  show(member: string): void
  clear(): void
}

/** Reads a filter from the address; what is not a word of it narrows nothing. */
export function readFilter(query: LocationQuery): CreditFilter {
  const word = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  const [tier, state] = [word('tier'), word('state')]
  return { text: word('q'), tier: Object.hasOwn(TIERS, tier) ? (tier as Tier) : '', state: Object.hasOwn(STATES, state) ? (state as CreditState) : '' }
}

/** A filter as a part of the address; nothing for what narrows nothing. */
export function writeFilter({ text, tier, state }: CreditFilter): Record<string, string | undefined> {
  return { q: text.trim() || undefined, tier: tier || undefined, state: state || undefined }
}

/** The view of `/credits`, tied to the address. */
export function useLedgerView(): LedgerView {
  const route = useRoute()
  const router = useRouter()
  const filter = reactive(readFilter(route.query))
  const set = computed(() => setOf(route.query))

  function go(change: { member?: string; set?: string | null }): void {
    if (route.name !== 'credits') return
    const member = change.member ?? (route.params.member as string) ?? ''
    const key = change.set === undefined ? set.value : change.set
    void router.replace({ name: 'credits', params: { member: member || null }, query: { ...writeFilter(filter), set: key ?? undefined } })
  }

  watchDebounced(filter, () => go({}), { debounce: WRITE_AFTER })
  watch(
    () => route.query,
    (query) => {
      if (route.name === 'credits') Object.assign(filter, readFilter(query), filter.text.trim() === (query.q ?? '') ? { text: filter.text } : {})
    },
  )

  return {
    filter,
    set,
    chooseSet: (key) => go({ set: key }),
    show: (member) => go({ member }),
    clear: () => Object.assign(filter, { text: '', tier: '', state: '' }),
  }
}

/** The rule set that an address names; null for the first in use. */
export function setOf(query: LocationQuery): string | null {
  return typeof query.set === 'string' && query.set !== '' ? query.set : null
}
