import type { Instant, Page } from '@opora/core'
import { civilDateIn, decodeCursor, inBoth, isoInstant, isoInstantOrNull, minutesInWords, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { z } from 'zod'
import type { BalanceView, BucketView, CoverageView, EntryView, ledgerQuery } from './contract.ts'
import { contractById, type KnownContract, versionsOf } from './contracts.read-model.ts'
import type { LedgerEntry } from './domain/ledger.ts'
import {
  type BucketRemaining,
  hoursState,
  type Remaining,
  remainingByBucket,
  remainingInWords,
} from './domain/remaining.ts'
import { versionOn } from './domain/terms.ts'
import { bucketRows, entryColumns, ledgerSince, openHours } from './ledger.read-model.ts'
import { bucketOf, type EntryRow, entryOf, monthAt } from './ledger.rows.ts'

export type LedgerQuery = z.infer<typeof ledgerQuery>

const SHOWN_ENTRIES_MAX = 100

type Row = EntryRow & { bucketId: number | null; by: string | null; reversed: boolean }

function viewOf(row: Row): EntryView {
  return {
    id: row.id,
    bucketId: row.bucketId,
    kind: row.kind,
    minutes: row.minutes,
    amountKopecks: row.amountKopecks,
    effectiveAt: isoInstant(row.effectiveAt),
    postedAt: isoInstant(row.postedAt),
    period: row.period,
    source: { type: row.sourceType, id: row.sourceId },
    reversed: row.reversed,
    explanation: row.explanation,
    by: row.by,
  }
}

function rows(sql: Queryable) {
  return sql`select ${entryColumns(sql)}, e.bucket_id, a.name as by, r.id is not null as reversed
    from ledger_entry e left join bucket b on b.id = e.bucket_id left join account a on a.id = e.actor_id
    left join ledger_entry r on r.reverses_key = e.key`
}

/** A contract's entries, the latest effect first. */
export async function listEntries(sql: Queryable, contractId: number, query: LedgerQuery): Promise<Page<EntryView>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2)
  if (query.cursor !== undefined && !after?.every((value) => typeof value === 'number')) {
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  }
  const found = await sql<Row[]>`${rows(sql)}
    where e.contract_id = ${contractId}
      ${query.bucketId ? sql`and e.bucket_id = ${query.bucketId}` : sql``}
      ${query.kind ? sql`and e.kind = ${query.kind}` : sql``}
      ${query.month ? sql`and e.period = ${query.month}` : sql``}
      ${after ? sql`and (e.effective_at, e.id) < (${isoInstant(after[0] as number)}::timestamptz, ${after[1] as number}::bigint)` : sql``}
    order by e.effective_at desc, e.id desc limit ${query.limit + 1}`
  const page = pageOf(found, query.limit, (row) => [row.effectiveAt, row.id])
  return { ...page, items: page.items.map(viewOf) }
}

/** Minutes beyond the package in the month of an instant, charged by fact. */
async function overMinutesAt(sql: Queryable, contract: KnownContract, at: Instant): Promise<number> {
  const [row] = await sql<{ minutes: number }[]>`
    select coalesce(sum(minutes), 0)::bigint as minutes from ledger_entry
    where contract_id = ${contract.id} and bucket_id is null and period = ${monthAt(contract.zone, at)}
      and effective_at <= ${isoInstant(at)}::timestamptz and charge ->> 'kind' = 'postpaid'`
  return row!.minutes
}

