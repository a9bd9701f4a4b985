import { onScopeDispose, shallowRef, toValue, watchEffect, type MaybeRefOrGetter } from 'vue'

/** What a page puts in place of its route's title; null for none. */
export const pageTitle = shallowRef<string | null>(null)

/** Titles a page by its content: `usePageTitle(() => session.data.value?.title ?? null)`. */
export function usePageTitle(title: MaybeRefOrGetter<string | null>): void {
  watchEffect(() => (pageTitle.value = toValue(title)))
  onScopeDispose(() => (pageTitle.value = null))
}
