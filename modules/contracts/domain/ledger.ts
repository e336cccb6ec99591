import type { CivilDate, Instant, Minutes, Words } from '@opora/core'
import { startOfDate } from '@opora/core'
import type { Covers, EngagementForm, LeftoverRule, ServiceCode } from './terms.ts'

/** Where hours lie: a month's subscription, a deposit, an annual package, a service's own allowance. */
export interface Bucket {
  /** Made from the contract, the form and the period, so that planning twice names the same bucket. */
  id: string
  contractId: string
  formCode: string
  formKind: EngagementForm['kind']
  /** A service's own allowance serves that service only, and first. */
  service: ServiceCode | null
  name: Words
  covers: Covers
  leftover: LeftoverRule
  /** First instant from which hours can be drawn. */
  from: Instant
  /** The period's last instant, at which leftovers burn or carry; `null` where hours never expire. */
  lastInstant: Instant | null
}

/**
 * `carry` and `transfer` come in pairs: negative where hours leave, positive where they arrive. `adjust` is finance's own word: hours given
 * or taken with a reason.
 */
export type EntryKind = 'grant' | 'draw' | 'expire' | 'carry' | 'transfer' | 'adjust' | 'reverse'

export interface LedgerSource {
  kind: 'form' | 'time_entry' | 'close' | 'transfer' | 'correction'
  id: string
}

/** An entry to be posted. `key` is unique in the ledger: posting the same key again changes nothing. */
export interface PlannedEntry {
  key: string
  bucketId: string
  kind: EntryKind
  /** Signed: grants are positive, draws negative. */
  minutes: Minutes
  effectiveAt: Instant
  source: LedgerSource
  reversesKey: string | null
  explanation: Words[]
}

export interface LedgerEntry extends PlannedEntry {
  postedAt: Instant
}

export interface Ledger {
  buckets: readonly Bucket[]
  entries: readonly LedgerEntry[]
}

type Movement = Pick<PlannedEntry, 'effectiveAt' | 'minutes'>

/** The sum of the entries effective up to and including an instant: the only definition of a balance. */
export function balanceAt(entries: readonly Movement[], at: Instant): Minutes {
  return entries.reduce((sum, entry) => (entry.effectiveAt <= at ? sum + entry.minutes : sum), 0)
}

/** A day's balance is the one after its last instant, hence after expiry. */
export function balanceOnDate(entries: readonly Movement[], zone: string, date: CivilDate): Minutes {
  const nextDay = Temporal.PlainDate.from(date).add({ days: 1 }).toString()
  return balanceAt(entries, startOfDate(zone, nextDay) - 1)
}

/**
 * What can be drawn at an instant without pushing any later balance below zero: the least balance from then on.
 * A draw dated back therefore never takes hours that a later entry has already used.
 */
export function availableFrom(entries: readonly Movement[], at: Instant): Minutes {
  let balance = balanceAt(entries, at)
  let least = balance
  const later = entries.filter((entry) => entry.effectiveAt > at)
  for (const instant of [...new Set(later.map((entry) => entry.effectiveAt))].sort((a, b) => a - b)) {
    for (const entry of later) if (entry.effectiveAt === instant) balance += entry.minutes
    least = Math.min(least, balance)
  }
  return Math.max(0, least)
}

export type Posting =
  | { posted: true; entries: LedgerEntry[]; added: number }
  | { posted: false; refused: 'contracts.insufficient_hours' | 'contracts.entry_key_reused'; entry: PlannedEntry }

/**
 * Appends entries all or none. A key that stands in the ledger with the same content is passed over;
 * with another content it is refused, and so is whatever would bring a bucket below zero at any instant.
 */
export function post(entries: readonly LedgerEntry[], planned: readonly PlannedEntry[], postedAt: Instant): Posting {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  const result = [...entries]
  for (const entry of planned) {
    const known = byKey.get(entry.key)
    if (known && !sameMovement(known, entry)) return { posted: false, refused: 'contracts.entry_key_reused', entry }
    if (known) continue
    const appended = { ...entry, postedAt }
    byKey.set(entry.key, appended)
    result.push(appended)
  }
  const short = planned.find((entry) => entry.minutes < 0 && goesBelowZero(result, entry.bucketId))
  if (short) return { posted: false, refused: 'contracts.insufficient_hours', entry: short }
  return { posted: true, entries: result, added: result.length - entries.length }
}

function sameMovement(a: PlannedEntry, b: PlannedEntry): boolean {
  return a.bucketId === b.bucketId && a.kind === b.kind && a.minutes === b.minutes && a.effectiveAt === b.effectiveAt
}

function goesBelowZero(entries: readonly LedgerEntry[], bucketId: string): boolean {
  const own = entries.filter((entry) => entry.bucketId === bucketId)
  return own.some((entry) => balanceAt(own, entry.effectiveAt) < 0)
}

/**
 * The opposite of an entry. In an open period it takes the original's own time; after the period is closed
 * the caller gives an instant of the open period, so that the past stays as it was reported.
 */
export function reverse(
  entry: PlannedEntry,
  correction: { id: string; effectiveAt: Instant; reason: Words },
): PlannedEntry {
  return {
    key: `reversal:${correction.id}:${entry.key}`,
    bucketId: entry.bucketId,
    kind: 'reverse',
    minutes: -entry.minutes,
    effectiveAt: correction.effectiveAt,
    source: { kind: 'correction', id: correction.id },
    reversesKey: entry.key,
    explanation: [correction.reason],
  }
}

/** Moves hours between two buckets of one contract, for example hours returned to a period that is over. */
export function transfer(input: {
  id: string
  fromBucket: Bucket
  toBucket: Bucket
  minutes: Minutes
  effectiveAt: Instant
  reason: Words
}): [PlannedEntry, PlannedEntry] {
  const shared = {
    effectiveAt: input.effectiveAt,
    source: { kind: 'transfer' as const, id: input.id },
    reversesKey: null,
    explanation: [input.reason],
  }
  return [
    {
      ...shared,
      key: `transfer-out:${input.id}`,
      bucketId: input.fromBucket.id,
      kind: 'transfer',
      minutes: -input.minutes,
    },
    {
      ...shared,
      key: `transfer-in:${input.id}`,
      bucketId: input.toBucket.id,
      kind: 'transfer',
      minutes: input.minutes,
    },
  ]
}

/** Hours that finance gives or takes by hand. */
export function adjust(input: {
  id: string
  bucket: Bucket
  /** Signed: negative takes hours. */
  minutes: Minutes
  effectiveAt: Instant
  reason: Words
}): PlannedEntry {
  return {
    key: `adjust:${input.id}`,
    bucketId: input.bucket.id,
    kind: 'adjust',
    minutes: input.minutes,
    effectiveAt: input.effectiveAt,
    source: { kind: 'correction', id: input.id },
    reversesKey: null,
    explanation: [input.reason],
  }
}
