import { nextTick } from 'vue'

/** Puts the cursor into the field that was refused, as soon as it is marked. */
export async function focusInvalid(form: HTMLElement | null): Promise<void> {
  await nextTick()
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
