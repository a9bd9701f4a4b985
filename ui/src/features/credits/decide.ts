/** The form of a decision: a reading or a number, for whom, why. */
import type { DecisionView, OutcomeView, QuestionView, RecordDecision, VerdictView } from '@/bridge/generated'

/** What stands in the form, as it is typed. */
export interface DecisionDraft {
  /** Id of the reading chosen; empty for none yet. */
  reading: string
  value: string
  /** Whether it holds for everybody, or only for the member at hand. */
  forAll: boolean
  reason: string
  document: string
}

/** A decision not yet made; a reading that was clicked is chosen already. */
export function draftOf(question: QuestionView, member: string | null, reading = ''): DecisionDraft {
  return { reading, value: '', forAll: member === null || question.for_all, reason: '', document: '' }
}

/** What is still missing: the name of the field, or null. */
export function missing(question: QuestionView, draft: DecisionDraft): 'reading' | 'value' | 'reason' | null {
  if (question.wants_value ? draft.value.trim() === '' : draft.reading === '') return question.wants_value ? 'value' : 'reading'
  return draft.reason.trim() === '' ? 'reason' : null
}

/** What the core is given. A decision about one fact names it, for whomever it holds. */
export function requestOf(ruleSet: string, question: QuestionView, draft: DecisionDraft, member: string | null): RecordDecision {
  return {
    rule_set: ruleSet,
    question: question.key,
    member: draft.forAll ? null : member,
    fact: question.fact,
    reading: question.wants_value ? null : draft.reading,
    value: question.wants_value ? draft.value.trim().normalize('NFKC') : null,
    reason: draft.reason,
    document: draft.document.trim() || null,
  }
}

/** The decisions of a rule set that hold for a member: their own, and those for everybody. */
export function decisionsFor(all: readonly DecisionView[], ruleSet: string, member: string): DecisionView[] {
  return all.filter((each) => each.rule_set === ruleSet && (each.member === null || each.member === member))
}

/** What a reading comes to, other questions read any way; each once, in the order of the outcomes. */
export interface ReadingResult {
  required: string[]
  verdicts: VerdictView[]
}

/** What follows from one reading of a question besides the total. */
export function resultOf(outcomes: readonly OutcomeView[], question: string, reading: string): ReadingResult {
  const under = outcomes.filter((outcome) => outcome.choices.some(([key, id]) => key === question && id === reading))
  return {
    required: [...new Set(under.flatMap((outcome) => (outcome.required === null ? [] : [outcome.required])))],
    verdicts: [...new Set(under.map((outcome) => outcome.verdict))],
  }
}

/** Whether any number could answer one of these questions. */
export function isUnlimited(questions: readonly QuestionView[]): boolean {
  return questions.some((question) => question.readings.some((reading) => reading.unbounded))
}
