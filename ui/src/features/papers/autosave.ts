/**
 * A text that saves itself while it is typed.
 *
 * It waits for a pause, and at most so long while the typing goes on: what a
 * power cut can take is a few seconds. A composition in progress is not in
 * the text yet, so an input method is never disturbed. What is saved from
 * the focus to the blur is one step of the history (`edit`).
 */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'

import { useUnsaved } from '@/app/unsaved'
import { CoreError } from '@/bridge/errors'

/** How long a pause is, in milliseconds. */
export const PAUSE_MS = 1200
/** How long typing may go on without a save, in milliseconds. */
export const LONGEST_MS = 6000

/** What a save hands over. */
export interface Saving {
  value: string
  /** What the book said when the text was last in step with it. */
  base: string
  /** Names the stretch of typing. */
  edit: string
}

/** The text and how it stands with the book. */
export interface Autosave {
  text: Ref<string>
  /** Whether something typed is not in the book yet. */
  dirty: Ref<boolean>
  saving: Ref<boolean>
  error: Ref<CoreError | null>
  /** The field got the focus: a new stretch of typing. */
  begin(): void
  /** Saves at once: on blur, on leaving the page, before printing. */
  flush(): Promise<void>
  /** Gives up what was typed for what the book says. */
  discard(): void
  /** Keeps what was typed, over what the book says now. */
  keep(): Promise<void>
}

let stretches = 0

/**
 * `stored` is what the book says; `save` writes and gives what the book says
 * then. `lost` says what closing the window would lose. Where `pauses` says
 * no it is saved by `flush` alone: half a date is none, and a closed month
 * asks for a reason at every save.
 */
export function useAutosave(stored: () => string, save: (saving: Saving) => Promise<string>, lost: () => string, pauses: () => boolean = () => true): Autosave {
  const text = ref(stored())
  const base = ref(stored())
  const dirty = ref(false)
  const saving = ref(false)
  const error = shallowRef<CoreError | null>(null)
  let edit = nextEdit()
  let pause: ReturnType<typeof setTimeout> | undefined
  let longest: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  watch(stored, (now) => {
    // What is being typed stays; the next save is checked against `base` and says so.
    if (dirty.value || saving.value) return
    if (text.value.trimEnd() !== now) text.value = now
    base.value = now
  })
  watch(text, (now) => {
    dirty.value = now.trimEnd() !== base.value
    clearTimeout(pause)
    if (!dirty.value) return clear()
    if (!pauses()) return
    pause = setTimeout(() => void flush(), PAUSE_MS)
    longest ??= setTimeout(() => void flush(), LONGEST_MS)
  })

  function clear(): void {
    clearTimeout(pause)
    clearTimeout(longest)
    longest = undefined
  }

  async function flush(): Promise<void> {
    clear()
    if (running) await running
    if (!dirty.value) return
    running = write()
    await running
    running = null
    // Typed while it was being written, and the pause has passed meanwhile.
    if (dirty.value && error.value === null && pauses()) pause = setTimeout(() => void flush(), PAUSE_MS)
  }

  async function write(): Promise<void> {
    saving.value = true
    const sent = text.value
    try {
      base.value = await save({ value: sent, base: base.value, edit })
      error.value = null
      // Nothing was typed meanwhile: what the core made of it (2025年3月5日 → 2025-03-05) stands.
      if (text.value === sent && sent.trimEnd() !== base.value) text.value = base.value
      dirty.value = text.value.trimEnd() !== base.value
    } catch (thrown) {
      error.value = CoreError.from(thrown)
    } finally {
      saving.value = false
    }
  }

  function discard(): void {
    clear()
    error.value = null
    dirty.value = false
    base.value = stored()
    text.value = stored()
  }

  async function keep(): Promise<void> {
    base.value = stored()
    error.value = null
    dirty.value = text.value.trimEnd() !== base.value
    await flush()
  }

  const hidden = (): void => {
    if (document.visibilityState === 'hidden') void flush()
  }
  document.addEventListener('visibilitychange', hidden)
  useUnsaved(() => dirty.value, lost)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', hidden)
    void flush()
    clear()
  })

  return {
    text,
    dirty,
    saving,
    error,
    begin: () => (edit = nextEdit()),
    flush,
    discard,
    keep,
  }
}

function nextEdit(): string {
  stretches += 1
  return `${Date.now().toString(36)}-${stretches}`
}
