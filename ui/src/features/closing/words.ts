/** Closings in words. */
import type { ClosingView } from '@/bridge/generated'
import { t } from '@/i18n'

/** What a closing covers: `年度学分制 2025`, with the organization where it is not the whole book. */
export function closingTitle({ name, period, organization_name: organization }: Pick<ClosingView, 'name' | 'period' | 'organization_name'>): string {
  return organization === null ? t('closing.title_of', { name, period }) : t('closing.title_of_part', { name, period, organization })
}

/** A digest short enough to compare by eye; the whole stands in the title. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12)
}
