import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { contractsRefusals } from '../contracts.refusals.ts'
import { type Bucket, type Ledger, type PlannedEntry, post } from '../domain/ledger.ts'
import type { LockedContract } from '../ledger.store.ts'
import { appendMonths } from '../month-postings.store.ts'

export interface PlannedMonth {
  contract: LockedContract
  /** The ledger that the plan was made from, read under the lock. */
  ledger: Ledger
  buckets: readonly Bucket[]
  entries: readonly PlannedEntry[]
}

/**
 * Posts what the closing of a month planned for many contracts. The caller holds their locks (`lockLedgers`) and gives the ledgers that it
 * planned from; what would bring a bucket below zero is refused for all.
 */
export async function postMonths(tx: Tx, actor: Actor, planned: readonly PlannedMonth[]): Promise<void> {
  const now = await databaseNow(tx)
  for (const { ledger, entries } of planned) {
    const posting = post(ledger.entries, entries, now)
    if (!posting.posted)
      throw contractsRefusals.refuse(posting.refused, {
        details: { key: posting.entry.key, bucket: posting.entry.bucketId },
      })
  }
  await appendMonths(tx, planned, actor.accountId)
}
