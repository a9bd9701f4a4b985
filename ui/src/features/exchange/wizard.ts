/**
 * The wizard's state: one file on its way into the book. Steps only look at
 * it; nothing is written before `apply`.
 */
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

import { host } from '@/bridge/core'
import { CoreError } from '@/bridge/errors'
import { chooseFile } from '@/bridge/files'
import type { FileToken, ImportDone, ImportKind, ImportPreview, ImportSource, Reading } from '@/bridge/generated'
import { useJob, type JobHandle } from '@/bridge/jobs'

import { withAnswer } from './reading'

/** Where the wizard stands. */
export type WizardStep = 'file' | 'sheet' | 'columns' | 'preview' | 'done'

/** Another sheet (index, from 0) or heading row (number in the file, from 1; null: the one that reads best). */
export interface HeadingChoice {
  sheet: number
  row: number | null
}

export interface Wizard {
  step: Ref<WizardStep>
  file: Ref<FileToken | null>
  source: Ref<ImportSource | null>
  reading: Ref<Reading | null>
  /** The sheet and heading row that the core is being asked about. */
  moving: Ref<HeadingChoice | null>
  preview: Ref<ImportPreview | null>
  done: Ref<ImportDone | null>
  /** What went wrong at this step. */
  error: Ref<CoreError | null>
  /** Whether the preview on screen is older than the reading. */
  stale: ComputedRef<boolean>
  readJob: JobHandle<never, unknown>
  previewJob: JobHandle<never, unknown>
  applyJob: JobHandle<never, unknown>
  /** Has the user choose a file, and reads it. */
  choose(): Promise<void>
  /** Reads the file again in another encoding. */
  readAgain(encoding: string): Promise<void>
  /** Takes over another reading; the preview is made anew when it is shown. */
  settle(reading: Reading): void
  /** Takes another sheet or heading row: the core says what its columns mean. Year, policy and answers stay. */
  move(choice: HeadingChoice): Promise<void>
  /** Answers a question and asks for the preview anew. */
  answer(key: string, value: string): void
  /** Answers several at once. */
  answerAll(answers: readonly { key: string; value: string }[]): void
  /** Goes to a step; the preview is asked for where it is not fresh. */
  go(step: WizardStep): Promise<void>
  /** Writes what the preview showed. Gives whether it was done. */
  apply(skipProblems: boolean): Promise<boolean>
  /** From the start, with another file. */
  restart(): void
}

/**
 * A wizard for one kind of file. `year` is proposed where the headings carry
 * none, `session` for a sign-in list.
 */
