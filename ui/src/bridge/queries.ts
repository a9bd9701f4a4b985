/**
 * What the core knows, on screen. In a page:
 *
 *     const sessions = useCoreQuery('sessions.list', () => ({ year: year.value }))
 *     const edit = useMutate('sessions.edit')
 *     await edit.run({ id, revision, session })      // toast with 撤销, lists refresh themselves
 *
 * A query's key is `[command, request]`. A change says which areas it
 * touched; `STALE_BY_AREA` says which commands are asked again for each.
 */
import { QueryClient, useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, readonly, ref, toValue, type MaybeRefOrGetter, type Ref } from 'vue'

import { sentence } from '@/i18n/sentence'
import { t } from '@/i18n'
import { useToasts, type ToastAction } from '@/stores/toasts'

import { host, mutate, query, type CommandsOf, type RequestOf, type ResponseOf } from './core'
import { CoreError } from './errors'
import type { OperationLabel } from './generated'
import { orWithReason } from './supplement'

/** Commands that only read. */
export type Readable = CommandsOf<'query'> | 'app.state'

/** The one cache. Nothing else changes the book, so what was read stays true until a change says otherwise. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: false, networkMode: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false } },
})

/** What is computed from records and rules, by the first word of its commands. */
const COMPUTED = ['credits', 'closing', 'assess', 'workbench', 'warnings'] as const

/** What is planned, covered, owed: read from sessions, marks and the roster. */
const DESK = ['plans', 'calendar', 'series', 'words', 'coverage', 'make_ups', 'leave', 'months', 'rotation', 'cards'] as const

/** The office's own records. */
const ARCHIVE = ['documents', 'inspections', 'observers', 'expenses', 'commendations', 'cases', 'attachments'] as const

/** First words of the commands whose answers depend on an area. */
const STALE_BY_AREA: Record<string, readonly string[]> = {
  settings: ['cards'],
  organizations: ['organizations', 'roster', 'sessions', 'rules', ...DESK, ...ARCHIVE, ...COMPUTED],
  roster: ['organizations', 'roster', 'sessions', 'attendance', 'study', 'manual_credits', 'member_facts', 'openings', 'rules', 'search', ...DESK, ...ARCHIVE, ...COMPUTED],
  sessions: ['roster', 'sessions', 'attendance', 'rules', 'search', ...DESK, ...ARCHIVE, ...COMPUTED],
  attendance: ['roster', 'sessions', 'attendance', 'rules', ...DESK, ...COMPUTED],
  study: ['roster', 'study', 'rules', ...COMPUTED],
  rules: ['rules', 'decisions', 'openings', 'manual_credits', ...COMPUTED],
  credits: ['study', 'decisions', 'openings', 'manual_credits', 'member_facts', 'rules', ...COMPUTED],
  closing: ['rules', 'decisions', 'openings', 'manual_credits', ...COMPUTED],
  assessment: ['assess', 'closing'],
  plans: ['plans', 'calendar', 'series', 'sessions', 'roster', 'search', 'workbench', 'warnings'],
  archive: [...ARCHIVE, 'sessions', 'search', ...COMPUTED],
  warnings: ['cards', 'warnings', 'workbench', 'coverage', 'make_ups'],
}

/** Asks again for everything that the areas touch; everything, where an area is not known. */
export async function refreshAreas(areas: readonly string[]): Promise<void> {
  const known = areas.every((area) => area in STALE_BY_AREA)
  if (!known) return refreshAll()
  // Every change moves what Ctrl+Z would take back.
  const stale = new Set(['app', 'undo', ...areas.flatMap((area) => STALE_BY_AREA[area] ?? [])])
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => stale.has(String(queryKey[0]).split('.')[0] ?? '') })
}

/** Asks again for everything. */
export async function refreshAll(): Promise<void> {
  await queryClient.invalidateQueries()
}

