import type { Kopecks, Minutes, Words } from '@opora/core'
import type {
  ChannelCode,
  CouponTerms,
  EngagementForm,
  EstimateRule,
  IncludedService,
  RateTerms,
} from '../domain/terms.ts'

/** What a package costs a month. Where an offer gives a range or a floor, the contract picks the value. */
export type OfferPrice =
  | { kind: 'fixed'; monthlyKopecks: Kopecks }
  | { kind: 'from'; monthlyKopecks: Kopecks }
  | { kind: 'range'; fromKopecks: Kopecks; toKopecks: Kopecks }
  /** Hours at rates, and no fee beside them. */
  | { kind: 'by_hours' }
  /** Agreed with each client. */
  | { kind: 'individual' }

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
  /** Forms of engagement beside the included services and hours. */
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

/** Something that can be added to any contract for a monthly fee. */
export interface OfferOption {
  code: string
  name: Words
  monthlyKopecks: Kopecks
  calendarCode: string
  slaPolicyCode: string
  services: IncludedService[]
}

/** A property of a portal that raises the price once it is over the threshold; exactly the threshold is not over it. */
export interface PriceDriver {
  code: string
  name: Words
  over: number | null
  unit: 'users' | 'items' | 'gigabytes' | 'yes_no'
}
