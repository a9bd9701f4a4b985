/** Decided questions in words: a decision keeps the key of its question, whose words stood in the ledger while it was open. */
import catalogue from '@assets/messages/zh-CN.json'

import type { DecisionView } from '@/bridge/generated'
import { t } from '@/i18n'

const QUESTIONS: Record<string, string> = catalogue.rule_question
const READINGS: Record<string, string> = catalogue.rule_reading

/** The question of a key: `options.change`, `rounding:在线学习`, `band:12:15`; what the rule file names itself stays as it is named. */
export function questionWords(key: string): string {
  const [kind = '', ...rest] = key.split(/[.:]/)
  const what = rest.join(' ')
  switch (kind) {
    case 'options':
      return QUESTIONS[`option_${what}`] ?? key
    case 'rounding':
      return t('credits.question_rounding', { category: what })
    case 'band':
    case 'table':
      return t('credits.question_at_line', { line: rest[0] ?? '', value: rest.slice(1).join(':') })
    case 'award':
    case 'value':
    case 'missing':
      return t('credits.question_amount')
    case 'score':
      return t('credits.question_score', { indicator: what })
    case 'streak':
      return QUESTIONS.streak?.replace('{streak}', what) ?? key
    case 'quota':
      return QUESTIONS.tie?.replace('{quota}', what) ?? key
    default:
      return key
  }
}

/** What was decided: the reading in words, or the number. */
export function answerWords({ question, reading, value }: Pick<DecisionView, 'question' | 'reading' | 'value'>): string {
  if (value !== null) return t('credits.decided_value', { value })
  const [kind = '', what = ''] = question.split(/[.:]/)
  const option = kind === 'options' ? what : kind === 'quota' ? 'tie' : kind
  return t('credits.decided_reading', { reading: READINGS[`${option}_${reading}`] ?? reading ?? '' })
}
