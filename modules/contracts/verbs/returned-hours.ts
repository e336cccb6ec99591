import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { versionsOf } from '../contracts.read-model.ts'
import { leftBehind, moveOn, type Returned, type ReturnedHours } from '../domain/late-draw.ts'
import type { PlannedEntry } from '../domain/ledger.ts'
import { bucketRows, grantRows } from '../ledger.read-model.ts'
import { bucketOf, monthAt } from '../ledger.rows.ts'
import { appendPosting, type LockedContract, lockLedger } from '../ledger.store.ts'
import { pendingGrants } from './grants.ts'

/** What opposite entries give back, by bucket, with whether the bucket was over by then. */
export async function placesOf(
  sql: Queryable,
  contractId: number,
  opposites: readonly PlannedEntry[],
): Promise<ReturnedHours[]> {
  const given = opposites.filter((entry) => entry.minutes > 0)
  if (given.length === 0) return []
  const lastOf = new Map((await bucketRows(sql, contractId)).map((row) => [row.key, row.lastInstant]))
  return [...Map.groupBy(given, (entry) => entry.bucketId)].map(([bucketId, own]) => {
    const last = lastOf.get(bucketId) ?? null
    return {
      bucketId,
      minutes: own.reduce((sum, entry) => sum + entry.minutes, 0),
      isOver: last !== null && own.some((entry) => entry.effectiveAt > last),
    }
  })
}

export interface ReturnedToMove {
  contractId: number
  correctionId: string
  returned: Returned
  /** What the corrected entry has taken in its place. */
  drawn: readonly PlannedEntry[]
  at: Instant
}

/**
 * Moves what a correction gave back to buckets that are over, and nobody took again, to the same hours of the open month, so that nothing
 * is lost in a period that has ended. Repeating it changes nothing. Returns the minutes that moved.
 */
export async function moveReturned(tx: Tx, actor: Actor, given: ReturnedToMove): Promise<number> {
  const left = leftBehind(given.returned, given.drawn)
  if (left.length === 0) return 0
  const contract = await lockLedger(tx, given.contractId)
  const month = monthAt(contract.zone, given.at)
  await grantMonth(tx, contract, month)
  const buckets = (await bucketRows(tx, contract.id)).map(bucketOf)
  const moved = moveOn({ id: given.correctionId, at: given.at, zone: contract.zone, month, left, buckets })
  await appendPosting(tx, contract, { ...moved, charges: [], actorId: actor.accountId })
  return left.reduce((sum, place) => sum + place.minutes, 0)
}

/** The open month's hours are issued, so that there is somewhere to move to. */
async function grantMonth(tx: Tx, contract: LockedContract, month: string): Promise<void> {
  if (contract.status === 'draft') return
  const [versions, granted] = await Promise.all([versionsOf(tx, contract.id), grantRows(tx, contract.id, [month])])
  const grants = pendingGrants(contract.id, versions, [month], granted)
  await appendPosting(tx, contract, { ...grants, charges: [], actorId: null })
}
