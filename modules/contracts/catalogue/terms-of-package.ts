import type { CivilDate, Kopecks, Minutes } from '@opora/core'
import { NO_AGREEMENT } from '../domain/agreement.ts'
import type { OfferHours, PackageOffer } from '../domain/offer.ts'
import { discountFor, monthsOfTerm, type OfferPrice, type PriceList } from '../domain/price-list.ts'
import type { ContractTerms, EngagementForm } from '../domain/terms.ts'
import { STARTING_PRICE_LIST } from './price-lists.ts'

/** What the offer leaves open for the contract to pick. */
export interface PackageChoice {
  startsOn: CivilDate
  /** A long term may earn a discount. */
  endsOn?: CivilDate | null | undefined
  monthlyFeeKopecks?: Kopecks | undefined
  minutesPerMonth?: Minutes | undefined
  zone?: string
  /** Options of the price list that are taken beside the package. */
  options?: readonly string[] | undefined
}

/** Topics that a contract leaves out unless it says otherwise. */
export const DEFAULT_EXCLUDED_TOPICS = ['hosting', 'networks', 'operating_systems', 'licence_questions']

/**
 * The terms that a contract on a package begins from, by the price list of its first day. The fee or the hours that a range leaves open
 * start at its lower end.
 */
export function termsOfPackage(
  offer: PackageOffer,
  choice: PackageChoice,
  list: PriceList = STARTING_PRICE_LIST,
): ContractTerms {
  const price = priceOf(offer, list)
  return {
    packageCode: offer.code,
    zone: choice.zone ?? 'Europe/Moscow',
    monthlyFeeKopecks: choice.monthlyFeeKopecks ?? startingFee(price),
    partialMonth: 'by_days',
    minTermMonths: offer.minTermMonths,
    calendarCode: offer.calendarCode,
    slaPolicyCode: offer.slaPolicyCode,
    forms: formsOf(offer, choice, list),
    rates: { ...list.rates, ...offer.rates },
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
    ...(Object.keys(list.unitPrices).length > 0 ? { unitPrices: list.unitPrices } : {}),
    capacityCeilingMinutesPerMonth: list.capacityCeilingMinutesPerMonth,
    ...besideThePackage(choice, list),
  }
}

/** What the offer leaves to the price list: options that were taken, and the discount of a long term. */
function besideThePackage(
  choice: PackageChoice,
  list: PriceList,
): Pick<ContractTerms, 'options' | 'promises' | 'agreement'> {
  const taken = list.options.filter((one) => choice.options?.includes(one.code))
  const duty = taken.find((one) => one.duty !== null)?.duty ?? null
  const discount = discountFor(list, monthsOfTerm(choice.startsOn, choice.endsOn) ?? 0)
  const options = taken.map((one) => ({ code: one.code, title: one.name.ru, pricePerMonthKopecks: one.monthlyKopecks }))
  return {
    ...(options.length > 0 ? { options } : {}),
    ...(duty ? { promises: { pausesCounted: null, duty } } : {}),
    ...(discount ? { agreement: { ...NO_AGREEMENT, discount } } : {}),
  }
}

/** The package's price by a list: the list's own word, else the package's. */
export function priceOf(offer: Pick<PackageOffer, 'code' | 'price'>, list: PriceList): OfferPrice {
  return list.packagePrices[offer.code] ?? offer.price
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

function formsOf(offer: PackageOffer, choice: PackageChoice, list: PriceList): EngagementForm[] {
  const minutesPerMonth = choice.minutesPerMonth ?? startingMinutes(offer.hours)
  const forms: EngagementForm[] = offer.forms.map((form) => priced(dated(form, choice.startsOn), list))
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
  if (form.kind === 'project_hours' || form.kind === 'outstaff') return { ...form, from: startsOn, to: startsOn }
  if (form.kind === 'one_off') return { ...form, on: startsOn }
  return form
}

/** A rate of 0 is the price list's. */
function priced(form: EngagementForm, list: PriceList): EngagementForm {
  if (!('ratePerHourKopecks' in form) || form.ratePerHourKopecks > 0) return form
  if (form.kind === 'deposit') return { ...form, ratePerHourKopecks: list.depositPerHourKopecks }
  if (form.kind === 'subscription') return { ...form, ratePerHourKopecks: list.subscriptionPerHourKopecks }
  return { ...form, ratePerHourKopecks: list.rates.postpaidPerHourKopecks }
}
