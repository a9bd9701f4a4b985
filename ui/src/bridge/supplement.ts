import { useSupplement } from '@/stores/supplement'

import { CoreError } from './errors'

/** What a request carries beside its own fields, where a closed month is changed. */
export interface Reasoned {
  supplement_reason?: string
}

/**
 * Calls; where the core refuses because a month is closed, asks why it is
 * changed all the same and calls again with the reason. Without one the
 * refusal stands.
 */
export async function orWithReason<T>(call: (reasoned: Reasoned) => Promise<T>): Promise<T> {
  try {
    return await call({})
  } catch (thrown) {
    const error = CoreError.from(thrown)
    if (error.code !== 'month_closed') throw error
    const reason = await useSupplement().ask(error.params)
    if (reason === null) throw error
    return call({ supplement_reason: reason })
  }
}
