import type { CivilMonth, Instant, Words } from '@opora/core'
import { civilDateIn } from '@opora/core'
import type { Bucket, EntryKind, LedgerEntry, LedgerSource } from './domain/ledger.ts'
import type { Covers, EngagementForm, LeftoverRule } from './domain/terms.ts'
import type { WorkCharge } from './domain/time-charge.ts'

/* Rows of the ledger's tables and the domain's values that they are. */

export interface BucketRow {
  id: number
  contractId: number
  key: string
  formCode: string
  formKind: EngagementForm['kind']
  service: string | null
  name: Words
  covers: Covers
  leftover: LeftoverRule
  startsAt: Instant
  lastInstant: Instant | null
}

export interface EntryRow {
  id: number
  bucketKey: string | null
  kind: EntryKind | 'charge'
  minutes: number
  amountKopecks: number
  effectiveAt: Instant
  postedAt: Instant
  sourceType: LedgerSource['kind']
  sourceId: string
  key: string
  reversesKey: string | null
  period: string
  charge: ChargeFacts | null
  explanation: Words[]
}

/** What stands beside the minutes and the sum of a charge. */
export type ChargeFacts = Pick<WorkCharge, 'kind' | 'activity' | 'ticketId' | 'ratePerHourKopecks' | 'timeEntryId'>

export function bucketOf(row: BucketRow): Bucket {
  const { formCode, formKind, service, name, covers, leftover, lastInstant } = row
  return {
    id: row.key,
    contractId: String(row.contractId),
    formCode,
    formKind,
    service,
    name,
    covers,
    leftover,
    from: row.startsAt,
    lastInstant,
  }
}

/** An entry of a bucket; charges are no entries of the domain's ledger. */
export function entryOf(row: EntryRow): LedgerEntry {
  return {
    key: row.key,
    bucketId: row.bucketKey ?? '',
    kind: row.kind === 'charge' ? 'draw' : row.kind,
    minutes: row.minutes,
    effectiveAt: row.effectiveAt,
    source: { kind: row.sourceType, id: row.sourceId },
    reversesKey: row.reversesKey,
    explanation: row.explanation,
    postedAt: row.postedAt,
  }
}

export function chargeOf(row: EntryRow, contractId: number): WorkCharge {
  const { kind, activity, ticketId, ratePerHourKopecks, timeEntryId } = row.charge!
  return {
    key: row.key,
    kind,
    contractId: String(contractId),
    timeEntryId,
    ticketId,
    activity,
    effectiveAt: row.effectiveAt,
    month: row.period,
    minutes: row.minutes,
    ratePerHourKopecks,
    sumKopecks: row.amountKopecks,
    explanation: row.explanation,
  }
}

/** The civil month of an instant in a zone: the period that an entry belongs to. */
export function monthAt(zone: string, at: Instant): CivilMonth {
  return civilDateIn(zone, at).slice(0, 7)
}
