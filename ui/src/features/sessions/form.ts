/** The form of a session: every field as text, as it is typed; the core reads it. */
import type { Role, SessionDetail, SessionInput, SessionLevel, SessionState, WordView } from '@/bridge/generated'

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
  also: string[]
  tags: string[]
  /** The plan's item that it carries out; empty: none. */
  plan_item: string
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
    also: [],
    tags: [],
    plan_item: '',
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
    also: [...session.also],
    tags: [...session.tags],
    plan_item: session.plan_item ?? '',
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
    also: draft.also,
    tags: draft.tags,
    plan_item: some(draft.plan_item),
  }
}

/** The level that a kind usually has, by the list of kinds; of a kind that is not there the branch's. */
export function proposedLevel(kind: string, words: readonly WordView[]): SessionLevel {
  return words.find((word) => word.name === kind.trim())?.level ?? 'branch'
}

/** Names of a field that the book could not tell who they are, as long as the text still holds them. */
export function unconfirmedNames(detail: SessionDetail | undefined, field: PartField, text: string): string[] {
  return (detail?.parts ?? [])
    .filter((part) => part.unconfirmed && part.role === PART_ROLES[field] && text.includes(part.name))
    .map((part) => part.name)
}
