/**
 * A USB reader at the roll. It types a card's text and Enter as a keyboard
 * does, only faster than anybody: text that begins with XJ1- is caught as a
 * whole, whatever has the focus but a text field. The keys of the beginning are held back
 * for a moment; what turns out to be typed by hand is passed on, so that
 * letters still jump and digits still mark.
 */
import { onScopeDispose } from 'vue'

import { belongsToComposition, isTextField } from '@/app/keys'

/** What every card's text begins with. */
const PREFIX = 'XJ1-'
/** Longest pause within the beginning, in milliseconds: readers type a key in 5 to 50. */
export const PREFIX_MS = 100
/** Longest pause after it: then the rest is not coming. */
export const TEXT_MS = 600
/** A text that is longer is no card's. */
const LONGEST = 80

/** The key's character; by its place where an input method hides it. */
export function characterOf(event: KeyboardEvent): string | null {
  if (event.key.length === 1) return event.key.normalize('NFKC')
  const [, letter, digit] = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(event.code) ?? []
  return letter ?? digit ?? (event.code === 'Minus' ? '-' : null)
}

/** Catches what a reader types; `read` gets each text. The returned function ends it. */
export function catchCards(target: Window, read: (text: string) => void): () => void {
  let held: KeyboardEvent[] = []
  let text: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let replaying = false

  function wait(milliseconds: number, then: () => void): void {
    clearTimeout(timer)
    timer = setTimeout(then, milliseconds)
  }

  /** It was typed by hand: the keys go where they were going. */
  function passOn(): void {
    clearTimeout(timer)
    const keys = held
    held = []
    replaying = true
    for (const key of keys) key.target?.dispatchEvent(new KeyboardEvent('keydown', key))
    replaying = false
  }

  function finish(): void {
    clearTimeout(timer)
    const whole = text
    text = null
    if (whole !== null) read(whole)
  }

  function swallow(event: KeyboardEvent): void {
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  function onKey(event: KeyboardEvent): void {
    if (replaying || event.key === 'Shift' || event.key === 'CapsLock') return
    if (text !== null) {
      swallow(event)
      if (event.key === 'Enter' || event.key === 'Tab' || text.length >= LONGEST) return finish()
      text += characterOf(event) ?? ''
      return wait(TEXT_MS, finish)
    }
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat && !isTextField(event.target)
    const character = plain ? characterOf(event)?.toUpperCase() : undefined
    if (character !== PREFIX[held.length]) {
      if (held.length > 0) passOn()
      if (character !== PREFIX[0] || belongsToComposition(event)) return
    }
    swallow(event)
    held.push(event)
    if (held.length < PREFIX.length) return wait(PREFIX_MS, passOn)
    held = []
    text = PREFIX
    wait(TEXT_MS, finish)
  }

  target.addEventListener('keydown', onKey, true)
  return () => {
    clearTimeout(timer)
    target.removeEventListener('keydown', onKey, true)
  }
}

/** `catchCards` for as long as the component lives. */
export function useScanner(read: (text: string) => void): void {
  onScopeDispose(catchCards(window, read))
}

/** A moment by the clock of the machine, as the core takes it: `2025-12-15T14:32:05`. */
export function localMoment(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}
