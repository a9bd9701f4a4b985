/** A row that an address names: `/archive?document=…`. */
import { watch } from 'vue'
import { useRoute } from 'vue-router'

/**
 * Gives the named row to `take` once it is among the rows; not again when
 * the list is asked anew, for the cursor may have gone on by then.
 */
export function useNamedRow(key: string, ids: () => readonly string[], take: (id: string) => void): void {
  const route = useRoute()
  let taken: string | null = null
  watch(
    [ids, () => route.query[key]] as const,
    ([there, wanted]) => {
      if (typeof wanted !== 'string' || wanted === taken || !there.includes(wanted)) return
      taken = wanted
      take(wanted)
    },
    { immediate: true },
  )
}
