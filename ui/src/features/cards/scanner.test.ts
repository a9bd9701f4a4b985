import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { catchCards, characterOf, localMoment, PREFIX_MS, TEXT_MS } from './scanner'

const CARD = 'XJ1-01K8F5WZ8GFAY8VVR14D2PF2DB-7QK2M9RT'

let read: string[]
let passed: string[]
let stop: () => void
const onKey = (event: KeyboardEvent): void => void passed.push(event.key)

function type(keys: readonly string[], gap: number, target: EventTarget = document.body): void {
  for (const key of keys) {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    vi.advanceTimersByTime(gap)
  }
}

describe('a reader that types', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    read = []
    passed = []
    stop = catchCards(window, (text) => read.push(text))
    document.body.addEventListener('keydown', onKey)
  })
  afterEach(() => {
    stop()
    document.body.removeEventListener('keydown', onKey)
    document.body.replaceChildren()
    vi.useRealTimers()
  })

  it('is caught as a whole, and the page sees none of its keys', () => {
    type([...CARD, 'Enter'], 8)
    expect(read).toEqual([CARD])
    expect(passed).toEqual([])
  })

  it('is caught twice in a row, and in the case of Caps Lock', () => {
    type([...CARD, 'Enter', ...CARD.toLowerCase(), 'Enter'], 30)
    expect(read).toEqual([CARD, `XJ1-${CARD.slice(4).toLowerCase()}`])
    expect(passed).toEqual([])
  })

  it('lets xj typed by hand jump, at once after the pause', () => {
    type(['x', 'j'], 60)
    vi.advanceTimersByTime(PREFIX_MS)
    expect(passed).toEqual(['x', 'j'])
    type(['1'], 10)
    expect(passed).toEqual(['x', 'j', '1'])
    expect(read).toEqual([])
  })

  it('passes on in order what only begins like a card', () => {
    type(['x', 'j', '1', '2', 'x', 'z'], 10)
    expect(passed).toEqual(['x', 'j', '1', '2', 'x', 'z'])
    type(['x', 'j', '1'], 10)
    vi.advanceTimersByTime(PREFIX_MS)
    expect(passed.slice(-3)).toEqual(['x', 'j', '1'])
    expect(read).toEqual([])
  })

  it('gives what came where the rest does not come', () => {
    type([...CARD.slice(0, 12)], 8)
    vi.advanceTimersByTime(TEXT_MS)
    expect(read).toEqual([CARD.slice(0, 12)])
    type(['1'], 8)
    expect(passed).toEqual(['1'])
  })

  it('leaves text fields alone', () => {
    const field = document.createElement('input')
    document.body.append(field)
    type([...CARD], 8, field)
    expect(read).toEqual([])
    expect(passed.join('')).toBe(CARD)
  })

  it('reads the key by its place where an input method hides it', () => {
    expect(characterOf(new KeyboardEvent('keydown', { key: 'Process', code: 'KeyX' }))).toBe('X')
    expect(characterOf(new KeyboardEvent('keydown', { key: 'Ｊ', code: 'KeyJ' }))).toBe('J')
    expect(characterOf(new KeyboardEvent('keydown', { key: 'F2', code: 'F2' }))).toBeNull()
    expect(localMoment(new Date(2025, 11, 5, 9, 3, 7))).toBe('2025-12-05T09:03:07')
  })
})
