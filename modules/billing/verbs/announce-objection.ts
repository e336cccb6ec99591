import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import type { BillingPorts } from '../billing.ports.ts'
import { documentsStore } from '../documents.store.ts'
import { DOCUMENT_NAMES } from '../domain/documents/closing-document.ts'

/** Says that a client does not agree with lines of a paper, so that finance is told. */
export async function announceObjection(
  ports: BillingPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; lines: readonly { number: number; reason: string }[] },
): Promise<void> {
  const row = await documentsStore.lockDocument(tx, given.id)
  if (!row) return
  await ports.bus.emit(tx, 'billing.objected', {
    actor,
    clientId: row.clientId,
    clientName: row.data.buyer.name,
    documentId: row.id,
    title: `${DOCUMENT_NAMES[row.kind]} № ${row.number}`,
    lines: given.lines,
    contactName: actor.name,
    now: await databaseNow(tx),
  })
}
