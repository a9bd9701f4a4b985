/** Every page, loaded when first shown. A page author replaces the file that stands here. */
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'

import type { TextKey } from '@/i18n'

declare module 'vue-router' {
  interface RouteMeta {
    /** The title in the header. */
    title?: TextKey
    /** Whether the year picker stands beside it. */
    year?: boolean
  }
}

/** The pages. */
export const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/workbench' },
  { path: '/workbench', name: 'workbench', component: () => import('@/features/workbench/WorkbenchPage.vue'), meta: { title: 'nav.workbench', year: true } },
  { path: '/workbench/warnings', name: 'warnings', component: () => import('@/features/warnings/WarningsPage.vue'), meta: { title: 'warnings.title', year: true } },
  { path: '/sessions', name: 'sessions', component: () => import('@/features/sessions/SessionsPage.vue'), meta: { title: 'nav.sessions', year: true } },
  { path: '/sessions/coverage', name: 'coverage', component: () => import('@/features/coverage/CoveragePage.vue'), meta: { title: 'nav.sessions', year: true } },
  { path: '/sessions/rotation', name: 'rotation', component: () => import('@/features/rotation/RotationPage.vue'), meta: { title: 'nav.sessions' } },
  { path: '/sessions/:id/papers', name: 'papers', props: true, component: () => import('@/features/papers/PapersPage.vue'), meta: { title: 'papers.steps' } },
  { path: '/sessions/:id/print/:form', name: 'print', props: true, component: () => import('@/features/prints/PrintPage.vue'), meta: { title: 'prints.title' } },
  { path: '/sessions/calendar', name: 'calendar', component: () => import('@/features/calendar/CalendarPage.vue'), meta: { title: 'nav.sessions', year: true } },
  { path: '/sessions/plan', name: 'plan', component: () => import('@/features/plans/PlanPage.vue'), meta: { title: 'nav.sessions', year: true } },
  { path: '/sessions/:id', name: 'session', props: true, component: () => import('@/features/attendance/AttendancePage.vue'), meta: { title: 'nav.attendance' } },
  { path: '/attendance', name: 'ledger', component: () => import('@/features/ledger/LedgerPage.vue'), meta: { title: 'nav.attendance_ledger', year: true } },
  { path: '/attendance/leave', name: 'leave', component: () => import('@/features/leave/LeavePage.vue'), meta: { title: 'nav.attendance_ledger', year: true } },
  { path: '/attendance/cards', name: 'cards', component: () => import('@/features/cards/CardsPage.vue'), meta: { title: 'nav.attendance_ledger' } },
  { path: '/attendance/months', name: 'months', component: () => import('@/features/months/MonthsPage.vue'), meta: { title: 'nav.attendance_ledger', year: true } },
  { path: '/attendance/make-ups', name: 'make-ups', component: () => import('@/features/make-ups/MakeUpsPage.vue'), meta: { title: 'nav.attendance_ledger', year: true } },
  { path: '/study', name: 'study', component: () => import('@/features/study/StudyPage.vue'), meta: { title: 'nav.study', year: true } },
  { path: '/credits/:member?', name: 'credits', props: true, component: () => import('@/features/credits/CreditsPage.vue'), meta: { title: 'nav.credits', year: true } },
  { path: '/credits/decisions', name: 'decisions', component: () => import('@/features/credits/DecisionsPage.vue'), meta: { title: 'nav.credits', year: true } },
  { path: '/credits/manual', name: 'manual', component: () => import('@/features/credits/ManualPage.vue'), meta: { title: 'nav.credits', year: true } },
  { path: '/credits/closing/:id?', name: 'closing', props: true, component: () => import('@/features/closing/ClosingPage.vue'), meta: { title: 'nav.credits', year: true } },
  { path: '/credits/openings', name: 'openings', component: () => import('@/features/closing/OpeningsPage.vue'), meta: { title: 'nav.credits', year: true } },
  { path: '/assess', name: 'assess', component: () => import('@/features/assess/AssessPage.vue'), meta: { title: 'nav.assess', year: true } },
  { path: '/reports', name: 'reports', component: () => import('@/features/reports/ReportsPage.vue'), meta: { title: 'nav.reports', year: true } },
  { path: '/roster', name: 'roster', component: () => import('@/features/roster/RosterPage.vue'), meta: { title: 'nav.roster' } },
  { path: '/roster/:id', name: 'member', props: true, component: () => import('@/features/roster/MemberPage.vue'), meta: { title: 'nav.member' } },
  { path: '/archive', name: 'archive', component: () => import('@/features/archive/DocumentsPage.vue'), meta: { title: 'nav.archive' } },
  { path: '/archive/inspections', name: 'inspections', component: () => import('@/features/archive/InspectionsPage.vue'), meta: { title: 'nav.archive' } },
  { path: '/archive/observers', name: 'observers', component: () => import('@/features/archive/ObserversPage.vue'), meta: { title: 'nav.archive', year: true } },
  { path: '/archive/expenses', name: 'expenses', component: () => import('@/features/archive/ExpensesPage.vue'), meta: { title: 'nav.archive', year: true } },
  { path: '/archive/commendations', name: 'commendations', component: () => import('@/features/archive/CommendationsPage.vue'), meta: { title: 'nav.archive' } },
  { path: '/archive/cases', name: 'cases', component: () => import('@/features/archive/CasesPage.vue'), meta: { title: 'nav.archive' } },
  { path: '/import/:kind?', name: 'import', props: true, component: () => import('@/features/exchange/ImportPage.vue'), meta: { title: 'nav.import' } },
  { path: '/rules', name: 'rules', component: () => import('@/features/rules/RulesPage.vue'), meta: { title: 'nav.rules' } },
  { path: '/rules/:id', name: 'rule-editor', props: true, component: () => import('@/features/rules/RuleEditorPage.vue'), meta: { title: 'nav.rule_editor', year: true } },
  { path: '/settings', name: 'settings', component: () => import('@/features/settings/SettingsPage.vue'), meta: { title: 'nav.settings' } },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('@/app/NotFoundPage.vue'), meta: { title: 'app.not_found' } },
]

export const router = createRouter({ history: createWebHashHistory(), routes })
