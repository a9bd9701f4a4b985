import { describe, expect, it } from 'vitest'

import { STEP_MS, TextHistory } from './history'

describe('the history of a text', () => {
  it('takes typing without a pause for one step', () => {
    const history = new TextHistory('a')
    history.put('ab', 0, true)
    history.put('abc', STEP_MS, true)
    history.put('abcd', 2 * STEP_MS + 1, true)
    expect([history.undo(), history.undo(), history.undo()]).toEqual(['abc', 'a', 'a'])
    expect([history.redo(), history.redo(), history.redo()]).toEqual(['abc', 'abcd', 'abcd'])
  })

  it('keeps a change by a form apart from typing, and drops what was undone', () => {
    const history = new TextHistory('a')
    history.put('ab', 0, true)
    history.put('form', 10, false)
    history.put('formx', 20, true)
    expect(history.undo()).toBe('form')
    expect(history.undo()).toBe('ab')
    history.put('abz', 30, true)
    expect(history.canRedo).toBe(false)
    expect(history.undo()).toBe('ab')
  })

  it('has no step for what changes nothing', () => {
    const history = new TextHistory('a')
    history.put('a', 0, false)
    expect(history.canUndo).toBe(false)
  })
})
