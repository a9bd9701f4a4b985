import type { TextKey } from '@/i18n'

/** A line of the navigation. Alt and its number (from 1) go there. */
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
  { path: '/reports', label: 'nav.reports' },
  { path: '/roster', label: 'nav.roster', section: 'nav.administration' },
  { path: '/import', label: 'nav.import' },
  { path: '/settings', label: 'nav.settings' },
]
