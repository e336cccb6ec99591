import type { CivilDate, Kopecks, Minutes } from '@opora/core'
import type { ContractTerms, EngagementForm } from '../domain/terms.ts'
import type { OfferHours, OfferPrice, PackageOffer } from './offer.ts'
import { CAPACITY_CEILING_MINUTES_PER_MONTH, STARTING_RATES } from './rates.ts'

/** What the offer leaves open for the contract to pick. */
export interface PackageChoice {
  startsOn: CivilDate
  monthlyFeeKopecks?: Kopecks
  minutesPerMonth?: Minutes
  zone?: string
}

/** Topics that a contract leaves out unless it says otherwise. */
export const DEFAULT_EXCLUDED_TOPICS = ['hosting', 'networks', 'operating_systems', 'licence_questions']

/** The terms that a contract on a package begins from. The fee or the hours that a range leaves open start at its lower end. */
export function termsOfPackage(offer: PackageOffer, choice: PackageChoice): ContractTerms {
  const rates = { ...STARTING_RATES, ...offer.rates }
  return {
    packageCode: offer.code,
    zone: choice.zone ?? 'Europe/Moscow',
    monthlyFeeKopecks: choice.monthlyFeeKopecks ?? startingFee(offer.price),
    partialMonth: 'by_days',
    minTermMonths: offer.minTermMonths,
    calendarCode: offer.calendarCode,
    slaPolicyCode: offer.slaPolicyCode,
    forms: formsOf(offer, choice),
    rates,
    entitlement: {
      contacts: 'all',
      contactIds: [],
      portals: 'all',
      portalIds: [],
      channels: offer.channels,
      excludedTopics: DEFAULT_EXCLUDED_TOPICS,
    },
    estimates: { rule: offer.estimateRule, diagnosisExemptMinutes: 30, tolerancePercent: 0, warnAtPercent: 80 },
    coupon: offer.coupon,
    penalties: { rules: [], capFeeBasisPoints: null },
    capacityCeilingMinutesPerMonth: CAPACITY_CEILING_MINUTES_PER_MONTH,
  }
}

/** Whether a fee keeps to what the offer says: the fixed price, not below the floor, inside the range. */
export function feeFits(price: OfferPrice, feeKopecks: Kopecks): boolean {
  if (price.kind === 'fixed') return feeKopecks === price.monthlyKopecks
  if (price.kind === 'from') return feeKopecks >= price.monthlyKopecks
  if (price.kind === 'range') return price.fromKopecks <= feeKopecks && feeKopecks <= price.toKopecks
  return true
}

function startingFee(price: OfferPrice): Kopecks {
  if (price.kind === 'fixed' || price.kind === 'from') return price.monthlyKopecks
  return price.kind === 'range' ? price.fromKopecks : 0
}

function startingMinutes(hours: OfferHours): Minutes {
  if (hours.kind === 'none') return 0
  return hours.kind === 'range' ? hours.fromMinutes : hours.minutes
}

function formsOf(offer: PackageOffer, choice: PackageChoice): EngagementForm[] {
  const minutesPerMonth = choice.minutesPerMonth ?? startingMinutes(offer.hours)
  const forms: EngagementForm[] = offer.forms.map((form) => dated(form, choice.startsOn))
  if (offer.services.length > 0) forms.push({ kind: 'flat', code: 'services', services: offer.services })
  if (offer.hours.kind !== 'none') {
    forms.push({
      kind: 'monthly_package',
      code: 'hours',
      minutesPerMonth,
      pricePerMonthKopecks: 0,
      leftover: { kind: 'burns' },
      covers: { activities: 'all', factorPercentByActivity: {} },
    })
  }
  return forms
}

function dated(form: EngagementForm, startsOn: CivilDate): EngagementForm {
  if (form.kind === 'deposit') return { ...form, boughtOn: startsOn }
  if (form.kind === 'annual_package') return { ...form, yearFrom: startsOn }
  if (form.kind === 'project_hours') return { ...form, from: startsOn, to: startsOn }
  return form
}