/** The balance of a contract at an instant with the entries that it is the sum of; `null` for an unknown contract. */
export async function balanceOf(sql: Queryable, contractId: number, at: Instant): Promise<BalanceView | null> {
  const contract = await contractById(sql, contractId)
  if (!contract) return null
  const buckets = await bucketRows(sql, contractId)
  const found = await sql<Row[]>`${rows(sql)}
    where e.contract_id = ${contractId} and e.bucket_id is not null and e.effective_at <= ${isoInstant(at)}::timestamptz
    order by e.effective_at, e.id`
  const ledger = { buckets: buckets.map(bucketOf), entries: found.map(entryOf) }
  const open = remainingByBucket(ledger, at)
  const byKey = new Map(found.map((row) => [row.key, row]))
  const idOf = new Map(buckets.map((row) => [row.key, row.id]))
  const total = totalOf(open, await overMinutesAt(sql, contract, at))
  return {
    contractId,
    at: isoInstant(at),
    ...total,
    words: inBoth((locale) => remainingInWords(total, locale)),
    buckets: open.map((row) => bucketView(row, idOf, byKey)),
  }
}

function totalOf(open: readonly BucketRemaining[], overMinutes: number): Remaining {
  const sum = (pick: (row: BucketRemaining) => number) => open.reduce((total, row) => total + pick(row), 0)
  return {
    leftMinutes: sum((row) => row.leftMinutes),
    ofMinutes: sum((row) => row.ofMinutes),
    carriedMinutes: sum((row) => row.carriedMinutes),
    overMinutes,
  }
}

function bucketView(row: BucketRemaining, idOf: Map<string, number>, byKey: Map<string, Row>): BucketView {
  const { bucket, entries, leftMinutes, ofMinutes, carriedMinutes } = row
  const earlier = entries.slice(0, -SHOWN_ENTRIES_MAX)
  return {
    id: idOf.get(bucket.id) ?? 0,
    name: bucket.name,
    formCode: bucket.formCode,
    formKind: bucket.formKind,
    service: bucket.service,
    startsAt: isoInstant(bucket.from),
    lastInstant: isoInstantOrNull(bucket.lastInstant),
    leftMinutes,
    ofMinutes,
    carriedMinutes,
    earlierMinutes: earlier.reduce((sum: number, entry: LedgerEntry) => sum + entry.minutes, 0),
    entries: entries.slice(-SHOWN_ENTRIES_MAX).map((entry) => viewOf(byKey.get(entry.key)!)),
  }
}

/** Hours without money, for those who do the work: covered, low, used up, and how many minutes are left. */
export async function staffCoverage(sql: Queryable, contractId: number, at: Instant): Promise<CoverageView | null> {
  const contract = await contractById(sql, contractId)
  if (!contract) return null
  const versions = await versionsOf(sql, contractId)
  const terms = versionOn(versions, civilDateIn(contract.zone, at))?.terms
  const ledger = await ledgerSince(sql, contractId, at)
  const now = { ...ledger, entries: ledger.entries.filter((entry) => entry.effectiveAt <= at) }
  const open = now.buckets.filter((bucket) => bucket.from <= at)
  const leftMinutes = now.entries.reduce((sum, entry) => sum + entry.minutes, 0)
  const [given] = await sql<{ ofMinutes: number | null }[]>`
    select of_minutes from (${openHours(sql, sql`${contractId}::bigint`, sql`${isoInstant(at)}::timestamptz`)}) h`
  const isInForce = terms !== undefined && contract.status === 'active'
  const state = !isInForce
    ? 'not_in_force'
    : open.length === 0
      ? 'covered'
      : hoursState(leftMinutes, given?.ofMinutes ?? 0)
  const left = open.length === 0 ? null : leftMinutes
  return {
    contractId,
    number: contract.number,
    title: contract.title,
    state,
    leftMinutes: left,
    beyond: terms?.rates.beyondBuckets ?? 'stop',
    words: inBoth((locale) => coverageInWords(state, left, locale)),
  }
}

function coverageInWords(state: CoverageView['state'], left: number | null, locale: 'ru' | 'en'): string {
  const ru = locale === 'ru'
  if (state === 'not_in_force') return ru ? 'договор не действует' : 'the contract is not in force'
  if (left === null) return ru ? 'без пакета часов' : 'no package of hours'
  if (left === 0) return ru ? 'часы закончились' : 'the hours are used up'
  return ru ? `осталось ${minutesInWords(left, 'ru')}` : `${minutesInWords(left, 'en')} left`
}