export function useWizard(kind: ImportKind, year: () => number, session: () => string | null = () => null): Wizard {
  const reader = useJob('import.read')
  const previewer = useJob('import.preview')
  const applier = useJob('import.apply')

  const step = ref<WizardStep>('file')
  const file = shallowRef<FileToken | null>(null)
  const source = shallowRef<ImportSource | null>(null)
  const reading = shallowRef<Reading | null>(null)
  const moving = shallowRef<HeadingChoice | null>(null)
  const preview = shallowRef<ImportPreview | null>(null)
  const done = shallowRef<ImportDone | null>(null)
  const error = shallowRef<CoreError | null>(null)
  /** The reading that the preview on screen was made of. */
  const previewed = shallowRef<Reading | null>(null)
  const stale = computed(() => previewed.value !== reading.value)
  let previewing: Promise<void> | null = null
  let moved: Promise<void> = Promise.resolve()

  async function read(token: FileToken, encoding: string | null): Promise<void> {
    error.value = null
    file.value = token
    try {
      const found = await reader.run({ file: token.token, kind, encoding })
      if (!found) return
      source.value = found
      const proposed = found.reading
      reading.value = kind === 'attendance' && proposed.year === null ? { ...proposed, year: year() } : proposed
      if (proposed.sign_in) reading.value = { ...proposed, sign_in: { ...proposed.sign_in, session: session() } }
      preview.value = previewed.value = moving.value = null
      step.value = 'sheet'
    } catch (thrown) {
      error.value = CoreError.from(thrown)
    }
  }

  /** Previews the reading of now, and again where it changed meanwhile: one at a time. */
  function ask(): Promise<void> {
    previewing ??= askUntilFresh().finally(() => (previewing = null))
    return previewing
  }

  async function askUntilFresh(): Promise<void> {
    while (source.value && reading.value && stale.value) {
      const asked = reading.value
      try {
        const made = await previewer.run({ source: source.value.source, reading: asked })
        if (!made) return
        preview.value = made
        previewed.value = asked
        error.value = null
      } catch (thrown) {
        fail(CoreError.from(thrown))
        return
      }
    }
  }

  function fail(thrown: CoreError): void {
    error.value = thrown
    // Only at the columns can the user do something about it.
    if (thrown.code === 'columns_missing') step.value = 'columns'
  }

  function settle(next: Reading): void {
    reading.value = next
    error.value = null
  }

  function move(choice: HeadingChoice): Promise<void> {
    moved = askHeading(choice)
    return moved
  }

  async function askHeading(choice: HeadingChoice): Promise<void> {
    if (!source.value) return
    const { source: key, reading: proposed } = source.value
    error.value = null
    moving.value = choice
    try {
      // The proposal knows what was remembered of such files: back on its sheet and row, it is back.
      const isProposed = choice.sheet === proposed.sheet && (choice.row ?? proposed.heading_row) === proposed.heading_row
      const heading = isProposed ? { row: proposed.heading_row, columns: proposed.columns } : await host('import.heading', { source: key, ...choice })
      // A later choice, or another file, counts instead.
      if (moving.value !== choice || !reading.value) return
      settle({ ...reading.value, sheet: choice.sheet, heading_row: heading.row, columns: heading.columns })
    } catch (thrown) {
      if (moving.value === choice) error.value = CoreError.from(thrown)
    } finally {
      if (moving.value === choice) moving.value = null
    }
  }

  async function go(next: WizardStep): Promise<void> {
    if (moving.value) {
      await moved
      // What the choice was refused for stands at its own step.
      if (error.value) return
    }
    error.value = null
    step.value = next
    if (next === 'preview') await ask()
  }

  async function apply(skipProblems: boolean): Promise<boolean> {
    const plan = preview.value?.plan
    if (plan === undefined || stale.value) return false
    error.value = null
    try {
      const result = await applier.run({ plan, skip_problems: skipProblems })
      if (!result) return false
      done.value = result
      step.value = 'done'
      return true
    } catch (thrown) {
      const failure = CoreError.from(thrown)
      if (failure.code === 'plan_stale') {
        // The book moved on: show what would happen now, and let the user decide anew.
        previewed.value = null
        await ask()
      }
      error.value = failure
      return false
    }
  }

  return {
    step,
    file,
    source,
    reading,
    moving,
    preview,
    done,
    error,
    stale,
    readJob: reader,
    previewJob: previewer,
    applyJob: applier,
    choose: async () => {
      try {
        const token = await chooseFile('spreadsheet')
        if (token) await read(token, null)
      } catch (thrown) {
        error.value = CoreError.from(thrown)
      }
    },
    readAgain: async (encoding) => {
      if (file.value) await read(file.value, encoding)
    },
    settle,
    move,
    answer: (key, value) => {
      if (!reading.value) return
      settle(withAnswer(reading.value, key, value))
      void ask()
    },
    answerAll: (answers) => {
      if (!reading.value) return
      settle(answers.reduce((now, { key, value }) => withAnswer(now, key, value), reading.value))
      void ask()
    },
    go,
    apply,
    restart: () => {
      step.value = 'file'
      file.value = source.value = reading.value = moving.value = preview.value = previewed.value = done.value = error.value = null
    },
  }
}
