/** The six steps of a session, in words. */
import type { PaperView, SessionPapers, Step, StepItem, StepState } from '@/bridge/generated'
import { t, type TextKey } from '@/i18n'

/** The steps in their order. */
export const STEPS: Record<Step, TextKey> = {
  plan: 'papers.step_plan',
  arrangement: 'papers.step_arrangement',
  attendance: 'papers.step_attendance',
  record: 'papers.step_record',
  check: 'papers.step_check',
  summary: 'papers.step_summary',
}

/** What completes a step, as a thing to do. */
const MISSING: Record<StepItem, TextKey> = {
  plan_item: 'papers.missing_plan_item',
  series: 'papers.missing_series',
  entered_before: 'papers.missing_entered_before',
  time: 'papers.missing_time',
  place: 'papers.missing_place',
  host: 'papers.missing_host',
  agenda: 'papers.missing_agenda',
  notice: 'papers.missing_notice',
  roll_closed: 'papers.missing_roll_closed',
  all_marked: 'papers.missing_all_marked',
  minutes: 'papers.missing_minutes',
  minutes_paper: 'papers.missing_minutes_paper',
  checker: 'papers.missing_checker',
  check_day: 'papers.missing_check_day',
  inspection: 'papers.missing_inspection',
  summary: 'papers.missing_summary',
}

/** Steps for which any one item is enough; the others want all. */
const ANY: readonly Step[] = ['plan', 'attendance', 'record', 'summary']

/** What completes a step and is not in the clerk's hands. */
const BEYOND: readonly StepItem[] = ['inspection', 'entered_before', 'series']

/** What is missing of a step, as a sentence; empty where it is done. */
export function missingText(state: StepState): string {
  if (state.done) return ''
  // What one cannot do oneself any more is no help: a day is past, a check comes by itself, a series makes its own.
  const items = state.missing.filter((item) => !BEYOND.includes(item))
  const words = items.map((item) => t(MISSING[item]))
  if (words.length === 0) return ''
  return words.length > 1 && ANY.includes(state.step)
    ? t('papers.missing_any', { items: words.join('，或') })
    : t('papers.missing_all', { items: words.join('、') })
}

/** How many of the six are done. */
export function doneCount(steps: readonly Pick<StepState, 'done'>[]): number {
  return steps.filter((state) => state.done).length
}

/** The steps that are not done, for a title: `缺：记录、总结`. */
export function openSteps(done: readonly boolean[]): string {
  const open = (Object.keys(STEPS) as Step[]).filter((_, at) => !done[at])
  return open.length === 0 ? t('papers.all_done') : t('papers.open', { steps: open.map((step) => t(STEPS[step])).join('、') })
}

/** The texts among a session's papers. */
export type TextField = 'agenda' | 'notified_on' | 'minutes' | 'resolutions' | 'summary' | 'checked_by' | 'checked_on' | 'audience'

/** What a field says, as text. */
export function fieldText(paper: PaperView, field: TextField): string {
  const value = paper[field]
  return value === null ? '' : String(value)
}

/** The state of one step. */
export function stateOf(papers: SessionPapers, step: Step): StepState {
  return papers.steps.find((state) => state.step === step) ?? { step, done: false, there: [], missing: [] }
}
