/** The rows of a plan: which columns, how a cell reads, how one is written. */
import type { ItemState, PlanItemInput, PlanItemView, PlanView } from '@/bridge/generated'
import { t, type TextKey } from '@/i18n'

/** A column that is typed into. */
export type TextColumn = 'title' | 'form' | 'material' | 'speaker' | 'target' | 'due' | 'note'

/** The columns of the grid, in order. */
export type Column = 'theme' | TextColumn | 'sessions' | 'state'

export const COLUMNS: readonly { key: Column; title: TextKey }[] = [
  { key: 'title', title: 'plans.item' },
  { key: 'theme', title: 'plans.theme' },
  { key: 'due', title: 'plans.due' },
  { key: 'target', title: 'plans.target' },
  { key: 'form', title: 'plans.form' },
  { key: 'speaker', title: 'plans.speaker' },
  { key: 'sessions', title: 'plans.sessions' },
  { key: 'state', title: 'plans.state' },
  { key: 'material', title: 'plans.material' },
  { key: 'note', title: 'plans.note' },
]

/** Where an item stands, in words and tone. */
export const STATES: Record<ItemState, { label: TextKey; tone: 'ok' | 'bad' | 'info' | 'warn' }> = {
  done: { label: 'plans.state_done', tone: 'ok' },
  overdue: { label: 'plans.state_overdue', tone: 'bad' },
  underway: { label: 'plans.state_underway', tone: 'info' },
  unplanned: { label: 'plans.state_unplanned', tone: 'warn' },
}

/** Which items a plan's page shows. */
export type PlanFilter = 'all' | 'gaps' | 'q1' | 'q2' | 'q3' | 'q4'

/** The items that pass the filter, in the plan's order. */
export function shownItems(items: readonly PlanItemView[], filter: PlanFilter): PlanItemView[] {
  if (filter === 'all') return [...items]
  if (filter === 'gaps') return items.filter((item) => item.state === 'overdue' || item.state === 'unplanned')
  return items.filter((item) => item.quarter === Number(filter.slice(1)))
}

/** A due in words: 3月, 第一季度, 3月15日; with the year where it is another. */
export function dueText(due: string | null, year: number): string {
  if (due === null) return ''
  const own = due.slice(0, 4) === String(year)
  const before = own ? '' : `${due.slice(0, 4)}年`
  const quarter = /^\d{4}-Q(\d)$/.exec(due)?.[1]
  if (quarter) return before + t('plans.quarter', { quarter: ['一', '二', '三', '四'][Number(quarter) - 1] ?? quarter })
  const [, month, day] = due.split('-').map(Number)
  return `${before}${month}月${day ? `${day}日` : ''}`
}

/** How far an item is: 1/2次; empty without a target. */
export function progressText({ progress }: PlanItemView): string {
  if (!progress) return ''
  const { done, target, unit } = progress
  return done === null ? t('plans.progress_open', { target, unit }) : t('plans.progress', { done, target, unit })
}

/** What stands in a cell for reading. */
export function cellText(item: PlanItemView, column: Column, plan: PlanView): string {
  switch (column) {
    case 'theme':
      return plan.themes.find((theme) => theme.id === item.theme)?.name ?? ''
    case 'due':
      return dueText(item.due, plan.year)
    case 'sessions':
      return progressText(item) || (item.sessions.length === 0 ? t('plans.no_sessions') : t('plans.sessions_count', { count: item.sessions.length }))
    case 'state':
      return t(STATES[item.state].label)
    default:
      return item[column] ?? ''
  }
}

/** What stands in a cell once it is edited. */
export function editText(item: PlanItemView, column: TextColumn, year: number): string {
  return column === 'due' ? dueText(item.due, year) : (item[column] ?? '')
}

/** An item as the core is given it, with some fields changed. */
export function inputOf(item: PlanItemView | null, changed: Partial<PlanItemInput>): PlanItemInput {
  const { theme = null, title = '', form = null, material = null, speaker = null, target = null, due = null, note = null } = item ?? {}
  return { theme, title, form, material, speaker, target, due, note, ...changed }
}

/** The place among all items that a place among the shown ones stands for. */
export function placeOf(all: readonly PlanItemView[], shown: readonly PlanItemView[], from: number, by: -1 | 1): number | null {
  const neighbour = shown[from + by]
  return neighbour ? all.findIndex((item) => item.id === neighbour.id) : null
}
