/** Approval of self-entered study: which entries are looked at, which of them are chosen. */
import type { Approval, StudyRow } from '@/bridge/generated'

/** The entries of one state; an empty word lets all through. */
export function ofState(rows: readonly StudyRow[], state: Approval | ''): StudyRow[] {
  return rows.filter((row) => state === '' || row.state === state)
}

/** What a decision would be about: the entries chosen that are on screen, else the current one. Only what is not yet decided so. */
export function targets(shown: readonly StudyRow[], chosen: ReadonlySet<string>, current: string | null, to: Approval): StudyRow[] {
  const marked = shown.filter((row) => chosen.has(row.id))
  const rows = marked.length > 0 ? marked : shown.filter((row) => row.id === current)
  return rows.filter((row) => row.state !== to)
}

/** Chooses a row, or lets it go. */
export function toggled(chosen: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}
