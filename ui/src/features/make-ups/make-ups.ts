/** 补学: which groups and lines are shown, and what is chosen of them. */
import type { MakeUpGroup, MakeUpLine, MakeUpState } from '@/bridge/generated'
import { t } from '@/i18n'

/** Which absences are shown. */
export type Show = 'all' | 'open' | 'overdue' | 'unchecked'

/** The tone of a state; the word stands beside it. */
export const STATE_TONES: Record<MakeUpState, 'ok' | 'bad' | 'warn' | 'info' | 'off'> = {
  owed: 'info',
  overdue: 'bad',
  done: 'ok',
  done_late: 'warn',
  done_unknown: 'ok',
  voluntary: 'off',
}

/** The key of an absence. */
export function lineKey(line: MakeUpLine): string {
  return `${line.session} ${line.member}`
}

/** Whether an absence is shown. */
export function shows(show: Show, line: MakeUpLine): boolean {
  switch (show) {
    case 'all':
      return true
    case 'open':
      return line.state === 'owed' || line.state === 'overdue'
    case 'overdue':
      return line.state === 'overdue'
    case 'unchecked':
      return line.make_up !== null && line.make_up.checker === null
  }
}

/** The groups that hold something shown, and match the text. */
export function filterGroups(groups: readonly MakeUpGroup[], text: string, show: Show): readonly MakeUpGroup[] {
  const wanted = text.trim()
  return groups.filter((group) => (wanted === '' || group.title.includes(wanted) || group.detail?.includes(wanted) === true) && group.lines.some((line) => shows(show, line)))
}

/** Days to the due day in words; empty once it is made up. */
export function daysText(line: MakeUpLine): string {
  if (line.make_up !== null) return ''
  if (line.days_left < 0) return t('make_ups.days_late', { days: -line.days_left })
  return line.days_left === 0 ? t('make_ups.days_today') : t('make_ups.days_left', { days: line.days_left })
}

/** The chosen lines that are still there, in the order of the list. */
export function chosenLines(lines: readonly MakeUpLine[], chosen: ReadonlySet<string>): MakeUpLine[] {
  return lines.filter((line) => chosen.has(lineKey(line)))
}

/** All of the lines chosen; none where all were. */
export function toggleAll(lines: readonly MakeUpLine[], chosen: ReadonlySet<string>): Set<string> {
  const all = lines.map(lineKey)
  return all.every((key) => chosen.has(key)) ? new Set() : new Set(all)
}
