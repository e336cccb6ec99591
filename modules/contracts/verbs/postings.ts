import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { contractsRefusals } from '../contracts.refusals.ts'
import { type Bucket, type PlannedEntry, post } from '../domain/ledger.ts'
import { ledgerOf } from '../ledger.read-model.ts'
import { appendPosting, lockLedger } from '../ledger.store.ts'

export interface PlannedPosting {
  contractId: number
  buckets: readonly Bucket[]
  entries: readonly PlannedEntry[]
}

/**
 * Posts entries that the domain has planned (expiry, carrying over, transfers, the undoing of a close), all or none. Posting the same
 * again changes nothing; another content under a known key is refused, and so is whatever would bring a bucket below zero at any instant.
 */
export async function postPlanned(tx: Tx, actor: Actor, planned: PlannedPosting): Promise<number> {
  const contract = await lockLedger(tx, planned.contractId)
  const ledger = await ledgerOf(tx, contract.id)
  const posting = post(ledger.entries, planned.entries, await databaseNow(tx))
  if (!posting.posted) {
    const { entry } = posting
    throw contractsRefusals.refuse(posting.refused, { details: { key: entry.key, bucket: entry.bucketId } })
  }
  const { buckets, entries } = planned
  try {
    return await appendPosting(tx, contract, { buckets, entries, charges: [], actorId: actor.accountId })
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name === 'ledger_entry_reversed_once') {
      throw contractsRefusals.refuse('contracts.entry_reversed')
    }
    throw error
  }
}
