import { usePreferredDark } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, watchEffect } from 'vue'

import { host } from '@/bridge/core'
import type { Appearance } from '@/bridge/generated'
import { rem } from '@/design/rem'

/** How the window looks on this machine: theme and text size. Kept by the core, outside any book. */
export const useAppearance = defineStore('appearance', () => {
  const appearance = ref<Appearance>({ theme: 'system', text_percent: 100 })
  const systemDark = usePreferredDark()
  const dark = computed(() => appearance.value.theme === 'dark' || (appearance.value.theme === 'system' && systemDark.value))

  watchEffect(() => {
    const root = document.documentElement
    root.dataset.theme = dark.value ? 'dark' : 'light'
    root.style.setProperty('--text-percent', String(appearance.value.text_percent))
    rem.value = 0.16 * appearance.value.text_percent
  })

  /** Takes over what the core says. */
  function follow(given: Appearance): void {
    appearance.value = { ...given }
  }

  /** Changes it at once and has the core keep it. */
  async function set(change: Partial<Appearance>): Promise<void> {
    appearance.value = await host('app.set_appearance', { ...appearance.value, ...change })
  }

  return { appearance, dark, follow, set }
})
