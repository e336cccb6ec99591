import type { Instant, Locale, Minutes } from '@opora/core'
import { minutesInWords } from '@opora/core'
import { type Bucket, balanceAt, type Ledger, type LedgerEntry } from './ledger.ts'

/** A balance with what is left said first; never a negative number. */
export interface Remaining {
  leftMinutes: Minutes
  /** What the open buckets had in all: grants, carried and moved hours, and corrections. */
  ofMinutes: Minutes
  carriedMinutes: Minutes
  /** Beyond the package: charged by fact. */
  overMinutes: Minutes
}

export interface BucketRemaining extends Omit<Remaining, 'overMinutes'> {
  bucket: Bucket
  /** The entries that the balance is the sum of, in order of their effective time. */
  entries: LedgerEntry[]
}

/** What is left in each bucket that is open at an instant, in the order of opening. */
export function remainingByBucket(ledger: Ledger, at: Instant): BucketRemaining[] {
  return ledger.buckets
    .filter((bucket) => bucket.from <= at && (bucket.lastInstant === null || at <= bucket.lastInstant))
    .toSorted((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))
    .map((bucket) => {
      const entries = ledger.entries
        .filter((entry) => entry.bucketId === bucket.id && entry.effectiveAt <= at)
        .toSorted((a, b) => a.effectiveAt - b.effectiveAt || a.postedAt - b.postedAt || (a.key < b.key ? -1 : 1))
      const sumOf = (...kinds: LedgerEntry['kind'][]) =>
        entries.reduce((sum, entry) => (kinds.includes(entry.kind) ? sum + entry.minutes : sum), 0)
      const leftMinutes = balanceAt(entries, at)
      return {
        bucket,
        entries,
        leftMinutes,
        ofMinutes: sumOf('grant', 'carry', 'transfer', 'adjust'),
        carriedMinutes: sumOf('carry'),
      }
    })
    .filter((row) => row.bucket.lastInstant !== null || row.leftMinutes > 0)
}

/** The part of the hours given at which people are told that they are running out. */
const LOW_SHARE = 0.2

export type HoursState = 'covered' | 'low' | 'used_up'

/** How a balance stands against what was given. */
export function hoursState(leftMinutes: Minutes, ofMinutes: Minutes): HoursState {
  if (leftMinutes <= 0) return 'used_up'
  return leftMinutes > ofMinutes * LOW_SHARE ? 'covered' : 'low'
}

/** All open buckets together, with the month's minutes beyond them. */
export function remainingAt(ledger: Ledger, at: Instant, overMinutes: Minutes): Remaining {
  const rows = remainingByBucket(ledger, at)
  const sum = (pick: (row: BucketRemaining) => Minutes) => rows.reduce((total, row) => total + pick(row), 0)
  return {
    leftMinutes: sum((row) => row.leftMinutes),
    ofMinutes: sum((row) => row.ofMinutes),
    carriedMinutes: sum((row) => row.carriedMinutes),
    overMinutes,
  }
}

/** `осталось 9 ч 20 мин из 22 ч, в т. ч. 2 ч перенесено; 30 мин сверх пакета`. */
export function remainingInWords(remaining: Remaining, locale: Locale): string {
  const say = (minutes: Minutes) => minutesInWords(minutes, locale)
  const ru = locale === 'ru'
  const over =
    remaining.overMinutes > 0 ? [`${say(remaining.overMinutes)} ${ru ? 'сверх пакета' : 'beyond the package'}`] : []
  if (remaining.ofMinutes === 0) return over[0] ?? (ru ? 'без пакета часов' : 'no package of hours')
  const left = ru
    ? `осталось ${say(remaining.leftMinutes)} из ${say(remaining.ofMinutes)}`
    : `${say(remaining.leftMinutes)} left of ${say(remaining.ofMinutes)}`
  const carried =
    remaining.carriedMinutes > 0
      ? [
          ru
            ? `в т. ч. ${say(remaining.carriedMinutes)} перенесено`
            : `${say(remaining.carriedMinutes)} of it carried over`,
        ]
      : []
  return [[left, ...carried].join(', '), ...over].join('; ')
}
