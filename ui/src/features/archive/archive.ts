/** What the archive's lists share: finding by text and pinyin, money as it is read, the words of states. */
import type { DocumentRow, InspectionRow, ObserverRow } from '@/bridge/generated'
import { normalized } from '@/features/roster/filter'
import { t, type TextKey } from '@/i18n'

/** How a word stands out. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'off'

/** Whether a record is found: every word of the text stands in one of its parts or, without tones, in their pinyin. */
export function found(text: string, parts: readonly (string | null | undefined)[], keys: readonly string[] = []): boolean {
  const wanted = text.split(/\s+/).map(normalized).filter(Boolean)
  if (wanted.length === 0) return true
  const said = normalized(parts.filter(Boolean).join('\n'))
  return wanted.every((word) => said.includes(word) || keys.some((key) => key.includes(word)))
}

/** An empty text is nothing. */
export function some(text: string): string | null {
  return text.trim() === '' ? null : text
}

/** Yuan with their thousands parted: `1,280.00`. The core gives the exact text; nothing is computed on it. */
export function yuan(amount: string): string {
  const [whole = '0', places = '00'] = amount.split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${places}`
}

/** The sum of exact amounts of two places, in whole cents: no fraction is ever added. */
export function sumYuan(amounts: readonly string[]): string {
  const cents = amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n)
  const digits = cents.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** How the study of a document stands. */
export const STUDY: Record<DocumentRow['study'], { word: TextKey; tone: Tone }> = {
  kept: { word: 'documents.kept', tone: 'off' },
  waiting: { word: 'documents.waiting', tone: 'warn' },
  planned: { word: 'documents.planned', tone: 'info' },
  overdue: { word: 'documents.overdue', tone: 'bad' },
  studied: { word: 'documents.studied', tone: 'ok' },
  studied_late: { word: 'documents.studied_late', tone: 'warn' },
}

/** How many days lie between a document and its study, in words. What is only kept has none. */
export function elapsed({ study, days, studied_on }: Pick<DocumentRow, 'study' | 'days' | 'studied_on'>): string {
  if (study === 'kept') return ''
  if (studied_on === null) return days < 0 ? t('documents.days_ahead', { days: -days }) : t('documents.days_open', { days })
  if (days === 0) return t('documents.days_same')
  return days < 0 ? t('documents.days_before', { days: -days }) : t('documents.days_studied', { days })
}

/** What of a check's findings is mended, in words. */
export function mending({ findings, open, overdue }: Pick<InspectionRow, 'findings' | 'open' | 'overdue'>): { text: string; tone: Tone } {
  const count = findings.length
  if (count === 0) return { text: t('inspections.no_findings'), tone: 'off' }
  if (overdue > 0) return { text: t('inspections.overdue', { overdue }), tone: 'bad' }
  return open > 0 ? { text: t('inspections.open', { open, count }), tone: 'warn' } : { text: t('inspections.all_mended', { count }), tone: 'ok' }
}

/** How an observer's report stands. */
export const REPORT: Record<ObserverRow['state'], { word: TextKey; tone: Tone }> = {
  not_yet: { word: 'observers.not_yet', tone: 'off' },
  waiting: { word: 'observers.waiting', tone: 'warn' },
  overdue: { word: 'observers.overdue', tone: 'bad' },
  handed_in: { word: 'observers.handed_in', tone: 'ok' },
  handed_in_late: { word: 'observers.handed_in_late', tone: 'warn' },
}
