import type { Minutes, Words } from '@opora/core'

/** The class of an asker by the vendor's licence, with the longest reaction in working time. */
export interface LicenceClass {
  code: string
  name: Words
  reactionServiceMinutes: Minutes
}

export const LICENCE_CLASSES: readonly LicenceClass[] = [
  { code: 'active_licence', name: { ru: 'Активная лицензия', en: 'Active licence' }, reactionServiceMinutes: 6 * 60 },
  {
    code: 'restricted_licence',
    name: { ru: 'Ограниченная лицензия', en: 'Restricted licence' },
    reactionServiceMinutes: 24 * 60,
  },
  { code: 'prospect', name: { ru: 'Потенциальный клиент', en: 'Prospect' }, reactionServiceMinutes: 24 * 60 },
  { code: 'partner', name: { ru: 'Партнёр', en: 'Partner' }, reactionServiceMinutes: 5 * 60 },
  {
    code: 'enterprise_or_web_cluster',
    name: { ru: 'Корпоративная лицензия, веб-кластер', en: 'Enterprise or web-cluster licence' },
    reactionServiceMinutes: 2 * 60,
  },
]

/** The average that the vendor states: a KPI, not a target. */
export const LICENCE_STATED_AVERAGE_SERVICE_MINUTES = 4 * 60
