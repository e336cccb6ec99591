import type { CivilDate, CivilMonth, Instant } from '@opora/core'
import { civilDateIn, DAY_MS } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import type { ContractsPorts } from '../contracts.ports.ts'
import { contractsToGrant, contractsToIssueCoupon, versionsOf } from '../contracts.read-model.ts'
import { type GrantPlan, planGrants } from '../domain/grants.ts'
import { balanceAt, type PlannedEntry, reverse } from '../domain/ledger.ts'
import type { ContractVersion } from '../domain/terms.ts'
import { ledgerOf, openGrants, postedKeys } from '../ledger.read-model.ts'
import { entryOf } from '../ledger.rows.ts'
import { appendPosting, type LockedContract, lockLedger, markGranted, monthAt } from '../ledger.store.ts'
import { refuseContractService } from '../service.refusals.ts'

const MONTHS_MAX = 240
const AGAIN_MAX = 50
/** How long before a month its hours are issued, so that nobody waits at midnight. */
const SOON_MS = 2 * DAY_MS

/** Months from one to another, both included. */
export function monthsBetween(first: CivilMonth, last: CivilMonth): CivilMonth[] {
  const months: CivilMonth[] = []
  let month = Temporal.PlainYearMonth.from(first)
  const end = Temporal.PlainYearMonth.from(last)
  while (Temporal.PlainYearMonth.compare(month, end) <= 0 && months.length < MONTHS_MAX) {
    months.push(month.toString())
    month = month.add({ months: 1 })
  }
  return months
}

/** Grants of these months that are not in the ledger yet. A grant that was reversed and is due again gets a key of its own. */
export async function pendingGrants(
  sql: Tx,
  contractId: number,
  versions: readonly ContractVersion[],
  months: readonly CivilMonth[],
): Promise<GrantPlan> {
  const plans = months.map((month) => planGrants(String(contractId), versions, month))
  const entries = plans.flatMap((plan) => plan.entries)
  if (entries.length === 0) return { buckets: [], entries: [] }
  let wanted = entries
  const pending: PlannedEntry[] = []
  for (let again = 1; wanted.length > 0 && again < AGAIN_MAX; again += 1) {
    const posted = await postedKeys(
      sql,
      wanted.map((entry) => entry.key),
    )
    pending.push(...wanted.filter((entry) => !posted.has(entry.key)))
    wanted = wanted
      .filter((entry) => posted.get(entry.key)?.reversed)
      .map((entry) => ({ ...entry, key: `${entry.key.split('#')[0]}#${again + 1}` }))
  }
  return { buckets: plans.flatMap((plan) => plan.buckets), entries: pending }
}

export function grantVerbs(ports: ContractsPorts) {
  return {
    /**
     * Issues what a contract brings in every month up to now that has not been issued, and the next month's when it is near.
     * Repeating it changes nothing. Returns the number of entries.
     */
    async grantPeriods(tx: Tx, contractId: number, now: Instant): Promise<number> {
      const contract = await lockLedger(tx, contractId)
      if (contract.status !== 'active') return 0
      const versions = await versionsOf(tx, contractId)
      const begins = monthOfDate(versions[0]?.from ?? civilDateIn(contract.zone, now))
      const last = monthAt(contract.zone, now + SOON_MS)
      const months = monthsBetween(contract.grantedThrough ?? begins, last)
      const posted = await settleGrants(tx, ports, contract, versions, months, null)
      await markGranted(tx, contractId, last)
      return posted
    },

    /** Contracts whose months or coupon years have begun and are not issued. */
    async contractsDue(sql: Queryable, now: Instant): Promise<{ grants: number[]; coupons: number[] }> {
      return { grants: await contractsToGrant(sql, now + SOON_MS), coupons: await contractsToIssueCoupon(sql) }
    },
  }
}

/** The first months of a contract: from its beginning up to now. */
export async function grantFromStart(
  tx: Tx,
  ports: ContractsPorts,
  contractId: number,
  actorId: number | null,
): Promise<void> {
  const contract = await lockLedger(tx, contractId)
  const versions = await versionsOf(tx, contractId)
  const last = monthAt(contract.zone, await databaseNow(tx))
  const months = monthsBetween(monthOfDate(versions[0]?.from ?? ''), last)
  await settleGrants(tx, ports, contract, versions, months, actorId)
  if (contract.status !== 'draft') await markGranted(tx, contractId, last)
}

/** After a change of terms: the months from the change on that have grants or are due to have them. */
export async function grantAnew(
  tx: Tx,
  ports: ContractsPorts,
  contractId: number,
  change: { from: CivilDate; actorId: number | null; whenDrawn: WhenDrawn },
): Promise<void> {
  const contract = await lockLedger(tx, contractId)
  const versions = await versionsOf(tx, contractId)
  const now = monthAt(contract.zone, await databaseNow(tx))
  const last = contract.grantedThrough !== null && contract.grantedThrough > now ? contract.grantedThrough : now
  const months = monthsBetween(monthOfDate(change.from), last)
  await settleGrants(tx, ports, contract, versions, months, change.actorId, change.whenDrawn)
}

/** What to do with a month whose hours would be taken back though they are drawn: refuse the change, or leave the month as it is. */
export type WhenDrawn = 'refuse' | 'keep'

function monthOfDate(date: CivilDate): CivilMonth {
  return date.slice(0, 7)
}

/**
 * Brings the grants of months into line with the versions: what is due and missing is posted, what is no longer due is reversed.
 * Closed months stay as they were.
 */
export async function settleGrants(
  tx: Tx,
  ports: ContractsPorts,
  contract: LockedContract,
  versions: readonly ContractVersion[],
  months: readonly CivilMonth[],
  actorId: number | null,
  whenDrawn: WhenDrawn = 'refuse',
): Promise<number> {
  const inForce = contract.status === 'draft' ? [] : versions
  let posted = 0
  for (const month of months) {
    if (await ports.isMonthClosed(tx, contract.id, month)) continue
    const due = new Set(planGrants(String(contract.id), inForce, month).entries.map((entry) => entry.key))
    const stale = (await openGrants(tx, contract.id, month)).filter((row) => !due.has(row.key.split('#')[0] ?? ''))
    const { buckets, entries: missing } = await pendingGrants(tx, contract.id, inForce, [month])
    const entries = [...missing, ...stale.map((row) => takenBack(row.key, entryOf(row)))]
    const short = stale.length > 0 ? await bucketBelowZero(tx, contract, entries) : null
    if (short !== null && whenDrawn === 'keep') continue
    if (short !== null)
      throw refuseContractService('contracts.hours_drawn', { params: { month }, details: { bucket: short } })
    posted += await appendPosting(tx, contract, { buckets, entries, charges: [], actorId })
  }
  return posted
}

function takenBack(key: string, entry: PlannedEntry): PlannedEntry {
  const reason = { ru: 'условия договора изменены', en: 'the terms of the contract have changed' }
  return reverse(entry, { id: `terms:${key}`, effectiveAt: entry.effectiveAt, reason })
}

/** The first bucket that the planned entries would bring below zero at some instant. */
async function bucketBelowZero(
  tx: Tx,
  contract: LockedContract,
  planned: readonly PlannedEntry[],
): Promise<string | null> {
  const ledger = await ledgerOf(tx, contract.id)
  for (const bucketId of new Set(planned.map((entry) => entry.bucketId))) {
    const own = [...ledger.entries, ...planned].filter((entry) => entry.bucketId === bucketId)
    if (own.some((entry) => balanceAt(own, entry.effectiveAt) < 0)) return bucketId
  }
  return null
}