/** Reads a command and stays fresh. `enabled` false waits. */
export function useCoreQuery<Name extends Readable>(
  name: Name,
  request: MaybeRefOrGetter<RequestOf<Name>>,
  options: { enabled?: MaybeRefOrGetter<boolean>; keepPrevious?: boolean } = {},
): UseQueryReturnType<ResponseOf<Name>, CoreError> {
  return useQuery<ResponseOf<Name>, CoreError>(
    {
      queryKey: [name, computed(() => toValue(request))],
      queryFn: () => read(name, toValue(request)),
      enabled: computed(() => toValue(options.enabled) ?? true),
      ...(options.keepPrevious ? { placeholderData: (previous: unknown) => previous as never } : {}),
    },
    queryClient,
  )
}

function read<Name extends Readable>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> {
  if (name === 'app.state') return host('app.state', {}) as Promise<ResponseOf<Name>>
  return query(name as CommandsOf<'query'>, request as never) as Promise<ResponseOf<Name>>
}

const writing = ref(0)
/** How many changes are on their way to the disk; the status bar shows it. */
export const unsaved = readonly(writing)

/** A change as a page makes it. */
export interface MutateHandle<Request, Response> {
  pending: Ref<boolean>
  /** The error of the last run; null after a good one. `UiField` shows its part by `error.field`. */
  error: Ref<CoreError | null>
  /** Runs it; throws what `error` then holds. */
  run(request: Request): Promise<Response>
  /** Runs it; null and `error` set where it failed. */
  attempt(request: Request): Promise<Response | null>
}

/**
 * A change of the book. With `announce` (the default) a toast says what was
 * done and offers 撤销; a grid that marks a member a keystroke leaves it out.
 * `refresh: false` where the page asks again by itself, once for many changes.
 */
export function useMutate<Name extends CommandsOf<'mutate'>>(
  name: Name,
  options: { announce?: boolean; refresh?: boolean } = {},
): MutateHandle<RequestOf<Name>, ResponseOf<Name>> {
  const pending = ref(false)
  const error = ref<CoreError | null>(null)
  const toasts = useToasts()

  async function run(request: RequestOf<Name>): Promise<ResponseOf<Name>> {
    pending.value = true
    writing.value += 1
    // Before the answer: an undo clicked meanwhile would wait for this change, and take it back instead.
    toasts.lapse()
    try {
      const { value, changed, undo: operation } = await orWithReason((reasoned) => mutate(name, { ...request, ...reasoned }))
      error.value = null
      if (operation && options.announce !== false) {
        toasts.show({ text: sentence('operation', operation.name, operation.params), action: undoAction() })
      }
      if (options.refresh !== false) void refreshAreas(changed)
      return value
    } catch (thrown) {
      error.value = CoreError.from(thrown)
      throw error.value
    } finally {
      pending.value = false
      writing.value -= 1
    }
  }

  async function attempt(request: RequestOf<Name>): Promise<ResponseOf<Name> | null> {
    try {
      return await run(request)
    } catch {
      return null
    }
  }

  return { pending, error, run, attempt }
}

/** Takes back the latest operation, and says which. */
export function undo(): Promise<void> {
  return step('undo.undo', 'undo.undone')
}

/** Does again what was taken back last, and says which. */
export function redo(): Promise<void> {
  return step('undo.redo', 'undo.redone')
}

/** Says what was done and offers to take it back, for a change that did not come by `useMutate`. */
export function announce(operation: OperationLabel): void {
  useToasts().show({ text: sentence('operation', operation.name, operation.params), action: undoAction() })
}

function undoAction(): ToastAction {
  return { label: t('undo.verb'), run: () => undo(), ofLatest: true }
}

function redoAction(): ToastAction {
  return { label: t('undo.redo_verb'), run: () => redo(), ofLatest: true }
}

async function step(command: 'undo.undo' | 'undo.redo', said: 'undo.undone' | 'undo.redone'): Promise<void> {
  const toasts = useToasts()
  toasts.lapse()
  try {
    const { value, changed } = await orWithReason((reasoned) => host(command, reasoned))
    const { operation } = value
    const action = command === 'undo.undo' ? redoAction() : undoAction()
    toasts.show({ text: t(said, { what: sentence('operation', operation.name, operation.params) }), action })
    await refreshAreas(changed)
  } catch (thrown) {
    toasts.showError(thrown)
  }
}
