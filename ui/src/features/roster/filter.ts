/** Which members a filter lets through. */
import type { MemberRow, Tier } from '@/bridge/generated'

/** The value of `category` that means 'none is recorded'. No category can be blank. */
export const NO_CATEGORY = ' '

/** What the list is narrowed to; an empty text narrows nothing. */
export interface RosterFilter {
  /** Chinese, pinyin initials, full pinyin or 工号. */
  text: string
  tier: Tier | ''
  category: string
  /** Key of an organization. */
  organization: string
}

/** What is typed, as it is compared: an input method may leave full-width letters and digits. */
export function normalized(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}

/** Whether the text names the member: by a part of the name, the number, or the pinyin. */
export function isNamedBy(member: Pick<MemberRow, 'name' | 'staff_no' | 'search_keys'>, text: string): boolean {
  const wanted = normalized(text)
  if (wanted === '') return true
  const staffNo = member.staff_no?.toLowerCase() ?? ''
  return member.name.includes(wanted) || staffNo.includes(wanted) || member.search_keys.some((key) => normalized(key).includes(wanted))
}

/** The members that pass every part of the filter, in the order given. */
export function filterMembers(members: readonly MemberRow[], filter: RosterFilter): MemberRow[] {
  return members.filter(
    (member) =>
      (filter.tier === '' || member.tier === filter.tier) &&
      (filter.category === '' || (member.category ?? NO_CATEGORY) === filter.category) &&
      (filter.organization === '' || member.organization === filter.organization) &&
      isNamedBy(member, filter.text),
  )
}
