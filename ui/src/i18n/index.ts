/**
 * Words on screen. One file a language, keys typed by the Chinese one:
 *
 *     import { t } from '@/i18n'
 *     t('common.save')              t('status.years', { year: 2025 })
 *
 * Page authors add their own block to `zh-CN.ts`, named after the area.
 * Sentences that the command line shares (errors, operations, notices,
 * questions of an import) stand in assets/messages and come from
 * `sentence()`. `@`, `|`, `{` and `}` are syntax of vue-i18n: they do not
 * stand in a text as themselves.
 */
import { createI18n } from 'vue-i18n'

import zhCN from './zh-CN'

type Paths<Node> = { [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}.${Paths<Node[Key]>}` }[keyof Node & string]

/** Every key of the language files. */
export type TextKey = Paths<typeof zhCN>

export const i18n = createI18n({ legacy: false, locale: 'zh-CN', fallbackLocale: 'zh-CN', messages: { 'zh-CN': zhCN } })

/** A text in the user's language. */
export function t(key: TextKey, params: Record<string, string | number> = {}): string {
  return i18n.global.t(key, params)
}
