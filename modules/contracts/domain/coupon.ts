import type { CivilDate, Instant, Minutes } from '@opora/core'
import { startOfDate } from '@opora/core'
import { type ChannelCode, type CouponTerms, nextDay } from './terms.ts'

/** The right to one urgent request at any hour, for one licence or contract year. */
export interface Coupon {
  id: string
  contractId: string
  /** Its own year, `validUntil` exclusive: it lapses there even when the contract was renewed early. */
  validFrom: Instant
  validUntil: Instant
  spent: { ticketId: string; at: Instant } | null
}

export type CouponState = 'not_yet' | 'ready' | 'spent' | 'lapsed'

export function couponState(coupon: Coupon, at: Instant): CouponState {
  if (coupon.spent !== null) return 'spent'
  if (at < coupon.validFrom) return 'not_yet'
  return coupon.validUntil <= at ? 'lapsed' : 'ready'
}

/** What a spent coupon does to its ticket: round-the-clock hours, the shorter reaction, a page, more channels. */
export interface CouponEffect {
  calendarCode: '24x7'
  reaction: { amount: Minutes; unit: 'clock_minutes' }
  channels: ChannelCode[]
  pageOnCall: true
}

export type CouponRefusal = 'contracts.coupon_spent' | 'contracts.coupon_expired' | 'contracts.coupon_not_yet'

export type Spending =
  | { spent: true; coupon: Coupon; effect: CouponEffect; replayed: boolean }
  | { spent: false; refused: CouponRefusal }

/**
 * Spends a coupon on a ticket. Spending it on the same ticket again is a replay, on another it is refused;
 * of two at the same instant the store's row lock decides, and the second then meets a spent coupon here.
 */
export function spendCoupon(coupon: Coupon, use: { ticketId: string; at: Instant }, terms: CouponTerms): Spending {
  if (coupon.spent?.ticketId === use.ticketId) {
    return { spent: true, coupon, effect: couponEffect(terms), replayed: true }
  }
  const state = couponState(coupon, use.at)
  if (state === 'spent') return { spent: false, refused: 'contracts.coupon_spent' }
  if (state === 'lapsed') return { spent: false, refused: 'contracts.coupon_expired' }
  if (state === 'not_yet') return { spent: false, refused: 'contracts.coupon_not_yet' }
  const spent = { ticketId: use.ticketId, at: use.at }
  return { spent: true, coupon: { ...coupon, spent }, effect: couponEffect(terms), replayed: false }
}

export function couponEffect(terms: CouponTerms): CouponEffect {
  return {
    calendarCode: '24x7',
    reaction: { amount: terms.reactionMinutes, unit: 'clock_minutes' },
    channels: terms.channels,
    pageOnCall: true,
  }
}

/**
 * The coupons of a contract's years up to the last year begun or paid for. A renewal adds its own year and leaves the
 * earlier coupons as they are. Ids come from the contract and the year, so issuing twice gives the same coupons.
 */
export function couponsDue(
  contractId: string,
  years: readonly CouponYear[],
  zone: string,
  terms: CouponTerms | null,
): Coupon[] {
  if (terms === null) return []
  return years.flatMap(({ from, to }) =>
    Array.from({ length: terms.perYear }, (_, index) => ({
      id: `${contractId}/coupon/${from}/${index + 1}`,
      contractId,
      validFrom: startOfDate(zone, from),
      validUntil: startOfDate(zone, nextDay(to)),
      spent: null,
    })),
  )
}

export interface CouponYear {
  from: CivilDate
  to: CivilDate
}

/** The year that follows another without a gap: what a renewal, early or not, adds. */
export function followingYear(year: CouponYear): CouponYear {
  const from = Temporal.PlainDate.from(year.to).add({ days: 1 })
  return { from: from.toString(), to: from.add({ years: 1 }).subtract({ days: 1 }).toString() }
}

/** The first year of a contract or licence that begins on a date. */
export function firstYear(from: CivilDate): CouponYear {
  const begin = Temporal.PlainDate.from(from)
  return { from, to: begin.add({ years: 1 }).subtract({ days: 1 }).toString() }
}
