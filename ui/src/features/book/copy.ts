import { chooseTarget } from '@/bridge/files'
import type { CopyMade, FileRequest } from '@/bridge/generated'
import { useJob, type JobHandle } from '@/bridge/jobs'
import { t } from '@/i18n'
import { useToasts } from '@/stores/toasts'

import { nameForFile } from './fileName'

/** Saving a checked copy of the open book; a toast says what came of it. */
export interface SaveCopy {
  job: JobHandle<FileRequest, CopyMade>
  save(book: string): Promise<void>
}

/** Asks where, writes the copy and checks it. */
export function useSaveCopy(): SaveCopy {
  const job = useJob('book.save_copy')
  const toasts = useToasts()

  async function save(book: string): Promise<void> {
    try {
      const file = await chooseTarget('book', t('book.copy_file', { book: nameForFile(book) }))
      const made = file && (await job.run({ file: file.token }))
      if (made) toasts.show({ text: t('book.copy_made', { name: made.file_name, kib: made.kib }) })
    } catch (thrown) {
      toasts.showError(thrown)
    }
  }

  return { job, save }
}
