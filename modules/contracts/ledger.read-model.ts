import type { CivilMonth, Instant } from '@opora/core'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { Ledger, LedgerEntry } from './domain/ledger.ts'
import type { WorkCharge } from './domain/time-charge.ts'
import { type BucketRow, bucketOf, chargeOf, type EntryRow, entryOf } from './ledger.rows.ts'

export function entryColumns(sql: Queryable) {
  return sql`e.id, b.key as bucket_key, e.kind, e.minutes, e.amount_kopecks, e.effective_at, e.posted_at, e.source_type, e.source_id,
    e.key, e.reverses_key, e.period, e.charge, e.explanation`
}

/**
 * Minutes left and given of the buckets open at an instant, as a row for a lateral join; nulls where none is open. Of buckets that never
 * close only those with something left count. A bucket's mirror holds its balance as of now.
 */
export function openHours(sql: Queryable, contractId: ReturnType<Queryable>, at: ReturnType<Queryable>) {
  return sql`select sum(b.balance_minutes)::bigint as left_minutes, sum(g.minutes)::bigint as of_minutes
    from bucket b cross join lateral (
      select coalesce(sum(e.minutes), 0) as minutes from ledger_entry e
      where e.bucket_id = b.id and e.kind in ('grant', 'carry', 'transfer', 'adjust') and e.effective_at <= ${at}) g
    where b.contract_id = ${contractId} and b.starts_at <= ${at} and (b.last_instant >= ${at} or b.last_instant is null and b.balance_minutes > 0)`
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
 * The ledger from an instant on, as far as drawing asks of it: for every bucket that is open then or later, what can be drawn at the
 * instant, and by how much that grows later. A draw so reads a row or two for each bucket, however long the history is, and the history itself only where
 * something comes into the bucket later.
 */
export async function ledgerSince(sql: Queryable, contractId: number, since: Instant): Promise<Ledger> {
  const at = isoInstant(since)
  const rows = await sql<(BucketRow & { steps: { at: number; least: number }[] })[]>`
    select b.id, b.contract_id, b.key, b.form_code, b.form_kind, b.service, b.name, b.covers, b.leftover, b.starts_at, b.last_instant, s.steps
    from bucket b cross join lateral (select case
      -- where nothing comes in later, the balance only falls: all that is left at the end can be drawn now
      when not exists (select 1 from ledger_entry g where g.bucket_id = b.id and g.effective_at > ${at}::timestamptz and g.minutes > 0)
      then jsonb_build_array(jsonb_build_object('at', (extract(epoch from ${at}::timestamptz) * 1000)::bigint, 'least', b.balance_minutes))
      else (with later as (
        select effective_at as at, sum(minutes) as minutes from ledger_entry
        where bucket_id = b.id and effective_at > ${at}::timestamptz group by effective_at),
      opening as (select b.balance_minutes - coalesce((select sum(minutes) from later), 0) as minutes),
      running as (
        select ${at}::timestamptz as at, minutes as balance from opening
        union all select l.at, o.minutes + sum(l.minutes) over (order by l.at) from later l, opening o),
      least as (select at, min(balance) over (order by at desc) as least from running),
      changed as (select at, least, lag(least) over (order by at) as before from least)
      select jsonb_agg(jsonb_build_object('at', (extract(epoch from at) * 1000)::bigint, 'least', least) order by at) as steps
      from changed where before is distinct from least) end as steps) s
    where b.contract_id = ${contractId} and (b.last_instant is null or b.last_instant >= ${at}::timestamptz)`
  return { buckets: rows.map(bucketOf), entries: rows.flatMap(stepsOf) }
}

/** The growth of what can be drawn, as entries that add up to it. */
function stepsOf(row: { key: string; steps: { at: number; least: number }[] }): LedgerEntry[] {
  return row.steps.map(({ at, least }, index) => ({
    key: `step:${row.key}:${at}`,
    bucketId: row.key,
    kind: 'grant',
    minutes: least - (row.steps[index - 1]?.least ?? 0),
    effectiveAt: at,
    source: { kind: 'form', id: row.key },
    reversesKey: null,
    explanation: [],
    postedAt: at,
  }))
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
