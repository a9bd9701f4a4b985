import { computed, inject, type ComputedRef, type InjectionKey } from 'vue'

/** What a field tells the control inside it. */
export interface FieldContext {
  id: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

export const fieldContext: InjectionKey<ComputedRef<FieldContext>> = Symbol('field')

/** Attributes that tie a control to the `UiField` around it; nothing outside of one. */
export function useFieldAttributes(): ComputedRef<Record<string, unknown>> {
  const field = inject(fieldContext, null)
  return computed(() => {
    if (field === null) return {}
    const { id, describedBy, invalid, required } = field.value
    return { id, 'aria-describedby': describedBy, 'aria-invalid': invalid || undefined, 'aria-required': required || undefined }
  })
}
