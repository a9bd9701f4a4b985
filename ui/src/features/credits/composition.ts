/** The pieces of a composition and their colours: with more parts than colours, the lesser ones share the last. */
import { approximate } from './exact'

/** Colours of tokens.css for categories: --c1 to --c4. */
const COLOURS = 4

/** A part of every line: a category or a bucket. */
export interface Part {
  label: string
  colour: string
  /** Whether it shares its colour with others (其他). */
  other: boolean
}

/** The parts with their colours, in the order given. `lines` are the amounts of each line, parallel to `labels`. */
export function partsOf(labels: readonly string[], lines: readonly (readonly string[])[]): Part[] {
  const colour = (index: number): string => `var(--c${index + 1})`
  if (labels.length <= COLOURS) return labels.map((label, index) => ({ label, colour: colour(index), other: false }))
  const sizes = labels.map((_, index) => lines.reduce((sum, line) => sum + Math.max(0, approximate(line[index] ?? '0')), 0))
  const leading = labels
    .map((_, index) => index)
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b)
    .slice(0, COLOURS - 1)
    .sort((a, b) => a - b)
  return labels.map((label, index) => {
    const place = leading.indexOf(index)
    return { label, colour: colour(place < 0 ? COLOURS - 1 : place), other: place < 0 }
  })
}
