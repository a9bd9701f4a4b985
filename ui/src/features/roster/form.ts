/** What the forms of a member hold while they are filled in, and what they send. */
import type { HistoryField, MemberChange, MemberInput, MemberRow } from '@/bridge/generated'

/** Every field as text; blank is 'not known'. */
export type MemberFields = { [Field in keyof MemberInput]: string }

/** An empty form. */
export function emptyFields(organization: string): MemberFields {
  return {
    staff_no: '',
    name: '',
    gender: '',
    born: '',
    party_status: '',
    party_joined: '',
    rank: '',
    post: '',
    category: '',
    organization,
    department: '',
    phone: '',
    remark: '',
  }
}

/** A form filled with what stands in the book. */
export function fieldsOf(member: MemberRow): MemberFields {
  const fields = emptyFields('')
  for (const key of Object.keys(fields) as (keyof MemberFields)[]) fields[key] = member[key] ?? ''
  return fields
}

/** What the form says, as the core takes it. */
export function inputOf(fields: MemberFields): MemberInput {
  const known = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  return {
    staff_no: known(fields.staff_no),
    name: fields.name.trim(),
    gender: known(fields.gender),
    born: known(fields.born),
    party_status: known(fields.party_status),
    party_joined: known(fields.party_joined),
    rank: known(fields.rank),
    post: known(fields.post),
    category: known(fields.category),
    organization: known(fields.organization),
    department: known(fields.department),
    phone: known(fields.phone),
    remark: known(fields.remark),
  }
}

/** Whether two states of a form say the same. */
export function sameFields(left: MemberFields, right: MemberFields): boolean {
  return (Object.keys(left) as (keyof MemberFields)[]).every((key) => left[key].trim() === right[key].trim())
}

/** What becomes of one dated fact: nothing, another value, or none from that day on. */
export type Turn = { kind: 'keep' } | { kind: 'set'; value: string } | { kind: 'clear' }

/** The facts of a change, by field. */
export type Turns = Record<HistoryField, Turn>

/** A form of a change that changes nothing yet. */
export function untouched(): Turns {
  return {
    rank: { kind: 'keep' },
    post: { kind: 'keep' },
    party_status: { kind: 'keep' },
    category: { kind: 'keep' },
    organization: { kind: 'keep' },
    department: { kind: 'keep' },
  }
}

/**
 * Only what changes, as the core takes it. 'Set' without a value says nothing
 * yet and is left out: clearing has to be chosen.
 */
export function changesOf(turns: Turns): MemberChange[] {
  return (Object.keys(turns) as HistoryField[]).flatMap((field): MemberChange[] => {
    const turn = turns[field]
    if (turn.kind === 'keep') return []
    if (turn.kind === 'clear') return [{ field, value: null }]
    const value = turn.value.trim()
    return value === '' ? [] : [{ field, value }]
  })
}
