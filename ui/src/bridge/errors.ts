import type { ErrorView } from './generated'

/**
 * An error of the core. It carries no sentence: `sentence('error', code,
 * params)` gives one, and `UiError` shows it.
 */
export class CoreError extends Error {
  readonly code: string
  readonly params: Record<string, string | number>
  /** The field of a form that it is about, by its name in the request. */
  readonly field: string | null
  /** Finds the occurrence in the log. */
  readonly trace: string

  constructor(view: Pick<ErrorView, 'code'> & Partial<ErrorView>) {
    super(view.code)
    this.name = 'CoreError'
    this.code = view.code
    this.params = view.params ?? {}
    this.field = view.field ?? null
    this.trace = view.trace ?? ''
  }

  /** Whatever was thrown or rejected, as a `CoreError`. */
  static from(thrown: unknown): CoreError {
    if (thrown instanceof CoreError) return thrown
    if (isErrorView(thrown)) return new CoreError(thrown)
    return new CoreError({ code: 'internal', params: { reason: String(thrown) } })
  }
}

function isErrorView(thrown: unknown): thrown is ErrorView {
  return typeof thrown === 'object' && thrown !== null && typeof (thrown as { code?: unknown }).code === 'string'
}
