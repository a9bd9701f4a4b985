/** Closings in words. */
import type { ClosingLineView, ClosingView, LeftOut, LeftOutWhy } from '@/bridge/generated'
import { t, type TextKey } from '@/i18n'

/** What a closing covers: `年度学分制 2025`, with the organization where it is not the whole book. */
export function closingTitle({ name, period, organization_name: organization }: Pick<ClosingView, 'name' | 'period' | 'organization_name'>): string {
  return organization === null ? t('closing.title_of', { name, period }) : t('closing.title_of_part', { name, period, organization })
}

/** So many names stand by name; of more the number. */
const MOST_NAMES = 20

const WHY: Record<LeftOutWhy, TextKey> = { closed: 'closing.left_out_closed', outside: 'closing.left_out_outside', left: 'closing.left_out_left', period: 'closing.left_out_period' }

/** Names in a row, those beyond many as a number. */
export function someNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join('、')
  return names.length > MOST_NAMES ? t('closing.left_out_more', { names: shown, count: names.length }) : shown
}

/** Who a closing does not freeze, by why: `规则不适用：张三、李四（1002）`. */
export function leftOutWords(all: readonly LeftOut[]): string[] {
  const named = ({ name, staff_no: no }: LeftOut): string => (no === null ? name : `${name}（${no}）`)
  return (Object.keys(WHY) as LeftOutWhy[]).flatMap((why) => {
    const names = all.filter((each) => each.why === why).map(named)
    return names.length === 0 ? [] : [t('closing.left_out_names', { why: t(WHY[why]), names: someNames(names) })]
  })
}

/** A digest short enough to compare by eye; the whole stands in the title. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12)
}

/** Whose line it is, as commands name it. */
export function ownerOf({ member, organization }: Pick<ClosingLineView, 'member' | 'organization'>): { member: string } | { organization: string } {
  return organization === null ? { member: member.id } : { organization }
}
