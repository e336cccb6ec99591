import type { Instant, Minutes, Words } from '@opora/core'
import { type Bucket, balanceAt, type PlannedEntry } from './ledger.ts'

/** A bucket's month. `opening` and the movements add up to `closing`. */
export interface BucketStatement {
  bucketId: string
  formCode: string
  formKind: Bucket['formKind']
  name: Words
  openingMinutes: Minutes
  grantedMinutes: Minutes
  carriedInMinutes: Minutes
  drawnMinutes: Minutes
  /** Corrections and moves between buckets. */
  correctedMinutes: Minutes
  burnedMinutes: Minutes
  carriedOutMinutes: Minutes
  closingMinutes: Minutes
}

/** What a bucket did between two instants, `to` exclusive; `null` when it was empty and nothing happened. */
export function bucketStatement(
  bucket: Bucket,
  entries: readonly PlannedEntry[],
  span: { from: Instant; to: Instant },
): BucketStatement | null {
  const inside = entries.filter((entry) => span.from <= entry.effectiveAt && entry.effectiveAt < span.to)
  const openingMinutes = balanceAt(entries, span.from - 1)
  if (inside.length === 0 && openingMinutes === 0) return null
  const sumOf = (...kinds: PlannedEntry['kind'][]) =>
    inside.reduce((sum, entry) => (kinds.includes(entry.kind) ? sum + entry.minutes : sum), 0)
  const carried = inside.filter((entry) => entry.kind === 'carry').map((entry) => entry.minutes)
  return {
    bucketId: bucket.id,
    formCode: bucket.formCode,
    formKind: bucket.formKind,
    name: bucket.name,
    openingMinutes,
    grantedMinutes: sumOf('grant'),
    carriedInMinutes: carried.reduce((sum, minutes) => sum + Math.max(0, minutes), 0),
    drawnMinutes: positive(-sumOf('draw')),
    correctedMinutes: sumOf('reverse', 'transfer', 'adjust'),
    burnedMinutes: positive(-sumOf('expire')),
    carriedOutMinutes: carried.reduce((sum, minutes) => sum + Math.max(0, -minutes), 0),
    closingMinutes: balanceAt(entries, span.to - 1),
  }
}

/** Entries without the pairs that cancel each other at one instant: a redrawn entry leaves no trace in a month's totals. */
export function withoutCancelled<Entry extends PlannedEntry>(entries: readonly Entry[]): Entry[] {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  const cancelled = new Set<string>()
  for (const entry of entries) {
    const original = entry.reversesKey === null ? undefined : byKey.get(entry.reversesKey)
    if (original?.effectiveAt === entry.effectiveAt && original.minutes === -entry.minutes) {
      cancelled.add(entry.key).add(original.key)
    }
  }
  return entries.filter((entry) => !cancelled.has(entry.key))
}

/** Without the negative zero that an empty sum turns into. */
function positive(value: number): number {
  return value === 0 ? 0 : value
}
