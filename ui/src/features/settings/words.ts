import type { OrganizationKind, Theme } from '@/bridge/generated'
import type { TextKey } from '@/i18n'

/** What an organization is, from the top down. */
export const KINDS: Record<OrganizationKind, TextKey> = {
  committee: 'settings.kind_committee',
  general_branch: 'settings.kind_general_branch',
  branch: 'settings.kind_branch',
  group: 'settings.kind_group',
  unit: 'settings.kind_unit',
}

/** The kind that usually stands below another. */
export const KIND_BELOW: Record<OrganizationKind, OrganizationKind> = {
  committee: 'general_branch',
  general_branch: 'branch',
  branch: 'group',
  group: 'group',
  unit: 'unit',
}

/** Light, dark, or as the system says. */
export const THEMES: Record<Theme, TextKey> = {
  system: 'settings.theme_system',
  light: 'settings.theme_light',
  dark: 'settings.theme_dark',
}
