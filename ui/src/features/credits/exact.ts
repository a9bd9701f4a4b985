/**
 * Exact amounts on screen. They stand as the core gives them (`16.5`, `1/3`);
 * a binary number made from one serves lengths and sorting, never a sum.
 */

/** An exact amount as a number, for a length or an order. */
export function approximate(exact: string): number {
  const [above = '0', below = '1'] = exact.split('/')
  return Number(above) / Number(below)
}

/** A fraction rounded to two places, for whom `1165/48` says little; null where the amount is a decimal already. */
export function rounded(exact: string): string | null {
  return exact.includes('/') ? approximate(exact).toFixed(2) : null
}
