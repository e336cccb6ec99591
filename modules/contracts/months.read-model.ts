import type { CivilDate, CivilMonth } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type KnownContract, suspensionsOf } from './contracts.read-model.ts'
import type { Ledger, LedgerEntry } from './domain/ledger.ts'
import type { SuspendedSpan } from './domain/suspension.ts'
import { type ContractTerms, type ContractVersion, chainVersions } from './domain/terms.ts'
import type { WorkCharge } from './domain/time-charge.ts'
import type { UsedUnits } from './domain/unit-lines.ts'
import { type BucketRow, bucketOf, chargeOf, type EntryRow, entryOf } from './ledger.rows.ts'
import { usedUnitsOf } from './unit-use.read-model.ts'

/** What a contract brings to the closing of a month. */
export interface MonthGround {
  contract: KnownContract
  versions: ContractVersion[]
  ledger: Ledger
  charges: WorkCharge[]
  units: UsedUnits[]
}

/**
 * The grounds of many contracts in six queries, however many they are; a contract that does not exist has none. Of the ledger come the buckets that the month can see: those
 * that hold something, or have an entry from the month on; every other bucket was empty when the month began and stays so. Explanations of
 * hours are left out: a month's figures do not rest on them.
 */
export async function monthGroundsOf(
  sql: Queryable,
  contractIds: readonly number[],
  month: CivilMonth,
): Promise<Map<number, MonthGround>> {
  const ids = [...contractIds]
  const [contracts, versions, buckets, entries, charges, units] = await Promise.all([
    sql<KnownContract[]>`
      select id, client_id, number, title, status, starts_on, ends_on, zone from contract where id = any(${ids}::bigint[]) order by id`,
    versionRows(sql, ids),
    bucketsSeen(sql, ids, month),
    entriesSeen(sql, ids, month),
    chargeRows(sql, ids, month),
    usedUnitsOf(sql, ids, month),
  ])
  return new Map(
    contracts.map((contract) => {
      const { id } = contract
      const own = versions.get(id) ?? []
      return [
        id,
        {
          contract,
          versions: chainVersions(
            own.map(({ id: versionId, from, terms }) => ({ id: versionId, from, terms })),
            own[0]?.endsOn ?? null,
            own[0]?.suspended,
          ),
          ledger: { buckets: (buckets.get(id) ?? []).map(bucketOf), entries: entries.get(id) ?? [] },
          units: units.get(id) ?? [],
          charges: (charges.get(id) ?? []).map((row) => chargeOf(row, id)),
        },
      ]
    }),
  )
}

interface VersionRow {
  contractId: number
  id: string
  from: CivilDate
  terms: ContractTerms
  endsOn: CivilDate | null
  suspended: SuspendedSpan[]
}

async function versionRows(sql: Queryable, ids: readonly number[]): Promise<Map<number, VersionRow[]>> {
  const rows = await sql<VersionRow[]>`
    select v.contract_id, v.id::text as id, v.valid_from as from, v.terms, k.ends_on,
      ${suspensionsOf(sql)} as suspended
    from contract_version v join contract k on k.id = v.contract_id where v.contract_id = any(${[...ids]}::bigint[])
    order by v.contract_id, v.valid_from`
  return Map.groupBy(rows, (row) => row.contractId)
}

/** Buckets that a month can see; to be joined as `b` with the contract as `k`. */
function isSeen(sql: Queryable, month: CivilMonth) {
  return sql`(b.balance_minutes <> 0 or exists (select 1 from ledger_entry s where s.bucket_id = b.id
    and s.effective_at >= (${`${month}-01`}::date)::timestamp at time zone k.zone))`
}

async function bucketsSeen(
  sql: Queryable,
  ids: readonly number[],
  month: CivilMonth,
): Promise<Map<number, BucketRow[]>> {
  const rows = await sql<BucketRow[]>`
    select b.id, b.contract_id, b.key, b.form_code, b.form_kind, b.service, b.name, b.covers, b.leftover, b.starts_at, b.last_instant
    from bucket b join contract k on k.id = b.contract_id
    where b.contract_id = any(${[...ids]}::bigint[]) and ${isSeen(sql, month)} order by b.starts_at, b.key`
  return Map.groupBy(rows, (row) => row.contractId)
}

type SeenEntry = Omit<EntryRow, 'id' | 'charge' | 'explanation' | 'period' | 'amountKopecks'> & { contractId: number }

async function entriesSeen(
  sql: Queryable,
  ids: readonly number[],
  month: CivilMonth,
): Promise<Map<number, LedgerEntry[]>> {
  const rows = await sql<SeenEntry[]>`
    select e.contract_id, b.key as bucket_key, e.kind, e.minutes, e.effective_at, e.posted_at, e.source_type, e.source_id, e.key,
      e.reverses_key
    from bucket b join contract k on k.id = b.contract_id join ledger_entry e on e.bucket_id = b.id
    where b.contract_id = any(${[...ids]}::bigint[]) and ${isSeen(sql, month)} order by e.effective_at, e.id`
  const byContract = new Map<number, LedgerEntry[]>()
  for (const row of rows) {
    const own = byContract.get(row.contractId)
    const entry = entryOf({ ...row, id: 0, charge: null, explanation: [], period: '', amountKopecks: 0 })
    if (own) own.push(entry)
    else byContract.set(row.contractId, [entry])
  }
  return byContract
}

async function chargeRows(sql: Queryable, ids: readonly number[], month: CivilMonth): Promise<Map<number, EntryRow[]>> {
  const rows = await sql<(EntryRow & { contractId: number })[]>`
    select e.contract_id, e.id, null as bucket_key, e.kind, e.minutes, e.amount_kopecks, e.effective_at, e.posted_at, e.source_type,
      e.source_id, e.key, e.reverses_key, e.period, e.charge, e.explanation
    from ledger_entry e where e.contract_id = any(${[...ids]}::bigint[]) and e.bucket_id is null and e.period = ${month}
    order by e.effective_at, e.id`
  return Map.groupBy(rows, (row) => row.contractId)
}
