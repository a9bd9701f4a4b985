/**
 * Sentences of the catalogue that the UI and the command line share:
 * assets/messages/zh-CN.json, `<group>.<code>`. Two kinds of place-holder:
 *
 * - `{name}` is the parameter as it is;
 * - `{found:file_kind}` is the entry `file_kind.<value of found>`.
 */
import catalogue from '@assets/messages/zh-CN.json'

/** Groups of the catalogue that pages ask for by name. */
export type SentenceGroup = 'error' | 'operation' | 'notice' | 'warning_rule' | 'question' | 'choice' | 'import'

/** What a sentence needs. */
export type SentenceParams = Record<string, string | number>

type Catalogue = Record<string, Record<string, string>>

/** The sentence for a code; where there is none, one that names the code. */
export function sentence(group: SentenceGroup, code: string, params: SentenceParams = {}): string {
  return compose(catalogue, group, code, params)
}

/** `sentence` on a given catalogue. */
export function compose(from: Catalogue, group: string, code: string, params: SentenceParams): string {
  const template = from[group]?.[code] ?? from.missing?.[group]
  if (template === undefined) return code
  return fill(from, template, { code, ...params })
}

function fill(from: Catalogue, template: string, params: SentenceParams): string {
  return template.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, group: string | undefined) => {
    const value = params[name]
    if (value === undefined) return ''
    return group === undefined ? String(value) : (from[group]?.[String(value)] ?? String(value))
  })
}
