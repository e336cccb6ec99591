import type { CivilMonth, Instant, Minutes, Words } from '@opora/core'
import { minutesInWords, monthSpan } from '@opora/core'
import {
  type AvailableBucket,
  availableBuckets,
  beyondSteps,
  type Draw,
  drawOrder,
  type PlannedDraws,
  planDraws,
} from './draws.ts'
import { type Bucket, type Ledger, type LedgerEntry, type PlannedEntry, transfer } from './ledger.ts'
import type { RateTerms } from './terms.ts'

/*
 * The rule of late corrections. Work of a closed month is corrected by a pair in the open month: what the entry took is given back and the
 * corrected entry takes its place, both effective now, so that the closed month stays as it was reported.
 *
 * The corrected entry is priced by its own day (rates, multipliers and service hours of then) and stands where the old one stood: first on
 * the hours that were given back, bucket by bucket, then on what was beyond them; only what is longer than the old entry is drawn from the
 * hours that are open now. What is given back to a bucket that is over and taken by nobody moves on to the same hours of the open month,
 * so that no correction loses an hour into a period that has ended, and none gives one twice.
 */

/** What one entry had taken and gave back. */
export interface Returned {
  places: readonly ReturnedHours[]
  /** Billable minutes beyond the buckets: priced by fact, or waiting for the client. */
  beyondMinutes: Minutes
}

export interface ReturnedHours {
  bucketId: string
  minutes: Minutes
  /** The bucket's period was over at the instant at which the hours came back. */
  isOver: boolean
}

export const NOTHING_RETURNED: Returned = { places: [], beyondMinutes: 0 }

/** Work of a closed month, drawn at an instant of the open one in the place of what was given back. */
export interface LateDraw {
  at: Instant
  buckets: readonly AvailableBucket[]
  beyondMinutes: Minutes
}

/**
 * Draws of one piece of a corrected entry. `places` are what the earlier pieces have left of what was given back; they are used up.
 * `open` is the ledger as it stands at the instant of the draw, with `planned` the entries of the earlier pieces.
 */
export function drawInPlace(
  places: { buckets: AvailableBucket[]; beyondMinutes: Minutes },
  open: Ledger,
  planned: readonly PlannedEntry[],
  draw: Draw,
  terms: Pick<RateTerms, 'beyondBuckets'>,
): PlannedDraws {
  const own = planDraws(places.buckets, draw, { beyondBuckets: 'postpaid' })
  places.buckets = places.buckets.map((place) => ({ ...place, availableMinutes: leftOf(place, own.entries) }))
  const beyond = Math.min(own.overageMinutes, places.beyondMinutes)
  places.beyondMinutes -= beyond
  const ledger = withPlanned(open, [...planned, ...own.entries])
  const anew = planDraws(
    availableBuckets(ledger, draw.effectiveAt),
    { ...draw, key: `${draw.key}:more`, billableMinutes: own.overageMinutes - beyond },
    terms,
  )
  const stops = terms.beyondBuckets === 'stop'
  const entries = [...own.entries, ...anew.entries]
  const left = beyond + anew.overageMinutes + anew.stoppedMinutes
  return {
    entries,
    coveredMinutes: own.coveredMinutes + anew.coveredMinutes,
    overageMinutes: stops ? 0 : left,
    stoppedMinutes: stops ? left : 0,
    explanation: [...entries.flatMap((entry) => entry.explanation.slice(-1)), ...beyondSteps(left, stops)],
  }
}

function leftOf(place: AvailableBucket, drawn: readonly PlannedEntry[]): Minutes {
  const own = drawn.filter((entry) => entry.bucketId === place.bucket.id)
  return own.reduce((sum, entry) => sum + entry.minutes, place.availableMinutes)
}

/** The ledger as it will be once the entries planned so far are posted, so that pieces of one entry do not share hours. */
export function withPlanned(ledger: Ledger, planned: readonly PlannedEntry[]): Ledger {
  const pending = planned.map((entry): LedgerEntry => ({ ...entry, postedAt: entry.effectiveAt }))
  return { buckets: ledger.buckets, entries: [...ledger.entries, ...pending] }
}

/** Hours that came back to buckets that are over and that the corrected entry did not take again. */
export function leftBehind(returned: Returned, drawn: readonly PlannedEntry[]): ReturnedHours[] {
  return returned.places.flatMap((place) => {
    const taken = drawn.filter((entry) => entry.bucketId === place.bucketId)
    const minutes = taken.reduce((sum, entry) => sum + entry.minutes, place.minutes)
    return place.isOver && minutes > 0 ? [{ ...place, minutes }] : []
  })
}

/**
 * Moves hours that were left behind to the same hours of the open month: the bucket of their form, service and works that is open now, or
 * one of their own till the month's end where there is none.
 */
export function moveOn(input: {
  id: string
  at: Instant
  zone: string
  /** The open month. */
  month: CivilMonth
  left: readonly ReturnedHours[]
  buckets: readonly Bucket[]
}): { buckets: Bucket[]; entries: PlannedEntry[] } {
  const { at, buckets } = input
  const opened = new Map<string, Bucket>()
  const entries = input.left.flatMap(({ bucketId, minutes }) => {
    const fromBucket = buckets.find((bucket) => bucket.id === bucketId)!
    const toBucket = sameHours(fromBucket, buckets, at) ?? ownBucket(fromBucket, input.month, input.zone)
    if (!buckets.includes(toBucket)) opened.set(toBucket.id, toBucket)
    const reason = movedWords(fromBucket, toBucket, minutes)
    return transfer({ id: `${input.id}:${bucketId}`, fromBucket, toBucket, minutes, effectiveAt: at, reason })
  })
  return { buckets: [...opened.values()], entries }
}

function sameHours(source: Bucket, buckets: readonly Bucket[], at: Instant): Bucket | undefined {
  const covers = JSON.stringify(source.covers)
  return buckets
    .filter(
      (bucket) =>
        bucket.formCode === source.formCode &&
        bucket.service === source.service &&
        JSON.stringify(bucket.covers) === covers &&
        bucket.from <= at &&
        (bucket.lastInstant === null || at <= bucket.lastInstant),
    )
    .toSorted(drawOrder)[0]
}

function ownBucket(source: Bucket, month: CivilMonth, zone: string): Bucket {
  const { from, to } = monthSpan(zone, month)
  return {
    ...source,
    id: `${source.id}/returned/${month}`,
    name: { ru: `возвращено исправлением: ${source.name.ru}`, en: `returned by a correction: ${source.name.en}` },
    from,
    lastInstant: to - 1,
  }
}

function movedWords(from: Bucket, to: Bucket, minutes: Minutes): Words {
  return {
    ru: `возвращено исправлением ${minutesInWords(minutes, 'ru')}: ${from.name.ru} → ${to.name.ru}`,
    en: `returned by a correction ${minutesInWords(minutes, 'en')}: ${from.name.en} → ${to.name.en}`,
  }
}
