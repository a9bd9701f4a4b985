import { computed, ref, type Ref, type WritableComputedRef } from 'vue'

/** A dialog that does not drop what was typed into it. */
export interface GuardedDialog {
  /** For the dialog's `v-model:open`: closing with something unsaved asks first. */
  open: WritableComputedRef<boolean>
  /** For the `v-model:open` of the question. */
  asking: Ref<boolean>
  /** The question's answer: close all the same. */
  discard(): Promise<void>
}

/** Guards `open`: while `changed` says so, closing asks. Setting `open` itself closes at once. */
export function useGuardedDialog(open: Ref<boolean>, changed: () => boolean): GuardedDialog {
  const asking = ref(false)
  return {
    open: computed({
      get: () => open.value,
      set: (value) => {
        if (!value && changed()) asking.value = true
        else open.value = value
      },
    }),
    asking,
    discard: async () => {
      open.value = false
    },
  }
}
