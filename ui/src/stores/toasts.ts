import { defineStore } from 'pinia'
import { ref } from 'vue'

import { CoreError } from '@/bridge/errors'
import { sentence } from '@/i18n/sentence'

/** A short message at the foot of the window. */
export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'bad'
  action?: ToastAction
}

/** What a button of a message does. */
export interface ToastAction {
  label: string
  run: () => unknown
  /** Whether it works on the latest operation of the book: it goes when a newer one comes, and never takes back another than its text names. */
  ofLatest?: boolean
}

/** Long enough to read and to reach 撤销; errors stay longer. Milliseconds. */
const STAY = { plain: 6000, bad: 12000 }

/**
 * Short messages:
 *
 *     useToasts().show({ text: t('book.copy_made', …) })
 *     useToasts().showError(thrown)
 */
export const useToasts = defineStore('toasts', () => {
  const list = ref<Toast[]>([])
  let next = 1

  function show(toast: { text: string; tone?: Toast['tone']; action?: ToastAction }): void {
    const shown: Toast = { tone: 'plain', ...toast, id: next++ }
    // Three at most: the newest matter.
    list.value = [...list.value.slice(-2), shown]
    setTimeout(() => dismiss(shown.id), STAY[shown.tone])
  }

  function showError(thrown: unknown): void {
    const error = CoreError.from(thrown)
    if (error.code !== 'cancelled') show({ text: sentence('error', error.code, error.params), tone: 'bad' })
  }

  function dismiss(id: number): void {
    list.value = list.value.filter((toast) => toast.id !== id)
  }

  /** Takes the buttons away that work on the latest operation: there is a newer one, or another book. */
  function lapse(): void {
    list.value = list.value.map((toast) => (toast.action?.ofLatest ? { ...toast, action: undefined } : toast))
  }

  return { list, show, showError, dismiss, lapse }
})
