import type { UseQueryReturnType } from '@tanstack/vue-query'

import type { CoreError } from '@/bridge/errors'
import type { AppState } from '@/bridge/generated'
import { useCoreQuery } from '@/bridge/queries'

/** The open book, the recent ones, today, the version, the appearance; one query for the whole window. */
export function useAppState(): UseQueryReturnType<AppState, CoreError> {
  return useCoreQuery('app.state', {})
}
