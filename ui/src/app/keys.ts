/**
 * Keys. Every shortcut and every Enter passes through here, so that none of
 * them fires while a Chinese input method composes.
 *
 * - `installKeyGuard()` (once, in main.ts) hides the keys of a composition
 *   from everything below `window`: pages, dialogs, native forms.
 * - `useShortcut('Ctrl+F', openFilter)` in a component: while it is mounted,
 *   the latest registered wins. Outside text fields only, unless
 *   `{ inText: true }`; chords with Alt work in both.
 * - `handleKeys(event, { ArrowDown: next, Enter: open, '1': () => mark(1) })`
 *   in an element's `@keydown`. A handler that returns false passes the key on.
 * - `digitOf(event)`, `letterOf(event)`: by the place of the key, whatever the
 *   input method makes of it.
 */
import { onScopeDispose } from 'vue'

/**
 * How long after its end a composition still counts. WebKit ends it before it
 * sends the Enter that committed it, with `isComposing` false.
 */
export const COMPOSITION_TAIL_MS = 50

/** What an input method's keys look like where `isComposing` is not set. */
const IME_KEY_CODE = 229

let composing = false
let tail: ReturnType<typeof setTimeout> | undefined

/** Whether the key belongs to an input method. */
export function belongsToComposition(event: KeyboardEvent): boolean {
  return composing || event.isComposing || event.keyCode === IME_KEY_CODE
}

/** Starts to guard a window; the returned function ends it. */
export function installKeyGuard(target: Window = window): () => void {
  const start = (): void => {
    clearTimeout(tail)
    composing = true
  }
  const end = (): void => {
    clearTimeout(tail)
    tail = setTimeout(() => (composing = false), COMPOSITION_TAIL_MS)
  }
  const down = (event: KeyboardEvent): void => {
    if (belongsToComposition(event)) {
      event.stopImmediatePropagation()
      // Else the Enter that commits a word submits the form around it.
      if (event.key === 'Enter') event.preventDefault()
      return
    }
    runShortcuts(event)
  }
  target.addEventListener('compositionstart', start, true)
  target.addEventListener('compositionend', end, true)
  target.addEventListener('keydown', down, true)
  return () => {
    clearTimeout(tail)
    composing = false
    target.removeEventListener('compositionstart', start, true)
    target.removeEventListener('compositionend', end, true)
    target.removeEventListener('keydown', down, true)
  }
}

/** The key with its modifiers: `Ctrl+Shift+Z`, `Alt+1`, `Enter`, `a`. Command counts as Ctrl. */
export function chordOf(event: KeyboardEvent): string {
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  const modified = parts.length > 0
  const named = event.key.length > 1
  if (event.shiftKey && (modified || named)) parts.push('Shift')
  // With a modifier the place of the key counts: Shift and layouts change its character.
  const key = event.key === ' ' ? 'Space' : modified && !named ? (letterOf(event)?.toUpperCase() ?? digitOf(event)?.toString() ?? event.key) : event.key
  return [...parts, key].join('+')
}

/** The digit of the key, 0 to 9, by its place. */
export function digitOf(event: KeyboardEvent): number | null {
  const match = /^(?:Digit|Numpad)(\d)$/.exec(event.code)
  if (match) return Number(match[1])
  return /^\d$/.test(event.key) ? Number(event.key) : null
}

/** The Latin letter of the key, small, by its place. */
export function letterOf(event: KeyboardEvent): string | null {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase()
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? null
}

/** Whether keys are text there. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type)
}

type Handler = (event: KeyboardEvent) => unknown

/** Runs the handler of the chord, if there is one, and keeps the key from others. */
export function handleKeys(event: KeyboardEvent, handlers: Record<string, Handler>): boolean {
  if (belongsToComposition(event)) return false
  const handler = handlers[chordOf(event)]
  if (handler === undefined || handler(event) === false) return false
  event.preventDefault()
  event.stopPropagation()
  return true
}

interface Shortcut {
  chord: string
  handler: Handler
  inText: boolean
}

const shortcuts: Shortcut[] = []

/** Registers a shortcut of the whole window; the returned function removes it. */
export function addShortcut(chords: string | readonly string[], handler: Handler, options: { inText?: boolean } = {}): () => void {
  const added = (typeof chords === 'string' ? [chords] : chords).map((chord) => ({ chord, handler, inText: options.inText ?? false }))
  shortcuts.push(...added)
  return () => {
    for (const each of added) shortcuts.splice(shortcuts.indexOf(each), 1)
  }
}

/** `addShortcut` for as long as the component lives. */
export function useShortcut(chords: string | readonly string[], handler: Handler, options: { inText?: boolean } = {}): void {
  onScopeDispose(addShortcut(chords, handler, options))
}

function runShortcuts(event: KeyboardEvent): void {
  const chord = chordOf(event)
  // A dialog keeps the window's shortcuts out: what they change lies behind it.
  const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"], [role="alertdialog"]') !== null
  if (inDialog) return
  const inText = isTextField(event.target)
  for (const shortcut of shortcuts.toReversed()) {
    if (shortcut.chord !== chord || (inText && !shortcut.inText && !event.altKey)) continue
    if (shortcut.handler(event) === false) continue
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
}
