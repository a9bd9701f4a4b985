/** A day so many days later: `2025-12-29` and 7 is `2026-01-05`. Nothing where the day cannot be read. */
export function addDays(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return ''
  at.setUTCDate(at.getUTCDate() + count)
  return at.toISOString().slice(0, 10)
}
