import type { CivilDate, CivilMonth, Instant } from '@opora/core'
import { civilDateIn, DAY_MS } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import type { ContractsPorts } from '../contracts.ports.ts'
import { contractsToGrant, contractsToIssueCoupon, versionsOf } from '../contracts.read-model.ts'
import { type GrantPlan, planGrants } from '../domain/grants.ts'
import { balanceAt, type PlannedEntry, reverse } from '../domain/ledger.ts'
import type { ContractVersion } from '../domain/terms.ts'
import { grantRows, ledgerOf } from '../ledger.read-model.ts'
import { entryOf, monthAt } from '../ledger.rows.ts'
import { appendPosting, type LockedContract, lockLedger, markGranted } from '../ledger.store.ts'
import { refuseContractService } from '../service.refusals.ts'

const MONTHS_MAX = 240
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

/** Grants of these months that are not in the ledger, given the grants that are (`grantRows` of the same months). */
export function pendingGrants(
  contractId: number,
  versions: readonly ContractVersion[],
  months: readonly CivilMonth[],
  rows: readonly GrantRow[],
): GrantPlan {
  const plan = planMonths(contractId, versions, months)
  const granted = new Set(rows.filter((row) => !row.reversed).map((row) => plannedKey(row.key)))
  const entries = missingAmong(plan.entries, rows).filter((entry) => !granted.has(plannedKey(entry.key)))
  return { buckets: entries.length === 0 ? [] : plan.buckets, entries }
}

function planMonths(
  contractId: number,
  versions: readonly ContractVersion[],
  months: readonly CivilMonth[],
): GrantPlan {
  const plans = months.map((month) => planGrants(String(contractId), versions, month))
  return { buckets: plans.flatMap((plan) => plan.buckets), entries: plans.flatMap((plan) => plan.entries) }
}

type GrantRow = Awaited<ReturnType<typeof grantRows>>[number]

/** The planned entries that no standing grant gives; one that was given and taken back before gets a key of its own. */
function missingAmong(planned: readonly PlannedEntry[], rows: readonly GrantRow[]): PlannedEntry[] {
  return planned.flatMap((entry) => {
    const before = rows.filter((row) => plannedKey(row.key) === entry.key)
    if (before.some((row) => !row.reversed && row.minutes === entry.minutes)) return []
    return [before.length === 0 ? entry : { ...entry, key: `${entry.key}#${before.length + 1}` }]
  })
}

/** The key as the plan makes it, without the mark of a repetition. */
function plannedKey(key: string): string {
  return key.split('#')[0] ?? key
}

export function grantVerbs(ports: ContractsPorts) {
  return {
    /**
     * Issues what a contract brings in every month up to now that has not been issued, and the next month's when it is near.
     * Repeating it changes nothing. Returns the number of entries.
     */
    async grantPeriods(tx: Tx, contractId: number, now: Instant): Promise<number> {
      const contract = await lockLedger(tx, contractId)
      if (contract.status !== 'active' && contract.status !== 'suspended') return 0
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
    const { buckets, entries: due } = planMonths(contract.id, inForce, [month])
    const rows = await grantRows(tx, contract.id, [month])
    const missing = missingAmong(due, rows)
    const kept = new Set(due.map((entry) => `${entry.key}=${entry.minutes}`))
    const stale = rows.filter((row) => !row.reversed && !kept.has(`${plannedKey(row.key)}=${row.minutes}`))
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
