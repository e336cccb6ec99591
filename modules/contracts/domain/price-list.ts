import type { CivilDate, Kopecks, Minutes, Words } from '@opora/core'
import type { TermDiscount } from './agreement.ts'
import type { RateTerms, ServiceCode } from './terms.ts'

/** What a package costs a month. Where an offer gives a range or a floor, the contract picks the value. */
export type OfferPrice =
  | { kind: 'fixed'; monthlyKopecks: Kopecks }
  | { kind: 'from'; monthlyKopecks: Kopecks }
  | { kind: 'range'; fromKopecks: Kopecks; toKopecks: Kopecks }
  /** Hours at rates, and no fee beside them. */
  | { kind: 'by_hours' }
  /** Agreed with each client. */
  | { kind: 'individual' }

/** Something that can be added to any contract for a monthly sum; `duty` is what it promises, if it does. */
export interface PriceListOption {
  code: string
  name: Words
  monthlyKopecks: Kopecks
  duty: { priorities: number[]; reactionMinutes: Minutes } | null
}

/** The starting values of contracts, as they are from a date on. Contracts that are there keep their own. */
export interface PriceList {
  rates: RateTerms
  /** Hours of subscriptions and deposits whose package names no rate of its own. */
  subscriptionPerHourKopecks: Kopecks
  depositPerHourKopecks: Kopecks
  subscriptionMinMinutes: Minutes
  depositMinMinutes: Minutes
  capacityCeilingMinutesPerMonth: Minutes
  /** Prices of packages that differ from what the package says. */
  packagePrices: Record<string, OfferPrice>
  /** A unit of a service, beyond what a package includes. */
  unitPrices: Record<ServiceCode, Kopecks>
  options: PriceListOption[]
  /** For contracts of so many months and longer. */
  discounts: TermDiscount[]
}

/** A price list in force from a date until the next one. */
export interface DatedPriceList {
  code: string
  from: CivilDate
  spec: PriceList
}

/** The greatest discount that a term of so many months has earned. */
export function discountFor(list: PriceList, months: number): TermDiscount | null {
  const earned = list.discounts.filter((one) => one.months <= months)
  return earned.reduce<TermDiscount | null>(
    (best, one) => (best === null || one.basisPoints > best.basisPoints ? one : best),
    null,
  )
}

/** Whole months from one date to another, both included; `null` without an end. */
export function monthsOfTerm(startsOn: CivilDate, endsOn: CivilDate | null | undefined): number | null {
  if (!endsOn || endsOn < startsOn) return null
  const after = Temporal.PlainDate.from(endsOn).add({ days: 1 })
  return Temporal.PlainDate.from(startsOn).until(after, { largestUnit: 'months' }).months
}
