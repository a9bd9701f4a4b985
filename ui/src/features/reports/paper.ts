/**
 * A paper on its way to a file: ask where, write it as a job, say what was
 * written.
 *
 *     const summary = usePaper('summary')
 *     await summary.write(2025)          // the sentence of the result; null where cancelled or failed
 */
import { ref, type Ref } from 'vue'

import { useAppState } from '@/app/state'
import { CoreError } from '@/bridge/errors'
import { chooseTarget } from '@/bridge/files'
import type { ReportWritten, WriteReport } from '@/bridge/generated'
import { useJob, type JobHandle } from '@/bridge/jobs'
import { nameForFile } from '@/features/book/fileName'
import { t } from '@/i18n'

/** The papers. */
export type PaperKind = 'summary' | 'ledger' | 'supplements'

const PAPERS = {
  summary: { command: 'reports.summary', purpose: 'summary', name: 'reports.summary_file', written: 'reports.written_summary' },
  ledger: { command: 'reports.attendance_csv', purpose: 'ledger_csv', name: 'reports.ledger_file', written: 'reports.written_ledger' },
  supplements: { command: 'reports.supplements_csv', purpose: 'ledger_csv', name: 'months.file', written: 'months.written' },
} as const

/** The name that is proposed for a paper: 2025年度学习情况汇总表-机关第三党支部.xlsx. */
export function suggestedName(kind: PaperKind, year: number, book: string): string {
  return t(PAPERS[kind].name, { year, book: nameForFile(book) })
}

/** A paper as a page writes and shows it. */
export interface PaperHandle {
  job: JobHandle<WriteReport, ReportWritten>
  /** What the last writing brought, in words; null before, and where there was none. */
  said: Ref<string | null>
  error: Ref<CoreError | null>
  /** Asks where and writes; gives what `said` then holds. */
  write(year: number): Promise<string | null>
}

/** Writes one of the papers of the open book. */
export function usePaper(kind: PaperKind): PaperHandle {
  const { command, purpose, written } = PAPERS[kind]
  const state = useAppState()
  const job = useJob(command)
  const said = ref<string | null>(null)
  const error = ref<CoreError | null>(null)

  async function write(year: number): Promise<string | null> {
    said.value = error.value = null
    try {
      const file = await chooseTarget(purpose, suggestedName(kind, year, state.data.value?.book?.name ?? ''))
      if (file === null) return null
      const done = await job.run({ year, file: file.token })
      said.value = done === null ? t('reports.cancelled', { file: file.name }) : t(written, { ...done, file: done.file_name })
    } catch (thrown) {
      error.value = CoreError.from(thrown)
    }
    return said.value
  }

  return { job, said, error, write }
}
