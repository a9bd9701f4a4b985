/** The sheets that can be printed of a session, and what stands on them. */
import type { AttendanceSheet, RollRow, SessionPapers, SessionRow } from '@/bridge/generated'
import { weekday } from '@/i18n/figures'

/** The sheets, in the order of the menu. */
export const FORMS = [
  { path: 'notice', key: 'notice' },
  { path: 'sign-in', key: 'sign_in' },
  { path: 'minutes', key: 'minutes' },
  { path: 'absentees', key: 'absentees' },
] as const

/** One of them, as it stands in the address. */
export type FormPath = (typeof FORMS)[number]['path']

/** What every sheet is made from. */
export interface SheetData {
  papers: SessionPapers
  sheet: AttendanceSheet
  /** Whether it is filled with what is recorded; else it is printed to be filled by hand. */
  filled: boolean
}

/** Empty lines at the end of a sign-in sheet, for whoever is not on the roster. */
export const SPARE_LINES = 20

/**
 * Lines of 9 mm that fit a page of A4 upright, and that fit above the foot of
 * the last. WebKitGTK prints up to a sixth larger than the page says: hence
 * the room that is left.
 */
export const LINES = { page: 20, last: 17 }

/** One line of a list; `null` is an empty one. */
export type Line<T> = { number: number; row: T | null }

/** Cuts lines into pages, so that the last has room for the foot. An empty list is one page. */
export function pages<T>(lines: readonly T[], sizes: { page: number; last: number } = LINES): T[][] {
  const found: T[][] = []
  let rest = lines
  while (rest.length > sizes.last) {
    // What fits no last page but one ordinary page leaves a line for the foot's page.
    const size = Math.min(sizes.page, rest.length - 1)
    found.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return [...found, [...rest]]
}

/** Who is expected to sign: everybody on the roll of whom it is required, and whoever came all the same. */
export function expected(rows: readonly RollRow[]): RollRow[] {
  return rows.filter((row) => row.mark.status !== 'not_required')
}

/** The roster in its order with its line numbers, then the spare lines, numbered on. */
export function signInLines(rows: readonly RollRow[], spare = SPARE_LINES): Line<RollRow>[] {
  const lines: Line<RollRow>[] = rows.map((row) => ({ number: row.line, row }))
  const last = rows.reduce((highest, row) => Math.max(highest, row.line), 0)
  for (let at = 1; at <= spare; at += 1) lines.push({ number: last + at, row: null })
  return lines
}

const MISSED = ['official_leave', 'sick_leave', 'personal_leave', 'absent'] as const

/** Who did not come, observers left out. */
export function absentees(rows: readonly RollRow[]): RollRow[] {
  return rows.filter((row) => !row.mark.observer && MISSED.some((status) => status === row.mark.status))
}

/** `2025年12月15日（周一）` */
export function longDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日（${weekday(date)}）`
}

/** `14:30—16:00`; the beginning alone where the length is not known; empty where neither is. */
export function span(session: SessionRow): string {
  if (!session.starts_at) return ''
  const minutes = session.amount?.minutes ?? null
  if (minutes === null) return session.starts_at
  const [hour = 0, minute = 0] = session.starts_at.split(':').map(Number)
  const end = hour * 60 + minute + minutes
  // A sitting that ends after midnight is named by its beginning alone.
  if (end >= 24 * 60) return session.starts_at
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${session.starts_at}—${two(Math.floor(end / 60))}:${two(end % 60)}`
}

/** Names in one part, widened, joined for a form. */
export function namesIn(papers: SessionPapers, role: 'host' | 'speaker' | 'recorder' | 'observer'): string {
  return papers.people
    .filter((person) => person.role === role)
    .map((person) => person.display_name)
    .join('、')
}

/** The organizations that hold a session. */
export function holders(papers: SessionPapers): string {
  return papers.branches.flatMap((branch) => (branch.organization ? [branch.name] : [])).join('、')
}

const NUMERALS = '零一二三四五六七八九十'

/** 一, 二, … 十, 十一 … as headings are numbered. */
export function numeral(value: number): string {
  if (value <= 10) return NUMERALS[value] ?? ''
  if (value < 20) return `十${NUMERALS[value - 10]}`
  return `${NUMERALS[Math.floor(value / 10)]}十${value % 10 === 0 ? '' : NUMERALS[value % 10]}`
}

/** The agenda's lines without numbers of their own: the notice numbers them. */
export function agendaLines(agenda: string | null): string[] {
  const number = /^\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]|[-•·])\s*/
  return (agenda ?? '')
    .split('\n')
    .map((line) => line.replace(number, '').trim())
    .filter((line) => line !== '')
}
