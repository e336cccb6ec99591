import type { CivilMonth, Instant } from '@opora/core'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { Ledger } from './domain/ledger.ts'
import type { WorkCharge } from './domain/time-charge.ts'
import { type BucketRow, bucketOf, chargeOf, type EntryRow, entryOf } from './ledger.rows.ts'

export function entryColumns(sql: Queryable) {
  return sql`e.id, b.key as bucket_key, e.kind, e.minutes, e.amount_kopecks, e.effective_at, e.posted_at, e.source_type, e.source_id,
    e.key, e.reverses_key, e.period, e.charge, e.explanation`
}

export async function bucketRows(sql: Queryable, contractId: number): Promise<BucketRow[]> {
  return await sql<BucketRow[]>`
    select id, contract_id, key, form_code, form_kind, service, name, covers, leftover, starts_at, last_instant
    from bucket where contract_id = ${contractId} order by starts_at, key`
}

/** A contract's whole ledger of hours, as the closing of a month takes it. */
export async function ledgerOf(sql: Queryable, contractId: number): Promise<Ledger> {
  const buckets = await bucketRows(sql, contractId)
  const entries = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from ledger_entry e join bucket b on b.id = e.bucket_id
    where e.contract_id = ${contractId} order by e.effective_at, e.id`
  return { buckets: buckets.map(bucketOf), entries: entries.map(entryOf) }
}

/** Money for work beyond the buckets, with its reversals; of one month or of all. */
export async function chargesOf(sql: Queryable, contractId: number, month?: CivilMonth): Promise<WorkCharge[]> {
  const rows = await sql<EntryRow[]>`
    select ${entryColumns(sql)} from ledger_entry e left join bucket b on b.id = e.bucket_id
    where e.contract_id = ${contractId} and e.bucket_id is null ${month ? sql`and e.period = ${month}` : sql``}
    order by e.effective_at, e.id`
  return rows.map((row) => chargeOf(row, contractId))
}

/**
 * The ledger from an instant on: what was before stands as one opening entry for each bucket, so that a draw reads as many rows
 * as there are later entries, however long the history is.
 */
export async function ledgerSince(sql: Queryable, contractId: number, since: Instant): Promise<Ledger> {
  const at = isoInstant(since)
  const rows = await sql<
    (BucketRow & { opening: number; later: { key: string; minutes: number; at: number }[] | null })[]
  >`
    select b.id, b.contract_id, b.key, b.form_code, b.form_kind, b.service, b.name, b.covers, b.leftover, b.starts_at, b.last_instant,
      (b.balance_minutes - coalesce(l.total, 0))::bigint as opening, l.later
    from bucket b left join lateral (
      select sum(minutes) as total, jsonb_agg(jsonb_build_object('key', key, 'minutes', minutes,
        'at', (extract(epoch from effective_at) * 1000)::bigint)) as later
      from ledger_entry where bucket_id = b.id and effective_at > ${at}::timestamptz) l on true
    where b.contract_id = ${contractId} and (b.last_instant is null or b.last_instant >= ${at}::timestamptz)`
  const movement = (row: BucketRow, key: string, minutes: number, effectiveAt: Instant) =>
    entryOf({
      id: 0,
      bucketKey: row.key,
      kind: 'grant',
      minutes,
      amountKopecks: 0,
      effectiveAt,
      postedAt: effectiveAt,
      sourceType: 'form',
      sourceId: '',
      key,
      reversesKey: null,
      period: '',
      charge: null,
      explanation: [],
    })
  return {
    buckets: rows.map(bucketOf),
    entries: rows.flatMap((row) => [
      ...(row.opening === 0 ? [] : [movement(row, `opening:${row.key}`, row.opening, since)]),
      ...(row.later ?? []).map((entry) => movement(row, entry.key, entry.minutes, entry.at)),
    ]),
  }
}

/** Entries of a source (a time entry, a close) that nothing has reversed yet. */
export async function openEntriesOfSource(
  sql: Queryable,
  contractId: number,
  source: { kind: string; id: string },
): Promise<EntryRow[]> {
  return await sql<EntryRow[]>`
    select ${entryColumns(sql)} from ledger_entry e left join bucket b on b.id = e.bucket_id
    where e.contract_id = ${contractId} and e.source_type = ${source.kind} and e.source_id = ${source.id} and e.kind <> 'reverse'
      and not exists (select 1 from ledger_entry r where r.reverses_key = e.key)
    order by e.id`
}

/** Every grant of these months, with whether it is reversed. */
export async function grantRows(
  sql: Queryable,
  contractId: number,
  months: readonly CivilMonth[],
): Promise<(EntryRow & { reversed: boolean })[]> {
  return await sql<(EntryRow & { reversed: boolean })[]>`
    select ${entryColumns(sql)}, exists (select 1 from ledger_entry r where r.reverses_key = e.key) as reversed
    from ledger_entry e join bucket b on b.id = e.bucket_id
    where e.contract_id = ${contractId} and e.kind = 'grant' and e.source_type = 'form' and e.period = any(${[...months]}::text[])
    order by e.id`
}

export async function entriesByKey(
  sql: Queryable,
  keys: readonly string[],
): Promise<(EntryRow & { reversed: boolean })[]> {
  return await sql<(EntryRow & { reversed: boolean })[]>`
    select ${entryColumns(sql)}, exists (select 1 from ledger_entry r where r.reverses_key = e.key) as reversed
    from ledger_entry e left join bucket b on b.id = e.bucket_id where e.key = any(${[...keys]}::text[])`
}

export async function entryById(
  sql: Queryable,
  contractId: number,
  id: number,
): Promise<(EntryRow & { reversed: boolean }) | null> {
  const [row] = await sql<(EntryRow & { reversed: boolean })[]>`
    select ${entryColumns(sql)}, exists (select 1 from ledger_entry r where r.reverses_key = e.key) as reversed
    from ledger_entry e left join bucket b on b.id = e.bucket_id where e.id = ${id} and e.contract_id = ${contractId}`
  return row ?? null
}
