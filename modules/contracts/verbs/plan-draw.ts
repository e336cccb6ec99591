import type { CivilMonth, Instant, Words } from '@opora/core'
import { civilDateIn, startOfDate } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { calendarsOfContract } from '../catalogue.read-model.ts'
import { versionsOf } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import type { GrantPlan } from '../domain/grants.ts'
import type { Ledger, LedgerEntry } from '../domain/ledger.ts'
import { type ContractVersion, versionOn } from '../domain/terms.ts'
import { chargeTime, type TimeCharge, type WorkedTime } from '../domain/time-charge.ts'
import { grantRows, ledgerSince } from '../ledger.read-model.ts'
import { monthAt } from '../ledger.rows.ts'
import type { LockedContract } from '../ledger.store.ts'
import { loadRounding } from '../rounding.store.ts'
import { monthsBetween, pendingGrants } from './grants.ts'

/** What a piece of work draws and costs as the ledger stands; nothing is posted. `again` says from where a redrawn piece begins and why. */
export async function planDraw(
  sql: Tx,
  contract: Pick<LockedContract, 'id' | 'zone' | 'status'>,
  work: WorkedTime,
  again: { exactBefore: Record<string, number>; because: Words } | null = null,
) {
  const span = spanOf(work, contract.zone)
  const months = contract.status === 'draft' ? [] : monthsOf(work, contract.zone)
  // sent together: the answers come in one round trip
  const [versions, granted, since, calendars] = await Promise.all([
    versionsOf(sql, contract.id),
    grantRows(sql, contract.id, months),
    ledgerSince(sql, contract.id, span.from),
    calendarsOfContract(sql, contract.id),
  ])
  const grants = pendingGrants(contract.id, versions, months, granted)
  const rounding = again?.exactBefore ?? (await roundingBefore(sql, contract, versions, work))
  const charge = chargeTime({
    contractId: String(contract.id),
    work,
    versions,
    ledger: withGrants(since, grants),
    openIntervals: (from, to, code) => calendars.get(code)?.openIntervals(from, to) ?? [],
    ...(rounding ? { exactBefore: rounding } : {}),
    ...(again ? { because: again.because } : {}),
  })
  return { charge, grants, rounding, versions }
}

/** `null` for contracts that round each entry by itself. */
async function roundingBefore(
  sql: Tx,
  contract: Pick<LockedContract, 'id' | 'zone'>,
  versions: readonly ContractVersion[],
  work: WorkedTime,
): Promise<Record<string, number> | null> {
  const { from, to } = spanOf(work, contract.zone)
  const dates = new Set([from, to].map((at) => civilDateIn(contract.zone, at)))
  const byDay = [...dates].some((date) => versionOn(versions, date)?.terms.rates.roundingPer === 'task_and_day')
  return byDay
    ? await loadRounding(
        sql,
        contract.id,
        [...dates].map((date) => `${work.ticketId}:${date}`),
      )
    : null
}

function withGrants(ledger: Ledger, grants: GrantPlan): Ledger {
  const known = new Set(ledger.buckets.map((bucket) => bucket.id))
  const granted = grants.entries.map((entry): LedgerEntry => ({ ...entry, postedAt: entry.effectiveAt }))
  return {
    buckets: [...ledger.buckets, ...grants.buckets.filter((bucket) => !known.has(bucket.id))],
    entries: [...ledger.entries, ...granted],
  }
}

function spanOf(work: WorkedTime, zone: string): { from: Instant; to: Instant } {
  if ('from' in work.when) return work.when
  const from = startOfDate(zone, work.when.date)
  return { from, to: from }
}

export function monthsOf(work: WorkedTime, zone: string): CivilMonth[] {
  const { from, to } = spanOf(work, zone)
  return monthsBetween(monthAt(zone, from), monthAt(zone, Math.max(from, to - 1)))
}

export function refuseUncovered(charge: TimeCharge, work: WorkedTime, zone: string): void {
  if (charge.uncoveredMinutes === 0) return
  const date = civilDateIn(zone, spanOf(work, zone).from)
  throw contractsRefusals.refuse('contracts.date_not_covered', { params: { date } })
}
