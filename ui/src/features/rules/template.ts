/** What a new rule set begins with: whole enough to be read, with as little as that takes. */
import { t } from '@/i18n'

/** A blank rule set's text; its id is free among `taken`. */
export function blankRules(taken: readonly string[]): string {
  const name = t('rules.fresh_name')
  return `id = "${freeKey('own', taken)}"
name = "${name}"
unit = "学分"

[[category]]
id = "集体学习"
types = ["集体学习", "党课", "专题讲座"]
  [[category.award]]          # 每小时 1 学分
  of = "hours"
  credit = "1"
  round = "exact"

[[requirement]]
id = "总量"
of = "total"
min = "40"
`
}

/** An id that no rule set has yet. */
export function freeKey(base: string, taken: readonly string[]): string {
  if (!taken.includes(base)) return base
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`
}
