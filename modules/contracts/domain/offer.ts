import type { Minutes, Words } from '@opora/core'
import type { OfferPrice } from './price-list.ts'
import type { ChannelCode, CouponTerms, EngagementForm, EstimateRule, IncludedService, RateTerms } from './terms.ts'

/** Hours that the fee contains. */
export type OfferHours =
  | { kind: 'none' }
  | { kind: 'range'; fromMinutes: Minutes; toMinutes: Minutes }
  | { kind: 'from'; minutes: Minutes }
  | { kind: 'fixed'; minutes: Minutes }

/** A sellable package: the starting values of a contract's terms. Every figure can be edited in the installation. */
export interface PackageOffer {
  /** Unique in the catalogue. */
  code: string
  /** The family of packages that it is sold with. */
  offer: string
  name: Words
  price: OfferPrice
  hours: OfferHours
  calendarCode: string
  slaPolicyCode: string
  channels: ChannelCode[]
  services: IncludedService[]
  /** Forms of engagement beside the included services and hours. A rate of 0 is the price list's; dates are the contract's. */
  forms: EngagementForm[]
  rates: Partial<RateTerms>
  estimateRule: EstimateRule
  minTermMonths: number
  /** Consultations go to one responsible contact of the client. */
  singleResponsibleContact: boolean
  coupon: CouponTerms | null
  /** The contract can start on a letter of guarantee before it is signed. */
  startsOnLetter: boolean
}

/** A property of a portal that raises the price once it is over the threshold; exactly the threshold is not over it. */
export interface PriceDriver {
  code: string
  name: Words
  over: number | null
  unit: 'users' | 'items' | 'gigabytes' | 'yes_no'
}
