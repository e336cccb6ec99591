import type { CivilMonth } from '@opora/core'
import type { Json, Tx } from '@opora/platform/database'
import { contractsRefusals } from './contracts.refusals.ts'
import type { Bucket, PlannedEntry } from './domain/ledger.ts'
import type { WorkCharge } from './domain/time-charge.ts'
import { monthAt } from './ledger.rows.ts'

const CHECK_VIOLATION = '23514'

export interface LockedContract {
  id: number
  clientId: number
  zone: string
  number: string
  status: 'draft' | 'active' | 'suspended' | 'ended'
  grantedThrough: CivilMonth | null
  /** Counts changes of the contract's terms and dates. */
  version: number
}

/** Takes the contract's ledger for this transaction: whatever posts to it waits for its turn. */
export async function lockLedger(tx: Tx, contractId: number): Promise<LockedContract> {
  const [row] = await tx<LockedContract[]>`
    select id, client_id, zone, number, status, granted_through, version from contract where id = ${contractId} for no key update`
  if (!row) throw contractsRefusals.refuse('contracts.not_found')
  return row
}

export async function markGranted(tx: Tx, contractId: number, month: CivilMonth): Promise<void> {
  await tx`update contract set granted_through = ${month}
    where id = ${contractId} and (granted_through is null or granted_through < ${month})`
}

export interface Posting {
  buckets: readonly Bucket[]
  entries: readonly PlannedEntry[]
  charges: readonly WorkCharge[]
  actorId: number | null
}

/**
 * Appends entries and charges and mirrors the balances, in one statement. Keys that are there already are passed over. The caller holds
 * the lock and has let the domain decide; the table's own check is the last line against a bucket below zero.
 */
export async function appendPosting(tx: Tx, contract: LockedContract, posting: Posting): Promise<number> {
  const { buckets, entries, charges, actorId } = posting
  if (entries.length + charges.length === 0) return 0
  if (buckets.length > 0) await insertBuckets(tx, contract, buckets)
  const rows = [
    ...entries.map((entry) => entryJson(entry, contract.zone)),
    ...charges.map((charge) => chargeJson(charge)),
  ]
  try {
    const [done] = await tx<{ added: number }[]>`
      with planned as (
        select * from jsonb_to_recordset(${tx.json(rows)}) as r(key text, bucket text, kind text, minutes bigint, amount bigint,
          at bigint, source_type text, source_id text, reverses text, period text, charge jsonb, explanation jsonb)),
      added as (
        insert into ledger_entry (client_id, contract_id, bucket_id, kind, minutes, amount_kopecks, effective_at, source_type, source_id,
          key, reverses_key, period, charge, explanation, actor_id)
        select ${contract.clientId}, ${contract.id}, b.id, p.kind, p.minutes, p.amount, to_timestamp(p.at / 1000.0), p.source_type,
          p.source_id, p.key, p.reverses, p.period, p.charge, p.explanation, ${actorId}
        from planned p left join bucket b on b.key = p.bucket
        on conflict (key) do nothing returning bucket_id, minutes),
      mirrored as (
        update bucket set balance_minutes = balance_minutes + s.total
        from (select bucket_id, sum(minutes) as total from added where bucket_id is not null group by bucket_id) s
        where bucket.id = s.bucket_id)
      select count(*) as added from added`
    return done!.added
  } catch (error) {
    if ((error as { code?: string }).code === CHECK_VIOLATION)
      throw contractsRefusals.refuse('contracts.insufficient_hours')
    throw error
  }
}

export async function insertBuckets(tx: Tx, contract: LockedContract, buckets: readonly Bucket[]): Promise<void> {
  for (const bucket of buckets) {
    await tx`insert into bucket (client_id, contract_id, key, form_code, form_kind, service, name, covers, leftover, starts_at, last_instant)
      values (${contract.clientId}, ${contract.id}, ${bucket.id}, ${bucket.formCode}, ${bucket.formKind}, ${bucket.service},
        ${tx.json(bucket.name as unknown as Json)}, ${tx.json(bucket.covers as unknown as Json)}, ${tx.json(bucket.leftover as unknown as Json)},
        to_timestamp(${bucket.from}::bigint / 1000.0), to_timestamp(${bucket.lastInstant}::bigint / 1000.0))
      on conflict (key) do nothing`
  }
}

export function entryJson(entry: PlannedEntry, zone: string): { [key: string]: Json } {
  return {
    key: entry.key,
    bucket: entry.bucketId,
    kind: entry.kind,
    minutes: entry.minutes,
    amount: 0,
    at: entry.effectiveAt,
    source_type: entry.source.kind,
    source_id: entry.source.id,
    reverses: entry.reversesKey,
    period: monthAt(zone, entry.effectiveAt),
    explanation: entry.explanation as unknown as Json,
  }
}

function chargeJson(charge: WorkCharge & { reversesKey?: string }): Json {
  const { kind, activity, ticketId, ratePerHourKopecks, timeEntryId } = charge
  return {
    key: charge.key,
    bucket: null,
    kind: charge.reversesKey === undefined ? 'charge' : 'reverse',
    minutes: charge.minutes,
    amount: charge.sumKopecks,
    at: charge.effectiveAt,
    source_type: charge.reversesKey === undefined ? 'time_entry' : 'correction',
    source_id: timeEntryId,
    reverses: charge.reversesKey ?? null,
    period: charge.month,
    charge: { kind, activity, ticketId, ratePerHourKopecks, timeEntryId },
    explanation: charge.explanation as unknown as Json,
  }
}

/** The saved answer of a posting, or `null` when this key has not been posted. Call it under the ledger's lock. */
export async function savedReply<Reply>(tx: Tx, key: string): Promise<Reply | null> {
  const [row] = await tx<{ reply: Reply }[]>`select reply from ledger_posting where key = ${key}`
  return row?.reply ?? null
}

export async function saveReply(tx: Tx, contract: LockedContract, key: string, reply: unknown): Promise<void> {
  await tx`insert into ledger_posting (key, client_id, contract_id, reply)
    values (${key}, ${contract.clientId}, ${contract.id}, ${tx.json(reply as Json)})`
}
