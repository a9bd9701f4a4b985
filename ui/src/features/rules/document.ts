/**
 * The rule file that is being edited. Its text is all there is: forms change
 * it through the core, which keeps comments and order, and show what the core
 * reads in it. What is typed stands at once; reading it follows.
 */
import { computed, inject, provide, ref, shallowRef, watch, type ComputedRef, type InjectionKey, type Ref } from 'vue'

import { query } from '@/bridge/core'
import type { FindingView, Inspection, OutlineTable, RuleEdit, RuleNames } from '@/bridge/generated'
import { useToasts } from '@/stores/toasts'

import type { Source } from './catalogue'
import { TextHistory } from './history'
import { useLatest } from './latest'
import { inOrder, withKeys } from './order'
import { entryAt, findingsByPlace, placeKey, placeOf, placeOfFinding, textOf, type Place } from './outline'

/** How long after a keystroke the text is read. Milliseconds. */
const READ_AFTER = 30
/** How often a form's change is tried anew where the text changed meanwhile. */
const TRIES = 3

/** A rule file in the editor. */
export interface RuleDocument {
  text: Readonly<Ref<string>>
  /** What the core found in it; null before the first answer. */
  inspection: ComputedRef<Inspection | null>
  /** What forms show: the tables of the last text that could be read. */
  outline: ComputedRef<OutlineTable[]>
  /** Whether the text as it is can be read: else forms only show. */
  readable: ComputedRef<boolean>
  /** Whether the text is newer than what is known of it. */
  reading: ComputedRef<boolean>
  findings: ComputedRef<readonly FindingView[]>
  /** Findings at a place of the forms. */
  findingsAt(path: string, field: string | null): readonly FindingView[]
  names: ComputedRef<RuleNames | null>
  /** Whether anything may be changed. */
  locked: ComputedRef<boolean>
  changed: ComputedRef<boolean>
  canUndo: Ref<boolean>
  canRedo: Ref<boolean>
  /** The entry that is open in the forms, by its path. */
  place: Ref<Place | null>
  /** The line that the text shows; counted up so that the same can be shown again. */
  shown: Ref<{ line: number; take: boolean } | null>
  /** Takes over another text, as from the disk. */
  load(text: string): void
  /** Says that the text is on the disk. */
  saved(): void
  /** What was typed into the text. */
  type(text: string): void
  /** Changes by a form; false where the core refused. */
  apply(edits: RuleEdit[]): Promise<boolean>
  undo(): void
  redo(): void
  /** Shows a line in the text and its entry in the forms; `take` moves the focus to the text. */
  reveal(line: number, take: boolean): void
  /** Shows where something was found. */
  revealFinding(finding: FindingView): void
}

const KEY: InjectionKey<RuleDocument> = Symbol('rule document')

/** The document of the editor around a component. */
export function useRuleDocument(): RuleDocument {
  const document = inject(KEY)
  if (!document) throw new Error('no rule document')
  return document
}

/** Opens a document for the components below. */
export function provideRuleDocument(locked: () => boolean): RuleDocument {
  const toasts = useToasts()
  const text = ref('')
  const clean = ref('')
  const inspected = useLatest((given: string) => query('rules.inspect', { text: given }).then(inOrder))
  /** Where a form's change came back with its reading: no need to ask. */
  const known = shallowRef<{ text: string; inspection: Inspection } | null>(null)
  const kept = shallowRef<OutlineTable[]>([])
  const place = ref<Place | null>(null)
  const shown = ref<{ line: number; take: boolean } | null>(null)
  const [canUndo, canRedo] = [ref(false), ref(false)]
  let history = new TextHistory('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let chain: Promise<unknown> = Promise.resolve()

  const inspection = computed(() => (known.value?.text === text.value ? known.value.inspection : inspected.answer.value) ?? known.value?.inspection ?? null)
  const reading = computed(() => known.value?.text !== text.value && inspected.asked.value !== text.value)
  const readable = computed(() => inspection.value !== null && inspection.value.outline.length > 0)
  const outline = computed(() => (readable.value ? (inspection.value?.outline ?? []) : kept.value))
  const findings = computed(() => inspection.value?.findings ?? [])
  const byPlace = computed(() => findingsByPlace(outline.value, findings.value))

  watch(inspection, (now) => {
    if (now && now.outline.length > 0) kept.value = now.outline
  })

  function put(now: string, typed: boolean): void {
    text.value = now
    history.put(now, performance.now(), typed)
    tell()
  }

  function tell(): void {
    canUndo.value = history.canUndo
    canRedo.value = history.canRedo
  }

  function read(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (known.value?.text !== text.value) inspected.ask(text.value)
    }, READ_AFTER)
  }

  function load(given: string): void {
    history = new TextHistory(given)
    text.value = clean.value = given
    known.value = null
    kept.value = []
    place.value = shown.value = null
    inspected.clear()
    tell()
    inspected.ask(given)
  }

  async function change(edits: RuleEdit[]): Promise<boolean> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const before = text.value
      try {
        const edited = await query('rules.edit', { text: before, edits: edits.map(withKeys) })
        if (text.value !== before) continue
        known.value = { text: edited.text, inspection: inOrder(edited.inspection) }
        put(edited.text, false)
        return true
      } catch (thrown) {
        toasts.showError(thrown)
        return false
      }
    }
    return false
  }

  function apply(edits: RuleEdit[]): Promise<boolean> {
    if (locked()) return Promise.resolve(false)
    const done = chain.then(() => change(edits))
    chain = done.catch(() => {})
    return done
  }

  function step(to: 'undo' | 'redo'): void {
    if (locked()) return
    text.value = history[to]()
    tell()
    read()
  }

  function reveal(line: number, take: boolean): void {
    const found = placeOf(outline.value, line)
    if (found) place.value = found
    shown.value = { line, take }
  }

  const document: RuleDocument = {
    text,
    inspection,
    outline,
    readable,
    reading,
    findings,
    findingsAt: (path, field) => byPlace.value.get(placeKey(path, field)) ?? [],
    names: computed(() => inspection.value?.names ?? null),
    locked: computed(() => locked() || !readable.value),
    changed: computed(() => text.value !== clean.value),
    canUndo,
    canRedo,
    place,
    shown,
    load,
    saved: () => (clean.value = text.value),
    type: (now) => {
      if (locked()) return
      put(now, true)
      read()
    },
    apply,
    undo: () => step('undo'),
    redo: () => step('redo'),
    reveal,
    revealFinding: (finding) => {
      place.value = placeOfFinding(outline.value, finding)
      shown.value = { line: finding.line, take: true }
    },
  }
  provide(KEY, document)
  return document
}

/** Whether the file is a scheme of assessment. */
export function isAssessment(document: RuleDocument): boolean {
  return textOf(entryAt(document.outline.value, ''), 'kind') === 'assessment'
}

/** The ids that a file defines, from its tables: also while it has errors, when `names` has none. */
export function idsOf(document: RuleDocument, sources: readonly Source[]): string[] {
  const TABLE: Partial<Record<Source, string>> = { buckets: 'bucket', categories: 'category', counters: 'counter', requirements: 'requirement', cycles: 'cycle' }
  const own = sources.flatMap((source) => {
    const table = TABLE[source]
    return table === undefined ? [] : (document.outline.value.find((each) => each.name === table)?.entries ?? []).flatMap((entry) => entry.id ?? [])
  })
  const types = sources.includes('types') ? (document.names.value?.types ?? []) : []
  return [...new Set([...own, ...(sources.includes('total') ? ['total'] : []), ...types])]
}
