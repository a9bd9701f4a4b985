import { onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'

/** How long after the last keystroke a form's change goes into the text. Milliseconds. */
export const WRITE_AFTER = 200

/** What is typed into a field before it goes into the file. */
export interface Draft<Form> {
  /** What the field shows: at once what is typed. */
  form: Ref<Form>
  /** Something was typed: it is written after a pause. */
  touch(): void
  /** Something was chosen: it is written at once. */
  commit(): void
  /** Writes now what was typed, as when the field is left. */
  flush(): void
}

/** How a field's value in the file becomes a form and back; undefined: nothing is written. */
export interface Shape<Form> {
  read(value: unknown): Form
  write(form: Form): unknown
}

/**
 * A field's own copy of what the file says. While something typed is on its
 * way, or where the file says the same as the form, the form stays as it is:
 * a line that is not filled in yet does not vanish.
 */
export function useDraft<Form>(value: MaybeRefOrGetter<unknown>, shape: Shape<Form>, save: (value: unknown) => unknown): Draft<Form> {
  const form = ref(shape.read(toValue(value))) as Ref<Form>
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false

  watch(
    () => canonical(toValue(value)),
    (now) => {
      if (!dirty && canonical(shape.write(form.value)) !== now) form.value = shape.read(toValue(value))
    },
  )

  function flush(): void {
    clearTimeout(timer)
    if (!dirty) return
    dirty = false
    const written = shape.write(form.value)
    if (canonical(written) !== canonical(toValue(value))) void save(written)
  }

  function touch(): void {
    dirty = true
    clearTimeout(timer)
    timer = setTimeout(flush, WRITE_AFTER)
  }

  onScopeDispose(flush)
  return {
    form,
    touch,
    commit: () => {
      dirty = true
      flush()
    },
    flush,
  }
}

/** A value as text, the same for the same value whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each,
  ) ?? ''
}
