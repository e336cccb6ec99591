import { parseInstant } from '@opora/core'
import { expect, test } from 'vitest'
import { type Coupon, couponState, couponsDue, firstYear, followingYear, spendCoupon } from './coupon.ts'
import { MOSCOW } from './terms.fixture.ts'
import type { CouponTerms } from './terms.ts'

const terms: CouponTerms = { perYear: 1, reactionMinutes: 60, channels: ['phone', 'telegram', 'whatsapp', 'max'] }
const year = firstYear('2026-02-01')
const [fresh] = couponsDue('c1', [year], MOSCOW, terms) as [Coupon]
const sundayNight = parseInstant('2026-03-15T03:00:00+03:00')

test('used on a Sunday at 03:00 it sets round-the-clock hours, a reaction of 60 clock minutes, a page and more channels', () => {
  expect(spendCoupon(fresh, { ticketId: 't1', at: sundayNight }, terms)).toEqual({
    spent: true,
    replayed: false,
    coupon: { ...fresh, spent: { ticketId: 't1', at: sundayNight } },
    effect: {
      calendarCode: '24x7',
      reaction: { amount: 60, unit: 'clock_minutes' },
      channels: terms.channels,
      pageOnCall: true,
    },
  })
})

test('a second use is refused, the same use again is a replay', () => {
  const first = spendCoupon(fresh, { ticketId: 't1', at: sundayNight }, terms)
  if (!first.spent) throw new Error('refused')
  const second = spendCoupon(first.coupon, { ticketId: 't2', at: sundayNight }, terms)
  expect(second).toEqual({ spent: false, refused: 'contracts.coupon_spent' })
  expect(spendCoupon(first.coupon, { ticketId: 't1', at: sundayNight }, terms)).toMatchObject({
    spent: true,
    replayed: true,
  })
})

test('unused it lapses at the end of its own year to the millisecond', () => {
  const end = parseInstant('2027-02-01T00:00:00+03:00')
  expect(couponState(fresh, end - 1)).toBe('ready')
  expect(couponState(fresh, end)).toBe('lapsed')
  expect(spendCoupon(fresh, { ticketId: 't1', at: end }, terms)).toEqual({
    spent: false,
    refused: 'contracts.coupon_expired',
  })
})

test('an early renewal adds a coupon for the new year and leaves the old one to the end of its own', () => {
  const due = couponsDue('c1', [year, followingYear(year)], MOSCOW, terms)
  expect(due[0]).toEqual(fresh)
  expect(due[1]).toMatchObject({ validFrom: fresh.validUntil, validUntil: parseInstant('2028-02-01T00:00:00+03:00') })
  expect(spendCoupon(due[1] as Coupon, { ticketId: 't1', at: sundayNight }, terms)).toEqual({
    spent: false,
    refused: 'contracts.coupon_not_yet',
  })
})

test('a contract without coupons has none', () => {
  expect(couponsDue('c1', [year], MOSCOW, null)).toEqual([])
})

test('a year that begins on 29 February ends on 27 February', () => {
  expect(firstYear('2028-02-29')).toEqual({ from: '2028-02-29', to: '2029-02-27' })
})
