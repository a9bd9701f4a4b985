import type { AssessEffect, AssessRow, IndicatorHead, RecordValue, ResultChange } from '@/bridge/generated'
import { rounded } from '@/features/credits/exact'
import { rangeWords } from '@/features/rules/words'
import { t } from '@/i18n'

/** A score in words: exact, or between what it lies. */
export function scoreWords(row: Pick<AssessRow, 'score' | 'range'>): string {
  return row.score ?? (row.range ? rangeWords(row.range) : t('assess.undecided'))
}

/** The same for a narrow cell: fractions rounded to two places. */
export function nearWords({ score, range }: Pick<AssessRow, 'score' | 'range'>): string {
  const near = (exact: string): string => rounded(exact) ?? exact
  return scoreWords({ score: score === null ? null : near(score), range: range && { min: near(range.min), max: range.max === null ? null : near(range.max) } })
}

/** A grade in words: 优秀, 不定等次, 未定. */
export function gradeWords(row: Pick<AssessRow, 'grade' | 'no_grade'>): string {
  return row.grade ?? t(row.no_grade === null ? 'assess.undecided' : 'assess.no_grade')
}

/** What the grade may still be. */
export function gradesPossible(row: Pick<AssessRow, 'grades'>): string {
  return row.grades.length > 0 ? t('assess.grades_possible', { grades: row.grades.join('、') }) : ''
}

/** What the result does to another review: 年度考核 优秀 → 称职. */
export function effectWords({ label, review, recorded, grade, certain }: AssessEffect): string {
  const words = review !== null && recorded !== null && grade !== null && recorded !== grade ? t('assess.effect_on', { label, review, recorded, grade }) : label
  return certain ? words : t('assess.effect_perhaps', { words })
}

/** What is otherwise now than it was frozen: 得分：8 → 9.5. */
export function changeWords({ label, before, after }: ResultChange): string {
  const near = (words: string | null): string => (words === null ? t('closing.change_none') : /^-?\d+\/\d+$/.test(words) ? t('credits.about', { amount: rounded(words) ?? words }) : words)
  return t('closing.change_line', { label, before: near(before), after: near(after) })
}

/** A value of the records: 17/20 as it is, with what it is near. */
export function recordWords({ label, value }: RecordValue): string {
  const near = value === null || !/^-?\d+\/\d+$/.test(value) ? null : rounded(value)
  const shown = value === null ? t('assess.record_unknown') : near === null ? value : `${value}（${t('credits.about', { amount: near })}）`
  return t('assess.record', { label, value: shown })
}

/** 满分 10, with the least where that is not nothing. */
export function pointsWords(indicator: Pick<IndicatorHead, 'min' | 'max'>): string {
  return indicator.min === '0' ? t('assess.full', { max: indicator.max }) : t('assess.detail_range', { min: indicator.min, max: indicator.max })
}
