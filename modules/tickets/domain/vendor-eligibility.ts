import type { Words } from '@opora/core'

/** What is known of a ticket's portal and asker, for the question whether the vendor's own support takes it. Dates are civil dates. */
export interface VendorFacts {
  /** Null: no portal is named. */
  hosting: 'cloud' | 'boxed' | 'other' | null
  edition: string | null
  activatedOn: string | null
  licenceUntil: string | null
  /** The asker is an administrator of the portal. */
  portalAdmin: boolean
  today: string
  freeEditions: readonly string[]
  boxedDays: number
  /** An incident manager gave their word for this ticket. */
  overridden: boolean
}

export const vendorObstacles = [
  'no_portal',
  'other_system',
  'no_commercial_plan',
  'plan_ended',
  'licence_old',
  'asker_no_admin',
] as const
export type VendorObstacle = (typeof vendorObstacles)[number]

export const obstacleWords: Record<VendorObstacle, Words> = {
  no_portal: { ru: 'в обращении не указан портал', en: 'the ticket names no portal' },
  other_system: { ru: 'это не продукт вендора', en: 'this is no product of the vendor' },
  no_commercial_plan: {
    ru: 'у облачного портала нет коммерческого тарифа',
    en: 'the cloud portal has no commercial plan',
  },
  plan_ended: { ru: 'тариф облачного портала закончился', en: 'the plan of the cloud portal has ended' },
  licence_old: {
    ru: 'коробочная лицензия не активирована и не продлена за последний год',
    en: 'the boxed licence was neither activated nor renewed within the last year',
  },
  asker_no_admin: {
    ru: 'тот, кто обратился, не администратор портала',
    en: 'the asker is no administrator of the portal',
  },
}

/**
 * What keeps the vendor from taking the question; nothing: it is eligible. A commercial cloud plan, or a boxed licence activated or renewed
 * within the last year, asked about by an administrator of the portal. A licence whose paid term still runs was activated or renewed in it.
 */
export function vendorObstaclesOf(facts: VendorFacts): VendorObstacle[] {
  const found: VendorObstacle[] = []
  const licence = obstacleOfPortal(facts)
  if (licence !== null) found.push(licence)
  if (!facts.portalAdmin) found.push('asker_no_admin')
  return found
}

/** May the process go by way of the vendor: eligible, or an incident manager's word. */
export function isVendorOpen(facts: VendorFacts): boolean {
  return facts.overridden || vendorObstaclesOf(facts).length === 0
}

function obstacleOfPortal(facts: VendorFacts): VendorObstacle | null {
  const { hosting, edition, licenceUntil, today } = facts
  if (hosting === null) return 'no_portal'
  if (hosting === 'other') return 'other_system'
  const runs = licenceUntil !== null && licenceUntil >= today
  if (hosting === 'boxed') return runs || activatedLately(facts) ? null : 'licence_old'
  if (edition === null || facts.freeEditions.includes(edition)) return 'no_commercial_plan'
  return licenceUntil === null || runs ? null : 'plan_ended'
}

function activatedLately({ activatedOn, today, boxedDays }: VendorFacts): boolean {
  if (activatedOn === null) return false
  return Temporal.PlainDate.from(activatedOn).until(today, { largestUnit: 'days' }).days < boxedDays
}

const NUMBER = /^[\p{L}\p{N}][\p{L}\p{N} ./#№_-]{0,39}$/u

/** A number at the vendor's: letters and digits with the signs between them that trackers use. */
export function isVendorNumber(text: string): boolean {
  return NUMBER.test(text)
}
