import type { TextKey } from '@/i18n'

/** A line of the navigation. Alt and its key go there. */
export interface NavigationItem {
  path: string
  label: TextKey
  /** A digit, or a letter of its pinyin once the digits are used up. */
  key: string
  /** A heading that stands before it. */
  section?: TextKey
}

/** The navigation, in the order of the screen. */
export const NAVIGATION: readonly NavigationItem[] = [
  { path: '/workbench', label: 'nav.workbench', key: '1' },
  { path: '/sessions', label: 'nav.sessions', key: '2' },
  { path: '/attendance', label: 'nav.attendance_ledger', key: 'k' },
  { path: '/study', label: 'nav.study', key: '3' },
  { path: '/credits', label: 'nav.credits', key: '4', section: 'nav.results' },
  { path: '/assess', label: 'nav.assess', key: '5' },
  { path: '/reports', label: 'nav.reports', key: '6' },
  { path: '/roster', label: 'nav.roster', key: '7', section: 'nav.administration' },
  { path: '/archive', label: 'nav.archive', key: 'd' },
  { path: '/import', label: 'nav.import', key: '8' },
  { path: '/rules', label: 'nav.rules', key: '9' },
  { path: '/settings', label: 'nav.settings', key: '0' },
]
