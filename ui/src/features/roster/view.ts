/**
 * How the list is narrowed and ordered. It stands in the address too, so that
 * going back from a member finds the list as it was left, and another book
 * starts with none of it.
 */
import { reactive, watch } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

import type { MemberOrder } from '@/bridge/generated'

import type { RosterFilter } from './filter'
import { ORDERS, TIERS } from './words'

/** The list's state, each part for a `v-model`. */
export interface RosterView {
  filter: RosterFilter
  order: MemberOrder
  /** Whether those who have left are listed too. */
  includeLeft: boolean
}

/** What an address says; what it does not say, or says wrongly, is as at the start. */
export function viewOfQuery(query: LocationQuery): RosterView {
  const part = (key: string): string => (typeof query[key] === 'string' ? query[key] : '')
  const isTier = (word: string): word is keyof typeof TIERS => word in TIERS
  const isOrder = (word: string): word is MemberOrder => word in ORDERS
  const [tier, order] = [part('tier'), part('order')]
  return {
    filter: { text: part('text'), tier: isTier(tier) ? tier : '', category: part('category'), organization: part('organization') },
    order: isOrder(order) ? order : 'strokes',
    includeLeft: part('left') !== '',
  }
}

/** The words that an address carries for a view; `undefined` takes a word out. */
export function queryOfView({ filter, order, includeLeft }: RosterView): Record<string, string | undefined> {
  return {
    text: filter.text || undefined,
    tier: filter.tier || undefined,
    category: filter.category || undefined,
    organization: filter.organization || undefined,
    order: order === 'strokes' ? undefined : order,
    left: includeLeft ? '1' : undefined,
  }
}

/** The view of the page on screen. What is typed holds at once; the address follows. */
export function useRosterView(): RosterView {
  const route = useRoute()
  const router = useRouter()
  const view = reactive(viewOfQuery(route.query))
  watch(view, () => void router.replace({ query: { ...route.query, ...queryOfView(view) } }))
  watch(
    () => route.query,
    (query) => {
      // The page is being left, or the address is our own: nothing to take over.
      if (route.name !== 'roster' || JSON.stringify(queryOfView(viewOfQuery(query))) === JSON.stringify(queryOfView(view))) return
      Object.assign(view, viewOfQuery(query))
    },
  )
  return view
}
