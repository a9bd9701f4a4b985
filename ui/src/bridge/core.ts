/**
 * The core, typed. Pages do not call these directly for reading: they use
 * `useCoreQuery`, `useMutate` and `useJob` of `queries.ts` and `jobs.ts`,
 * which also keep the screen fresh.
 *
 * A call fails with a `CoreError` and with nothing else.
 */
import { CoreError } from './errors'
import type { Commands, FileToken, Mutated } from './generated'
import { transport, type FilePurpose, type LaunchRequest } from './transport'

/** The names of all commands of one kind. */
export type CommandsOf<Kind extends Commands[keyof Commands]['kind']> = {
  [Name in keyof Commands]: Commands[Name]['kind'] extends Kind ? Name : never
}[keyof Commands]

/** What a command takes. */
export type RequestOf<Name extends keyof Commands> = Commands[Name]['request']
/** What a command gives. */
export type ResponseOf<Name extends keyof Commands> = Commands[Name]['response']

/** Reads the open book. */
export function query<Name extends CommandsOf<'query'>>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> {
  return invoke(name, request)
}

/** Changes the open book. Changes run one after another, in the order of the calls. */
export function mutate<Name extends CommandsOf<'mutate'>>(name: Name, request: RequestOf<Name>): Promise<Mutated<ResponseOf<Name>>> {
  return inTurn(() => invoke(name, request))
}

/** Calls the program itself. Waits for the changes before it, so that an undo takes back the latest. */
export function host<Name extends CommandsOf<'host'>>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> {
  // A job is asked about and cancelled while others wait: not in turn.
  return name.startsWith('job.') || name === 'app.state' ? invoke(name, request) : inTurn(() => invoke(name, request))
}

/** Starts a command of kind `job` and gives its key. `runJob` of `jobs.ts` follows it. */
export function startJob<Name extends CommandsOf<'job'>>(name: Name, request: RequestOf<Name>): Promise<{ job: string }> {
  return inTurn(() => invoke(name, request))
}

/** Has the user choose a file to read; null when they cancel. */
export function pickOpen(purpose: FilePurpose): Promise<FileToken | null> {
  return guarded(async () => (await transport()).pickOpen(purpose))
}

/** Has the user choose where to write; null when they cancel. */
export function pickSave(purpose: FilePurpose, suggestedName: string): Promise<FileToken | null> {
  return guarded(async () => (await transport()).pickSave(purpose, suggestedName))
}

/** Takes a path that the user typed where no dialog could open. */
export function typedPath(path: string, purpose: FilePurpose, newFile: boolean): Promise<FileToken> {
  return guarded(async () => (await transport()).typedPath(path, purpose, newFile))
}

/** Opens the desktop's dialog for printing the page as it stands. */
export function printPage(): Promise<void> {
  return guarded(async () => (await transport()).printPage())
}

/** Which book the command line asked for; answered once. */
export function launchRequest(): Promise<LaunchRequest> {
  return guarded(async () => (await transport()).launchRequest())
}

function invoke<T>(name: string, request: unknown): Promise<T> {
  return guarded(async () => (await (await transport()).invoke(name, request)) as T)
}

async function guarded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (thrown) {
    throw CoreError.from(thrown)
  }
}

let last: Promise<unknown> = Promise.resolve()

function inTurn<T>(call: () => Promise<T>): Promise<T> {
  const next = last.then(call, call)
  last = next.catch(() => {})
  return next
}
