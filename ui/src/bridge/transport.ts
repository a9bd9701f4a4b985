import type { FileToken, JobState } from './generated'

/** What a file is chosen for; decides the dialog's title and filter. */
export type FilePurpose = 'book' | 'spreadsheet' | 'summary' | 'ledger_csv' | 'attachment'

/** Which book the start, or a second start, of the program asked for. */
export interface LaunchRequest {
  sample: boolean
  book: FileToken | null
}

/**
 * How calls leave the window. Rejections are `ErrorView`s as the core gave
 * them; `core.ts` turns them into `CoreError`s.
 */
export interface Transport {
  invoke(name: string, request: unknown): Promise<unknown>
  pickOpen(purpose: FilePurpose): Promise<FileToken | null>
  pickSave(purpose: FilePurpose, suggestedName: string): Promise<FileToken | null>
  typedPath(path: string, purpose: FilePurpose, newFile: boolean): Promise<FileToken>
  launchRequest(): Promise<LaunchRequest>
  /** Reports every state of every job; ends with the returned function. */
  onJob(listener: (state: JobState) => void): Promise<() => void>
  onOpenRequested(listener: (request: LaunchRequest) => void): Promise<() => void>
  /** Says whether something is not saved: while it is, closing the window asks first. */
  holdWindow(held: boolean): Promise<void>
  /** Opens the desktop's own dialog for printing the page. */
  printPage(): Promise<void>
  /** Closes the window without asking. */
  closeWindow(): Promise<void>
  /** Reports that the window was to close while it was held. It is not held any more until the page says so again. */
  onCloseRequested(listener: () => void): Promise<() => void>
}

let chosen: Promise<Transport> | undefined

/** The transport of this window, chosen at the first call. */
export function transport(): Promise<Transport> {
  chosen ??= choose()
  return chosen
}

/** Puts another transport in place: unit tests only. */
export function setTransport(replacement: Transport): void {
  chosen = Promise.resolve(replacement)
}

async function choose(): Promise<Transport> {
  if (__WITH_BRIDGE__ && !('__TAURI_INTERNALS__' in window)) {
    const { loopbackTransport } = await import('./loopback')
    return loopbackTransport()
  }
  const { tauriTransport } = await import('./tauri')
  return tauriTransport()
}
