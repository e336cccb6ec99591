import type { Actor } from '@opora/access'
import type { CivilMonth, Instant } from '@opora/core'
import { civilDateIn, startOfDate } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { calendarsOfContract } from '../catalogue.read-model.ts'
import type { ContractsPorts } from '../contracts.ports.ts'
import { contractById, versionsOf } from '../contracts.read-model.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import type { GrantPlan } from '../domain/grants.ts'
import type { Ledger, LedgerEntry } from '../domain/ledger.ts'
import { reverse } from '../domain/ledger.ts'
import { type ContractVersion, versionOn } from '../domain/terms.ts'
import { chargeTime, reverseCharge, type TimeCharge, type WorkedTime } from '../domain/time-charge.ts'
import { grantRows, ledgerSince, openEntriesOfSource } from '../ledger.read-model.ts'
import { chargeOf, type EntryRow, entryOf, monthAt } from '../ledger.rows.ts'
import {
  appendPosting,
  type LockedContract,
  loadRounding,
  lockLedger,
  savedReply,
  saveReply,
  saveRounding,
} from '../ledger.store.ts'
import { monthsBetween, pendingGrants } from './grants.ts'

export interface TimeToDraw {
  contractId: number
  work: WorkedTime
}

/** What a piece of work took, as it stands in the ledger. */
export type DrawnTime = TimeCharge & { replayed: boolean }

/** What one entry added to its rounding groups, so that a reversal can take it out again. */
interface SavedDraw extends TimeCharge {
  addedByGroup: Record<string, number>
}

export function drawVerbs(ports: ContractsPorts) {
  return {
    /**
     * Draws the hours of a time entry and charges what is beyond them. The same entry and revision again gives the same answer.
     * Refuses work in a closed month and on days without terms; never takes a bucket below zero.
     */
    async drawTime(tx: Tx, actor: Actor, input: TimeToDraw): Promise<DrawnTime> {
      const contract = await lockLedger(tx, input.contractId)
      const key = `time:${input.work.id}:r${input.work.revision}`
      // asked together: under the lock every round trip is somebody else's waiting
      const [saved, planned] = await Promise.all([savedReply<SavedDraw>(tx, key), plan(tx, contract, input.work)])
      if (saved) return { ...saved, replayed: true }
      for (const month of monthsOf(input.work, contract.zone)) {
        if (await ports.isMonthClosed(tx, contract.id, month)) {
          throw contractsRefusals.refuse('contracts.month_closed', { params: { month } })
        }
      }
      const { charge, grants, rounding } = planned
      refuseUncovered(charge, input.work, contract.zone)
      await appendPosting(tx, contract, { ...grants, charges: [], actorId: null })
      const { entries, charges } = charge
      const reply: SavedDraw = { ...charge, addedByGroup: differences(rounding, charge.exactByGroup) }
      if (rounding !== null) await saveRounding(tx, contract, charge.exactByGroup)
      await Promise.all([
        appendPosting(tx, contract, { buckets: [], entries, charges, actorId: actor.accountId }),
        saveReply(tx, contract, key, reply),
      ])
      return { ...reply, replayed: false }
    },

    /**
     * Gives back what a time entry took: opposite entries at their own time, or at `now` where the month is closed, so that the past stays
     * as it was reported. Reversing twice finds nothing left. Returns how many entries were reversed.
     */
    async reverseTime(
      tx: Tx,
      actor: Actor,
      input: {
        contractId: number
        timeEntryId: string
        correctionId: string
        reason: { ru: string; en: string }
        now: Instant
      },
    ): Promise<number> {
      const contract = await lockLedger(tx, input.contractId)
      const source = { kind: 'time_entry', id: input.timeEntryId }
      const rows = await openEntriesOfSource(tx, contract.id, source)
      const entries = []
      const charges = []
      for (const row of rows) {
        const isClosed = await ports.isMonthClosed(tx, contract.id, row.period)
        const correction = {
          id: input.correctionId,
          effectiveAt: isClosed ? input.now : row.effectiveAt,
          month: isClosed ? monthAt(contract.zone, input.now) : row.period,
          reason: input.reason,
        }
        if (row.charge === null) entries.push(reverse(entryOf(row), correction))
        else charges.push({ ...reverseCharge(chargeOf(row, contract.id), correction), reversesKey: row.key })
      }
      await takeOutOfRounding(tx, contract, rows)
      return await appendPosting(tx, contract, { buckets: [], entries, charges, actorId: actor.accountId })
    },
  }
}

/** What a piece of work would take, without posting anything: "30 min × 2 = 60 from the subscription". */
export async function previewTime(sql: Queryable, input: TimeToDraw): Promise<TimeCharge> {
  const contract = await contractById(sql, input.contractId)
  if (!contract) throw contractsRefusals.refuse('contracts.not_found')
  const { charge } = await plan(sql as Tx, contract, input.work)
  refuseUncovered(charge, input.work, contract.zone)
  return charge
}

async function plan(sql: Tx, contract: Pick<LockedContract, 'id' | 'zone' | 'status'>, work: WorkedTime) {
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
  const rounding = await roundingBefore(sql, contract, versions, work)
  const charge = chargeTime({
    contractId: String(contract.id),
    work,
    versions,
    ledger: withGrants(since, grants),
    openIntervals: (from, to, code) => calendars.get(code)?.openIntervals(from, to) ?? [],
    ...(rounding ? { exactBefore: rounding } : {}),
  })
  return { charge, grants, rounding }
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

async function takeOutOfRounding(tx: Tx, contract: LockedContract, rows: readonly EntryRow[]): Promise<void> {
  const revisions = new Set(rows.map((row) => /^(?:draw|charge):(.+?:r\d+):/.exec(row.key)?.[1] ?? ''))
  for (const revision of revisions) {
    const saved = await savedReply<SavedDraw>(tx, `time:${revision}`)
    const added = saved?.addedByGroup ?? {}
    if (Object.keys(added).length === 0) continue
    const now = await loadRounding(tx, contract.id, Object.keys(added))
    const left = Object.entries(added).map(([key, exact]) => [key, (now[key] ?? 0) - exact] as const)
    await saveRounding(tx, contract, Object.fromEntries(left))
  }
}

function differences(before: Record<string, number> | null, after: Record<string, number>): Record<string, number> {
  if (before === null) return {}
  return Object.fromEntries(Object.entries(after).map(([key, exact]) => [key, exact - (before[key] ?? 0)]))
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

function monthsOf(work: WorkedTime, zone: string): CivilMonth[] {
  const { from, to } = spanOf(work, zone)
  return monthsBetween(monthAt(zone, from), monthAt(zone, Math.max(from, to - 1)))
}

function refuseUncovered(charge: TimeCharge, work: WorkedTime, zone: string): void {
  if (charge.uncoveredMinutes === 0) return
  const date = civilDateIn(zone, spanOf(work, zone).from)
  throw contractsRefusals.refuse('contracts.date_not_covered', { params: { date } })
}
