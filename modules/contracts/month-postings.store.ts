import type { Tx } from '@opora/platform/database'
import type { Bucket, PlannedEntry } from './domain/ledger.ts'
import { entryJson, insertBuckets, type LockedContract } from './ledger.store.ts'

/** Takes the ledgers of many contracts for this transaction, always in one order; whatever posts to one of them waits. */
export async function lockLedgers(tx: Tx, contractIds: readonly number[]): Promise<Map<number, LockedContract>> {
  const rows = await tx<LockedContract[]>`
    select id, client_id, zone, number, status, granted_through, version from contract where id = any(${[...contractIds]}::bigint[])
    order by id for no key update`
  return new Map(rows.map((row) => [row.id, row]))
}

export interface MonthPosting {
  contract: LockedContract
  buckets: readonly Bucket[]
  entries: readonly PlannedEntry[]
}

/** Appends what the closing of months planned for many contracts and mirrors the balances, in one statement. */
export async function appendMonths(tx: Tx, postings: readonly MonthPosting[], actorId: number | null): Promise<void> {
  // a month opens a bucket only where hours are carried over
  for (const { contract, buckets } of postings) await insertBuckets(tx, contract, buckets)
  const rows = postings.flatMap(({ contract, entries }) =>
    entries.map((entry) => ({ ...entryJson(entry, contract.zone), client: contract.clientId, contract: contract.id })),
  )
  if (rows.length === 0) return
  await tx`
    with planned as (
      select * from jsonb_to_recordset(${tx.json(rows)}) as r(client bigint, contract bigint, key text, bucket text, kind text, minutes bigint,
        at bigint, source_type text, source_id text, reverses text, period text, explanation jsonb)),
    added as (
      insert into ledger_entry (client_id, contract_id, bucket_id, kind, minutes, effective_at, source_type, source_id, key, reverses_key,
        period, explanation, actor_id)
      select p.client, p.contract, b.id, p.kind, p.minutes, to_timestamp(p.at / 1000.0), p.source_type, p.source_id, p.key, p.reverses,
        p.period, p.explanation, ${actorId}
      from planned p join bucket b on b.key = p.bucket
      on conflict (key) do nothing returning bucket_id, minutes)
    update bucket set balance_minutes = balance_minutes + s.total
    from (select bucket_id, sum(minutes) as total from added group by bucket_id) s where bucket.id = s.bucket_id`
}
