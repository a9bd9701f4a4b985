import type { TextKey } from '@/i18n'

/** A line of the navigation. Alt and its digit go there. */
export interface NavigationItem {
  path: string
  label: TextKey
  /** A heading that stands before it. */
  section?: TextKey
}

/** The navigation, in the order of the screen. */
export const NAVIGATION: readonly NavigationItem[] = [
  { path: '/workbench', label: 'nav.workbench' },
  { path: '/sessions', label: 'nav.sessions' },
  { path: '/study', label: 'nav.study' },
  { path: '/credits', label: 'nav.credits', section: 'nav.results' },
  { path: '/assess', label: 'nav.assess' },
  { path: '/reports', label: 'nav.reports' },
  { path: '/roster', label: 'nav.roster', section: 'nav.administration' },
  { path: '/import', label: 'nav.import' },
  { path: '/rules', label: 'nav.rules' },
  { path: '/settings', label: 'nav.settings' },
]

/** The digit of a line by its place from 0: 1 to 9, and 0 for the tenth. */
export function digitOfLine(index: number): number {
  return (index + 1) % 10
}
