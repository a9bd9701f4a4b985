/** Months in words. */

/** The number of a month given as `YYYY-MM`: 11. */
export function monthNumber(month: string): number {
  return Number(month.slice(5))
}

/** `2025年11月` for `2025-11`. */
export function monthWords(month: string): string {
  return `${month.slice(0, 4)}年${monthNumber(month)}月`
}
