import { readonly, ref } from 'vue'
import { useRouter } from 'vue-router'

import { host } from '@/bridge/core'
import { chooseFile, chooseTarget } from '@/bridge/files'
import { queryClient } from '@/bridge/queries'
import { useToasts } from '@/stores/toasts'
import { useYear } from '@/stores/year'

import { nameForFile } from './fileName'

const opened = ref(0)
/** How often the window changed its book: pages of the book before do not live on. Two books may have one file name. */
export const bookChanges = readonly(opened)

/** What can be done with books. Each says what went wrong by a toast; those that open a book end on the workbench. */
export interface BookActions {
  /** Asks where, makes a new book there and opens it; false where the user cancelled or it failed. */
  create(name: string, operator: string): Promise<boolean>
  /** Asks which file, and opens it. */
  choose(): Promise<boolean>
  /** Opens a file by token: of the recent list or the command line. */
  open(token: string): Promise<boolean>
  openSample(): Promise<boolean>
  close(): Promise<boolean>
  forget(token: string): Promise<boolean>
}

/** Opening, making and closing books. */
export function useBook(): BookActions {
  const router = useRouter()
  const year = useYear()
  const toasts = useToasts()

  /** Runs it, then drops everything known of the book before. */
  async function change(act: () => Promise<object | null>): Promise<boolean> {
    try {
      if ((await act()) === null) return false
      year.forget()
      toasts.lapse()
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'app.state' })
      await router.push('/workbench')
      await queryClient.invalidateQueries({ queryKey: ['app.state'] })
      opened.value += 1
      return true
    } catch (thrown) {
      toasts.showError(thrown)
      return false
    }
  }

  return {
    create: (name, operator) =>
      change(async () => {
        const file = await chooseTarget('book', `${nameForFile(name)}.xueji`)
        return file && host('book.create', { file: file.token, name, operator })
      }),
    choose: () =>
      change(async () => {
        const file = await chooseFile('book')
        return file && host('book.open', { file: file.token })
      }),
    open: (file) => change(() => host('book.open', { file })),
    openSample: () => change(() => host('book.open_sample', {})),
    close: () => change(() => host('book.close', {})),
    async forget(file) {
      try {
        await host('book.forget', { file })
        await queryClient.invalidateQueries({ queryKey: ['app.state'] })
        return true
      } catch (thrown) {
        toasts.showError(thrown)
        return false
      }
    },
  }
}
