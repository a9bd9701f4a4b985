/** Which sessions a filter lets through. */
import type { SessionRow, SessionState } from '@/bridge/generated'

/** What the list is narrowed to; an empty text narrows nothing. */
export interface SessionFilter {
  /** Parts of the title, the kind, the theme, the place or the host, parted by blanks: all of them must be there. */
  text: string
  kind: string
  state: SessionState | ''
  tag: string
  theme: string
}

/** The sessions that pass every part of the filter, in the order given. */
export function filterSessions(sessions: readonly SessionRow[], { text, kind, state, tag, theme }: SessionFilter): SessionRow[] {
  const wanted = folded(text).split(/\s+/).filter(Boolean)
  return sessions.filter((session) => {
    if (kind !== '' && session.kind !== kind && !session.also.includes(kind)) return false
    if ((state !== '' && session.state !== state) || (tag !== '' && !session.tags.includes(tag)) || (theme !== '' && session.theme !== theme)) return false
    const said = folded([session.title, session.kind, session.theme, session.place, session.hosts, session.date, ...session.also, ...session.tags].filter(Boolean).join(' '))
    return wanted.every((part) => said.includes(part))
  })
}

/** As it is compared: an input method may leave full-width letters and digits. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
