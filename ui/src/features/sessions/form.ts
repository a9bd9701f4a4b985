/** The form of a session: every field as text, as it is typed; the core reads it. */
import type { Role, SessionDetail, SessionInput, SessionLevel, SessionState } from '@/bridge/generated'

/** What stands in the form. */
export interface SessionDraft {
  date: string
  starts_at: string
  amount: string
  kind: string
  title: string
  level: SessionLevel
  theme: string
  place: string
  state: SessionState
  hosts: string
  speakers: string
  recorders: string
  organizations: string[]
  remark: string
}

/** The fields of a draft that hold names. */
export type PartField = 'hosts' | 'speakers' | 'recorders'

const PART_ROLES: Record<PartField, Role> = { hosts: 'host', speakers: 'speaker', recorders: 'recorder' }

/** A new session on a day. It is planned: the first mark of its roll makes it held. */
export function emptyDraft(date: string): SessionDraft {
  return {
    date,
    starts_at: '',
    amount: '',
    kind: '',
    title: '',
    level: 'branch',
    theme: '',
    place: '',
    state: 'planned',
    hosts: '',
    speakers: '',
    recorders: '',
    organizations: [],
    remark: '',
  }
}

/** A session of the book, as the form shows it. */
export function draftOf({ session, parts, organizations, remark }: SessionDetail): SessionDraft {
  const names = (field: PartField): string =>
    parts
      .filter((part) => part.role === PART_ROLES[field])
      .map((part) => part.name)
      .join('、')
  return {
    date: session.date,
    starts_at: session.starts_at ?? '',
    amount: session.amount?.label ?? '',
    kind: session.kind,
    title: session.title,
    level: session.level,
    theme: session.theme ?? '',
    place: session.place ?? '',
    state: session.state,
    hosts: names('hosts'),
    speakers: names('speakers'),
    recorders: names('recorders'),
    organizations: [...organizations],
    remark: remark ?? '',
  }
}

/** What the core is given: a blank is nothing. */
export function inputOf(draft: SessionDraft): SessionInput {
  const some = (text: string): string | null => (text.trim() === '' ? null : text)
  return {
    date: draft.date,
    starts_at: some(draft.starts_at),
    amount: some(draft.amount),
    kind: draft.kind,
    title: draft.title,
    level: draft.level,
    theme: some(draft.theme),
    place: some(draft.place),
    state: draft.state,
    hosts: some(draft.hosts),
    speakers: some(draft.speakers),
    recorders: some(draft.recorders),
    organizations: draft.organizations,
    remark: some(draft.remark),
  }
}

/** The level that a kind usually has: 中心组学习 is the committee's, every other kind the branch's. */
export function proposedLevel(kind: string): SessionLevel {
  return kind.trim() === '中心组学习' ? 'committee' : 'branch'
}

/** Names of a field that the book could not tell who they are, as long as the text still holds them. */
export function unconfirmedNames(detail: SessionDetail | undefined, field: PartField, text: string): string[] {
  return (detail?.parts ?? [])
    .filter((part) => part.unconfirmed && part.role === PART_ROLES[field] && text.includes(part.name))
    .map((part) => part.name)
}
