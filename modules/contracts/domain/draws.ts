import type { Instant, Minutes, Words } from '@opora/core'
import { inBoth, minutesInWords } from '@opora/core'
import { availableFrom, type Bucket, type Ledger, type PlannedEntry } from './ledger.ts'
import { multiplierInWords } from './rates.ts'
import type { ActivityCode, RateTerms, ServiceCode } from './terms.ts'

/** Billable minutes that look for hours to leave from. */
export interface Draw {
  /** Unique for the piece of work; the entries' keys are made from it. */
  key: string
  timeEntryId: string
  effectiveAt: Instant
  billableMinutes: Minutes
  activity: ActivityCode
  service: ServiceCode | null
  /** How the billable minutes came about; repeated on each entry. */
  explanation: Words[]
}

export interface AvailableBucket {
  bucket: Bucket
  /** What can be drawn at the draw's instant without touching a later balance. */
  availableMinutes: Minutes
}

export interface PlannedDraws {
  entries: PlannedEntry[]
  /** Billable minutes that buckets paid for; with a factor the bucket loses more. */
  coveredMinutes: Minutes
  /** Left for the postpaid rate. */
  overageMinutes: Minutes
  /** Left waiting because the contract says to stop and ask. */
  stoppedMinutes: Minutes
  explanation: Words[]
}

/** The buckets that are open at an instant, with what can be drawn from each then. */
export function availableBuckets(ledger: Ledger, at: Instant): AvailableBucket[] {
  return ledger.buckets
    .filter((bucket) => bucket.from <= at && (bucket.lastInstant === null || at <= bucket.lastInstant))
    .map((bucket) => ({
      bucket,
      availableMinutes: availableFrom(
        ledger.entries.filter((entry) => entry.bucketId === bucket.id),
        at,
      ),
    }))
}

/** How much a minute of the work takes from a bucket, in percent; `null` when the bucket does not pay for such work. */
export function factorOf(bucket: Bucket, activity: ActivityCode, service: ServiceCode | null): number | null {
  if (bucket.service !== null && bucket.service !== service) return null
  if (bucket.covers.activities === 'all' || bucket.covers.activities.includes(activity)) return 100
  return bucket.covers.factorPercentByActivity[activity] ?? null
}

/** A service's own allowance first, then what expires first, then the oldest. */
export function drawOrder(a: Bucket, b: Bucket): number {
  const own = (bucket: Bucket) => (bucket.service === null ? 1 : 0)
  const last = (bucket: Bucket) => bucket.lastInstant ?? Number.MAX_SAFE_INTEGER
  return own(a) - own(b) || last(a) - last(b) || a.from - b.from || (a.id < b.id ? -1 : 1)
}

/** Splits a draw over the buckets in their order; what none covers becomes postpaid or stops, as the contract says. */
export function planDraws(
  available: readonly AvailableBucket[],
  draw: Draw,
  terms: Pick<RateTerms, 'beyondBuckets'>,
): PlannedDraws {
  const entries: PlannedEntry[] = []
  let left = draw.billableMinutes
  for (const { bucket, availableMinutes } of available.toSorted((a, b) => drawOrder(a.bucket, b.bucket))) {
    const factor = factorOf(bucket, draw.activity, draw.service)
    if (factor === null || left === 0) continue
    const covered = Math.min(left, Math.floor((availableMinutes * 100) / factor))
    if (covered <= 0) continue
    left -= covered
    entries.push(drawEntry(draw, bucket, Math.ceil((covered * factor) / 100), factor))
  }
  const stops = terms.beyondBuckets === 'stop'
  return {
    entries,
    coveredMinutes: draw.billableMinutes - left,
    overageMinutes: stops ? 0 : left,
    stoppedMinutes: stops ? left : 0,
    explanation: [...entries.flatMap((entry) => entry.explanation.slice(-1)), ...beyondSteps(left, stops)],
  }
}

function drawEntry(draw: Draw, bucket: Bucket, minutes: Minutes, factor: number): PlannedEntry {
  return {
    key: `draw:${draw.key}:${bucket.id}`,
    bucketId: bucket.id,
    kind: 'draw',
    minutes: -minutes,
    effectiveAt: draw.effectiveAt,
    source: { kind: 'time_entry', id: draw.timeEntryId },
    reversesKey: null,
    explanation: [...draw.explanation, drawStep(bucket, minutes, factor)],
  }
}

function drawStep(bucket: Bucket, minutes: Minutes, factor: number): Words {
  const times = (locale: 'ru' | 'en') => (factor === 100 ? '' : ` (× ${multiplierInWords(factor * 100, locale)})`)
  return {
    ru: `${minutesInWords(minutes, 'ru')}${times('ru')} из: ${bucket.name.ru}`,
    en: `${minutesInWords(minutes, 'en')}${times('en')} from: ${bucket.name.en}`,
  }
}

/** The last step of a draw that the buckets did not cover. */
export function beyondSteps(left: Minutes, stops: boolean): Words[] {
  if (left === 0) return []
  const say = inBoth((locale) => minutesInWords(left, locale))
  return stops
    ? [{ ru: `${say.ru} сверх пакета: ждёт решения клиента`, en: `${say.en} beyond the package: waits for the client` }]
    : [{ ru: `${say.ru} сверх пакета: по факту`, en: `${say.en} beyond the package: postpaid` }]
}
