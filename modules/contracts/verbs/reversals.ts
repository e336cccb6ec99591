import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import type { ContractsPorts } from '../contracts.ports.ts'
import { contractsRefusals } from '../contracts.refusals.ts'
import { reverse } from '../domain/ledger.ts'
import { reverseCharge } from '../domain/time-charge.ts'
import { entriesByKey } from '../ledger.read-model.ts'
import { chargeOf, entryOf, monthAt } from '../ledger.rows.ts'
import { appendPosting, lockLedger } from '../ledger.store.ts'
import { postPlanned } from './postings.ts'
import { moveReturned, placesOf } from './returned-hours.ts'

export interface Reversal {
  contractId: number
  /** The key of the entry that is taken back. */
  key: string
  /** What the opposite entry is made by; it makes the opposite entry's key. */
  id: string
  reason: string
  now: Instant
}

/**
 * The opposite of one entry: at its own time while its month is open, else in the open month. Hours that so come back to a bucket that is
 * over move on to the same hours of the open month.
 */
export async function reverseEntry(tx: Tx, ports: ContractsPorts, actor: Actor, given: Reversal): Promise<void> {
  const contract = await lockLedger(tx, given.contractId)
  const [row] = await entriesByKey(tx, [given.key])
  if (!row) throw contractsRefusals.refuse('contracts.entry_not_found')
  if (row.reversed) throw contractsRefusals.refuse('contracts.entry_reversed')
  const isClosed = await ports.isMonthClosed(tx, contract.id, row.period)
  const opposite = {
    id: given.id,
    effectiveAt: isClosed ? given.now : row.effectiveAt,
    month: isClosed ? monthAt(contract.zone, given.now) : row.period,
    reason: { ru: given.reason, en: given.reason },
  }
  if (row.charge === null) {
    const entries = [reverse(entryOf(row), opposite)]
    await postPlanned(tx, actor, { contractId: contract.id, buckets: [], entries })
    const returned = { places: await placesOf(tx, contract.id, entries), beyondMinutes: 0 }
    const { id: correctionId, now: at } = given
    await moveReturned(tx, actor, { contractId: contract.id, correctionId, returned, drawn: [], at })
    return
  }
  const charges = [{ ...reverseCharge(chargeOf(row, contract.id), opposite), reversesKey: row.key }]
  await appendPosting(tx, contract, { buckets: [], entries: [], charges, actorId: actor.accountId })
}

export function reversalVerbs(ports: ContractsPorts) {
  return {
    /**
     * Gives back the charges of these keys by opposite ones, those already reversed passed over. False where none of the keys is a
     * charge: a fee is no work, and is given back another way.
     */
    async reverseWork(
      tx: Tx,
      actor: Actor,
      given: { contractId: number; keys: readonly string[]; reason: string },
    ): Promise<boolean> {
      const { contractId, reason } = given
      const rows = await entriesByKey(tx, given.keys)
      const now = await databaseNow(tx)
      for (const { key, reversed } of rows) {
        if (!reversed) await reverseEntry(tx, ports, actor, { contractId, key, id: `objection:${key}`, reason, now })
      }
      return rows.length > 0
    },
  }
}
