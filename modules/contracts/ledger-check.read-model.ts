import type { Queryable } from '@opora/platform/database'

/** A place where the ledger contradicts itself. */
export interface LedgerFault {
  law: LedgerLaw
  contractId: number
  /** The bucket, or the entry, that it was found at. */
  at: string
  found: string
}

const FOUND_MAX = 200

const LAWS = {
  balance_is_sum: balanceIsSum,
  never_below_zero: neverBelowZero,
  reversal_is_opposite: reversalIsOpposite,
  pairs_cancel: pairsCancel,
  period_is_month: periodIsMonth,
  source_exists: sourceExists,
  expiry_at_end: expiryAtEnd,
}
type LedgerLaw = keyof typeof LAWS

/** Every law of the ledger held against every entry; an empty list is what everybody hopes for. */
export async function ledgerFaults(sql: Queryable): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = []
  for (const law of Object.keys(LAWS) as LedgerLaw[]) {
    const rows = await sql<Omit<LedgerFault, 'law'>[]>`${LAWS[law](sql)} order by 1, 2 limit ${FOUND_MAX}`
    faults.push(...rows.map((row) => ({ law, ...row })))
  }
  return faults
}

/** The mirror of a bucket is the sum of its entries. */
function balanceIsSum(sql: Queryable) {
  return sql`select b.contract_id, b.key as at, b.balance_minutes || ' ≠ ' || coalesce(s.minutes, 0) as found
    from bucket b left join (select bucket_id, sum(minutes) as minutes from ledger_entry group by bucket_id) s on s.bucket_id = b.id
    where b.balance_minutes <> coalesce(s.minutes, 0)`
}

/** No bucket was below zero at any instant; entries of one instant count together. */
function neverBelowZero(sql: Queryable) {
  return sql`select contract_id, key as at, min(running)::text as found from (
      select e.contract_id, b.key, sum(e.minutes) over (partition by e.bucket_id order by e.effective_at) as running
      from ledger_entry e join bucket b on b.id = e.bucket_id) r
    where running < 0 group by contract_id, key`
}

/** A reversal is the exact opposite, in the same place of the same contract, of something that is no reversal itself. */
function reversalIsOpposite(sql: Queryable) {
  return sql`select r.contract_id, r.key as at, e.minutes || '/' || r.minutes as found
    from ledger_entry r join ledger_entry e on e.key = r.reverses_key
    where r.minutes <> -e.minutes or r.amount_kopecks <> -e.amount_kopecks or r.bucket_id is distinct from e.bucket_id
      or r.contract_id <> e.contract_id or e.reverses_key is not null or r.kind <> 'reverse'
    union all
    select contract_id, key, 'names nothing' from ledger_entry where kind = 'reverse' and reverses_key is null`
}

/** What left one bucket arrived in another. */
function pairsCancel(sql: Queryable) {
  return sql`select contract_id, kind || ' ' || source_id as at, sum(minutes)::text as found
    from ledger_entry where kind in ('carry', 'transfer') group by contract_id, kind, source_id having sum(minutes) <> 0`
}

/** An entry belongs to the civil month of its instant in the contract's zone. */
function periodIsMonth(sql: Queryable) {
  return sql`select e.contract_id, e.key as at, e.period as found from ledger_entry e join contract k on k.id = e.contract_id
    where e.period <> to_char(e.effective_at at time zone k.zone, 'YYYY-MM')`
}

/** The time entry that an entry names is there, and of the same contract. */
function sourceExists(sql: Queryable) {
  return sql`select e.contract_id, e.key as at, e.source_type || ' ' || e.source_id as found from ledger_entry e
    where e.source_type = 'time_entry' and not exists (
      select 1 from time_entry t where t.id::text = e.source_id and t.client_id = e.client_id)`
}

/** Hours burn at the period's last instant or later, and only those that can. */
function expiryAtEnd(sql: Queryable) {
  return sql`select e.contract_id, e.key as at, e.effective_at::text as found from ledger_entry e join bucket b on b.id = e.bucket_id
    where e.kind = 'expire' and e.source_type = 'close' and (b.last_instant is null or e.effective_at < b.last_instant)`
}
