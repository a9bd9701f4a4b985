/**
 * What is typed and not saved yet. The window does not close over it without
 * asking: the shell asks the page, and the page asks the user.
 */
import { computed, onScopeDispose, ref, shallowReactive, watch, type ComputedRef, type Ref } from 'vue'

import { transport } from '@/bridge/transport'

/** One thing that is being written. */
interface Draft {
  /** Whether there is something to lose. */
  unsaved: () => boolean
  /** What would be lost, as a sentence. */
  text: () => string
}

const drafts = shallowReactive(new Set<Draft>())
const lost = computed(() => [...drafts].filter((draft) => draft.unsaved()))

/** Holds the window open while `unsaved` says so; `text` says what closing would lose. */
export function useUnsaved(unsaved: () => boolean, text: () => string): void {
  const draft = { unsaved, text }
  drafts.add(draft)
  onScopeDispose(() => drafts.delete(draft))
}

/** The question that is asked when the window is to close. */
export interface ClosingQuestion {
  /** Whether it is asked now. */
  asking: Ref<boolean>
  /** What would be lost. */
  text: ComputedRef<string>
  /** Closes all the same. */
  close(): Promise<void>
}

/** Tells the shell whether the window may close, and asks where it may not. For the frame, once. */
export function useClosingQuestion(): ClosingQuestion {
  const asking = ref(false)
  const held = computed(() => lost.value.length > 0)
  const hold = async (): Promise<void> => (await transport()).holdWindow(held.value)
  watch(held, (now) => {
    if (!now) asking.value = false
    void hold()
  })
  if (held.value) void hold()

  let unlisten: (() => void) | undefined
  void transport()
    .then((each) =>
      each.onCloseRequested(() => {
        // It held for this once.
        void hold()
        asking.value = held.value
      }),
    )
    .then((stop) => (unlisten = stop))
  onScopeDispose(() => unlisten?.())

  return { asking, text: computed(() => lost.value.map((draft) => draft.text()).join('')), close: async () => (await transport()).closeWindow() }
}
