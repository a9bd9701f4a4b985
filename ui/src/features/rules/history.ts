/** The history of a text: what undo goes back to. Typing that goes on is one step. */

/** How long a pause ends a step. Milliseconds. */
export const STEP_MS = 800
/** How many steps are kept. */
const MOST = 300

/** A text's states, and where one stands among them. */
export class TextHistory {
  private states: string[]
  private at = 0
  private last = -Infinity
  private typing = false

  constructor(text: string) {
    this.states = [text]
  }

  get text(): string {
    return this.states[this.at] ?? ''
  }

  get canUndo(): boolean {
    return this.at > 0
  }

  get canRedo(): boolean {
    return this.at < this.states.length - 1
  }

  /** A new state at a time in milliseconds; `typed` joins it to the typing before. */
  put(text: string, at: number, typed: boolean): void {
    if (text === this.text) return
    const joins = typed && this.typing && at - this.last <= STEP_MS && this.at > 0 && !this.canRedo
    this.states.splice(joins ? this.at : this.at + 1, Infinity, text)
    this.states = this.states.slice(-MOST)
    this.at = this.states.length - 1
    this.typing = typed
    this.last = at
  }

  /** One step back; the text there. */
  undo(): string {
    if (this.canUndo) this.at -= 1
    this.typing = false
    return this.text
  }

  /** One step forward; the text there. */
  redo(): string {
    if (this.canRedo) this.at += 1
    this.typing = false
    return this.text
  }
}
