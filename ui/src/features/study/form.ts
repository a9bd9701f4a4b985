/** The form of a self-study entry: every field as text, as it is typed; the core reads it. */
import type { StudyInput, StudyRow } from '@/bridge/generated'

/** What stands in the form. */
export interface StudyDraft {
  /** Key of the member; null while nobody is chosen. */
  member: string | null
  date: string
  form: string
  content: string
  amount: string
  note: string
  declared: string
  /** Whether it is the person's own statement, which waits for approval. */
  pending: boolean
}

/** An entry of nobody yet, on a day. */
export function emptyDraft(date: string): StudyDraft {
  return { member: null, date, form: '', content: '', amount: '', note: '', declared: '', pending: false }
}

/** An entry of the book, as the form shows it. */
export function draftOf(row: StudyRow): StudyDraft {
  return {
    member: row.member,
    date: row.date,
    form: row.form,
    content: row.content,
    amount: row.amount.label,
    note: row.note ?? '',
    declared: row.declared_chars === null ? '' : String(row.declared_chars),
    pending: row.state === 'pending',
  }
}

/** The same study again: who, how, what and how long; another day, another note. */
export function copyOf(row: StudyRow, date: string): StudyDraft {
  return { ...draftOf(row), date, note: '', declared: '', pending: false }
}

/** What stays in the quick line for the next entry: who and when. */
export function nextDraft({ member, date }: StudyDraft): StudyDraft {
  return { ...emptyDraft(date), member }
}

/** What the core is given. A declared count does not stand beside a text, which counts itself. */
export function inputOf(draft: StudyDraft, member: string): StudyInput {
  const noted = draft.note.trim() !== ''
  const declared = Number.parseInt(draft.declared.normalize('NFKC'), 10)
  return {
    member,
    date: draft.date,
    form: draft.form,
    content: draft.content,
    amount: draft.amount,
    note: noted ? draft.note : null,
    declared_chars: !noted && declared > 0 ? declared : null,
    pending: draft.pending,
  }
}

/** Whether it was entered later than the day after its date (补登). Both `YYYY-MM-DD`. */
export function isLateEntry(row: Pick<StudyRow, 'date' | 'entered_on'>): boolean {
  const DAY_MS = 86_400_000
  return Date.parse(row.entered_on) - Date.parse(row.date) > DAY_MS
}
