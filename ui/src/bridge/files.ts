/**
 * Files by token. The window never sees a path: a dialog of the desktop gives
 * a token with a display name. Where the desktop can show no dialog, the user
 * types a path into one of ours (`FilePrompt.vue`, mounted once).
 *
 *     const file = await chooseFile('spreadsheet')          // FileToken | null
 *     const target = await chooseTarget('summary', '年度学习情况汇总表 2025.xlsx')
 */
import { shallowRef } from 'vue'

import { pickOpen, pickSave } from './core'
import { CoreError } from './errors'
import type { FileToken } from './generated'
import type { FilePurpose } from './transport'

/** A path that is being asked for. */
export interface PathQuestion {
  purpose: FilePurpose
  newFile: boolean
  suggestedName: string
  answer(token: FileToken | null): void
}

/** The question on screen, if there is one. */
export const pathQuestion = shallowRef<PathQuestion | null>(null)

/** Has the user choose a file to read; null when they cancel. */
export function chooseFile(purpose: FilePurpose): Promise<FileToken | null> {
  return orTyped(() => pickOpen(purpose), { purpose, newFile: false, suggestedName: '' })
}

/** Has the user choose where to write; null when they cancel. */
export function chooseTarget(purpose: FilePurpose, suggestedName: string): Promise<FileToken | null> {
  return orTyped(() => pickSave(purpose, suggestedName), { purpose, newFile: true, suggestedName })
}

async function orTyped(pick: () => Promise<FileToken | null>, question: Omit<PathQuestion, 'answer'>): Promise<FileToken | null> {
  try {
    return await pick()
  } catch (thrown) {
    if (CoreError.from(thrown).code !== 'no_file_dialog') throw thrown
    return new Promise((resolve) => {
      pathQuestion.value = {
        ...question,
        answer: (token) => {
          pathQuestion.value = null
          resolve(token)
        },
      }
    })
  }
}
