import type { RateTerms, TermsLimits } from '../domain/terms.ts'
import { ACTIVITY_CODES } from './activities.ts'
import { CALENDAR_CODES } from './calendars.ts'
import { SERVICE_CODES } from './services.ts'
import { SLA_POLICY_CODES } from './sla-policies.ts'

/** Starting rates of hours, in kopecks an hour. */
export const RATES_PER_HOUR_KOPECKS = {
  subscription: 170_000,
  deposit: 170_000,
  postpaid: 200_000,
  consulting: 300_000,
  technicalPartner: 250_000,
} as const

/** Work that the studio sells at a rate of its own, so that its hours at 1 700 ₽ do not pay for it. */
export const ACTIVITIES_AT_OWN_RATE: readonly string[] = ['consulting', 'analysis']

export const STARTING_RATES: RateTerms = {
  postpaidPerHourKopecks: RATES_PER_HOUR_KOPECKS.postpaid,
  rows: [
    { activity: 'consulting', grade: null, perHourKopecks: RATES_PER_HOUR_KOPECKS.consulting },
    { activity: 'analysis', grade: null, perHourKopecks: RATES_PER_HOUR_KOPECKS.consulting },
  ],
  vat: 'none',
  onSiteSurchargePercent: 20,
  urgentPercent: 200,
  composition: 'product',
  multipliersTake: 'hours',
  roundingStepMinutes: 1,
  roundingPer: 'entry',
  beyondBuckets: 'postpaid',
}

export const SUBSCRIPTION_MIN_MINUTES = 20 * 60
export const DEPOSIT_MIN_MINUTES = 60 * 60
export const CAPACITY_CEILING_MINUTES_PER_MONTH = 2000 * 60

/** Limits and dictionaries that a contract's terms are checked against until the installation edits them. */
export const CATALOGUE_LIMITS: TermsLimits = {
  subscriptionMinMinutes: SUBSCRIPTION_MIN_MINUTES,
  depositMinMinutes: DEPOSIT_MIN_MINUTES,
  activityCodes: ACTIVITY_CODES,
  serviceCodes: SERVICE_CODES,
  calendarCodes: CALENDAR_CODES,
  slaPolicyCodes: SLA_POLICY_CODES,
}
