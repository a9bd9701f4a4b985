import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import type { AppState } from '@/bridge/generated'

/**
 * The year on screen, one for all pages:
 *
 *     const { year } = storeToRefs(useYear())
 */
export const useYear = defineStore('year', () => {
  const chosen = ref<number | null>(null)
  const known = ref<number[]>([])
  const thisYear = ref(new Date().getFullYear())

  /** The year chosen; else the latest that holds records; else this one. */
  const year = computed(() => chosen.value ?? known.value.filter((each) => each <= thisYear.value).at(-1) ?? thisYear.value)

  /** Years to choose from, latest first: those with records, this one, the next. */
  const years = computed(() => [...new Set([...known.value, thisYear.value, thisYear.value + 1, year.value])].sort((a, b) => b - a))

  function choose(value: number): void {
    chosen.value = value
  }

  /** Takes over what the core says; another book starts without a choice. */
  function follow(state: AppState): void {
    thisYear.value = Number(state.today.slice(0, 4)) || thisYear.value
    known.value = state.book?.years ?? []
  }

  function forget(): void {
    chosen.value = null
  }

  return { year, years, choose, follow, forget }
})
