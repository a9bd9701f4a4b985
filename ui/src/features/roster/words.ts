import type { HistoryField, MemberOrder, Tier } from '@/bridge/generated'
import type { TextKey } from '@/i18n'

/** 层级 in words. */
export const TIERS: Record<Tier, TextKey> = {
  division_and_above: 'roster.tier_division',
  section: 'roster.tier_section',
  staff_and_below: 'roster.tier_staff',
  other: 'roster.tier_other',
}

/** The orders of the list, the official one first. */
export const ORDERS: Record<MemberOrder, TextKey> = {
  strokes: 'roster.order_strokes',
  pinyin: 'roster.order_pinyin',
  protocol: 'roster.order_protocol',
  staff_no: 'roster.order_staff_no',
}

/** The facts that have a history, in the order of the screen. */
export const HISTORY_FIELDS: Record<HistoryField, TextKey> = {
  rank: 'roster.rank',
  post: 'roster.post',
  party_status: 'roster.party_status',
  category: 'roster.category',
  organization: 'roster.organization',
  department: 'roster.department',
}
