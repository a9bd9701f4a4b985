import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { addShortcut, chordOf, COMPOSITION_TAIL_MS, digitOf, handleKeys, installKeyGuard, letterOf } from './keys'

function press(target: EventTarget, init: KeyboardEventInit & { keyCode?: number }): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  if (init.keyCode !== undefined) Object.defineProperty(event, 'keyCode', { value: init.keyCode })
  target.dispatchEvent(event)
  return event
}

describe('keys while an input method composes', () => {
  let input: HTMLInputElement
  let release: () => void
  const onEnter = vi.fn()

  beforeEach(() => {
    vi.useFakeTimers()
    onEnter.mockReset()
    input = document.createElement('input')
    input.addEventListener('keydown', (event) => handleKeys(event, { Enter: onEnter }))
    document.body.append(input)
    release = installKeyGuard()
  })

  afterEach(() => {
    release()
    input.remove()
    vi.useRealTimers()
  })

  it('lets a plain Enter through', () => {
    press(input, { key: 'Enter' })
    expect(onEnter).toHaveBeenCalledOnce()
  })

  it.each([
    ['isComposing is set', { isComposing: true }],
    ['the key code is 229', { keyCode: 229 }],
  ])('hides Enter when %s', (_, init) => {
    const event = press(input, { key: 'Enter', ...init })
    expect(onEnter).not.toHaveBeenCalled()
    // A form around the field must not take it either.
    expect(event.defaultPrevented).toBe(true)
  })

  it('hides Enter between the start and the end of a composition, whatever the event says', () => {
    input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
    press(input, { key: 'Enter', isComposing: false })
    expect(onEnter).not.toHaveBeenCalled()
  })

  it('hides the Enter that committed the word, which WebKit sends after the end', () => {
    input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
    input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
    press(input, { key: 'Enter', isComposing: false })
    expect(onEnter).not.toHaveBeenCalled()

    vi.advanceTimersByTime(COMPOSITION_TAIL_MS - 1)
    press(input, { key: 'Enter' })
    expect(onEnter).not.toHaveBeenCalled()

    vi.advanceTimersByTime(1)
    press(input, { key: 'Enter' })
    expect(onEnter).toHaveBeenCalledOnce()
  })
})

describe('shortcuts of the window', () => {
  let release: () => void
  beforeEach(() => (release = installKeyGuard()))
  afterEach(() => release())

  it('leaves Ctrl+Z to a text field and takes it elsewhere', () => {
    const undo = vi.fn()
    const remove = addShortcut('Ctrl+Z', undo)
    const input = document.createElement('input')
    const button = document.createElement('button')
    document.body.append(input, button)

    press(input, { key: 'z', code: 'KeyZ', ctrlKey: true })
    expect(undo).not.toHaveBeenCalled()
    press(button, { key: 'z', code: 'KeyZ', ctrlKey: true })
    expect(undo).toHaveBeenCalledOnce()

    remove()
    press(button, { key: 'z', code: 'KeyZ', ctrlKey: true })
    expect(undo).toHaveBeenCalledOnce()
  })

  it('prefers the latest, and passes on where it declines', () => {
    const frame = vi.fn()
    const page = vi.fn((): unknown => undefined)
    const removers = [addShortcut('Ctrl+F', frame), addShortcut('Ctrl+F', page)]
    press(document.body, { key: 'f', code: 'KeyF', ctrlKey: true })
    expect([page.mock.calls.length, frame.mock.calls.length]).toEqual([1, 0])
    page.mockReturnValue(false)
    press(document.body, { key: 'f', code: 'KeyF', ctrlKey: true })
    expect(frame).toHaveBeenCalledOnce()
    for (const remove of removers) remove()
  })

  it('stays quiet inside a dialog', () => {
    const undo = vi.fn()
    const remove = addShortcut('Ctrl+Z', undo)
    const dialog = document.createElement('div')
    dialog.setAttribute('role', 'dialog')
    const button = dialog.appendChild(document.createElement('button'))
    document.body.append(dialog)
    press(button, { key: 'z', code: 'KeyZ', ctrlKey: true })
    expect(undo).not.toHaveBeenCalled()
    remove()
  })
})

describe('names of keys', () => {
  const key = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent('keydown', init)

  it.each([
    [{ key: 'Z', code: 'KeyZ', ctrlKey: true, shiftKey: true }, 'Ctrl+Shift+Z'],
    [{ key: 'z', code: 'KeyZ', metaKey: true }, 'Ctrl+Z'],
    [{ key: '!', code: 'Digit1', altKey: true, shiftKey: true }, 'Alt+Shift+1'],
    [{ key: '3', code: 'Digit3', altKey: true }, 'Alt+3'],
    [{ key: ' ', code: 'Space' }, 'Space'],
    [{ key: 'a', code: 'KeyA' }, 'a'],
    [{ key: 'Tab', code: 'Tab', shiftKey: true }, 'Shift+Tab'],
  ])('%o is %s', (init, chord) => {
    expect(chordOf(key(init))).toBe(chord)
  })

  it('finds digits and letters by their place when the input method hides the character', () => {
    expect(digitOf(key({ key: 'Process', code: 'Digit7' }))).toBe(7)
    expect(digitOf(key({ key: '4', code: 'Numpad4' }))).toBe(4)
    expect(letterOf(key({ key: 'Process', code: 'KeyZ' }))).toBe('z')
    expect(letterOf(key({ key: '1', code: 'Digit1' }))).toBeNull()
  })
})
