import type { CivilMonth, Instant, Words } from '@opora/core'
import { civilDateIn, startOfDate } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { calendarsOfContract } from '../catalogue.read-model.ts'
import { versionsOf } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import type { GrantPlan } from '../domain/grants.ts'
import type { LateDraw, Returned } from '../domain/late-draw.ts'
import type { Ledger, LedgerEntry } from '../domain/ledger.ts'
import { type ContractVersion, versionOn } from '../domain/terms.ts'
import { chargeTime, type TimeCharge, type WorkedTime } from '../domain/time-charge.ts'
import { bucketRows, grantRows, ledgerSince } from '../ledger.read-model.ts'
import { bucketOf, monthAt } from '../ledger.rows.ts'
import type { LockedContract } from '../ledger.store.ts'
import { loadRounding, type RoundingBefore } from '../rounding.store.ts'
import { monthsBetween, pendingGrants } from './grants.ts'

/** Work of a closed month that stands, at an instant of the open one, in the place of what was given back. */
export interface LateWork {
  at: Instant
  returned: Returned
}

export interface DrawMode {
  /** From where a redrawn piece begins and why. */
  again?: RoundingBefore & { because: Words }
  late?: LateWork | undefined
}

/** What a draw needs of a contract that does not change while others draw. */
export interface DrawGround {
  /** The contract's version when it was read: under the lock another one says that it must be read again. */
  stamp: number | null
  versions: ContractVersion[]
  calendars: Awaited<ReturnType<typeof calendarsOfContract>>
}

/** Terms and calendars, to be read before the lock is asked for: a turn at the ledger is then as short as it can be. */
export async function drawGround(sql: Queryable, contractId: number): Promise<DrawGround> {
  // the stamp is read first: terms that change after it are noticed
  const [rows, versions, calendars] = await Promise.all([
    sql<{ version: number }[]>`select version from contract where id = ${contractId}`,
    versionsOf(sql, contractId),
    calendarsOfContract(sql, contractId),
  ])
  return { stamp: rows[0]?.version ?? null, versions, calendars }
}

type Drawn = Pick<LockedContract, 'id' | 'zone' | 'status'> & { grantedThrough?: CivilMonth | null; version?: number }

/** What a piece of work draws and costs as the ledger stands; nothing is posted. */
export async function planDraw(
  sql: Tx,
  contract: Drawn,
  work: WorkedTime,
  { again, late }: DrawMode = {},
  ground?: DrawGround,
) {
  const known = ground !== undefined && ground.stamp === contract.version ? ground : await drawGround(sql, contract.id)
  const { versions, calendars } = known
  const from = late?.at ?? spanOf(work, contract.zone).from
  const months = contract.status === 'draft' ? [] : monthsOf(work, contract.zone, late)
  // months up to there have their hours already, and whatever changes the terms brings them into line
  const open = months.filter((month) => !contract.grantedThrough || contract.grantedThrough < month)
  // sent together: the answers come in one round trip
  const [granted, since, before] = await Promise.all([
    open.length > 0 ? grantRows(sql, contract.id, open) : [],
    ledgerSince(sql, contract.id, from),
    again ? null : roundingBefore(sql, contract, versions, work),
  ])
  const grants = pendingGrants(contract.id, versions, open, granted)
  const rounding = again ?? before
  const charge = chargeTime({
    contractId: String(contract.id),
    work,
    versions,
    ledger: withGrants(since, grants),
    openIntervals: (from, to, code) => calendars.get(code)?.openIntervals(from, to) ?? [],
    ...(rounding ?? {}),
    ...(late ? { late: await placesOf(sql, contract.id, late) } : {}),
  })
  return { charge, grants, rounding, versions }
}

async function placesOf(sql: Queryable, contractId: number, { at, returned }: LateWork): Promise<LateDraw> {
  const known = (await bucketRows(sql, contractId)).map(bucketOf)
  const buckets = returned.places.flatMap(({ bucketId, minutes }) => {
    const bucket = known.find((one) => one.id === bucketId)
    return bucket ? [{ bucket, availableMinutes: minutes }] : []
  })
  return { at, buckets, beyondMinutes: returned.beyondMinutes }
}

/** `null` for contracts that round each entry by itself. */
async function roundingBefore(
  sql: Tx,
  contract: Pick<LockedContract, 'id' | 'zone'>,
  versions: readonly ContractVersion[],
  work: WorkedTime,
): Promise<RoundingBefore | null> {
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

/** The months into which work is posted. */
export function monthsOf(work: WorkedTime, zone: string, late?: LateWork): CivilMonth[] {
  if (late) return [monthAt(zone, late.at)]
  const { from, to } = spanOf(work, zone)
  return monthsBetween(monthAt(zone, from), monthAt(zone, Math.max(from, to - 1)))
}

export function refuseUncovered(charge: TimeCharge, work: WorkedTime, zone: string): void {
  if (charge.uncoveredMinutes === 0) return
  const date = civilDateIn(zone, spanOf(work, zone).from)
  throw contractsRefusals.refuse('contracts.date_not_covered', { params: { date } })
}
