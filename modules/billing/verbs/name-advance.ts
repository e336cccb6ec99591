import { type Actor, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { advancesStore } from '../advances.store.ts'
import { documentRefusals } from '../documents.refusals.ts'
import type { PaperReference } from '../domain/documents/closing-document.ts'
import { paymentsStore } from '../payments.store.ts'

/** Names the счёт-фактура that accounting issued on a payment as an advance: line 5б of what the payment settles. `null` takes it back. */
export async function nameAdvance(
  tx: Tx,
  actor: Actor,
  given: { id: number; paper: PaperReference | null },
): Promise<void> {
  const payment = await paymentsStore.lockPayment(tx, given.id)
  if (!payment) throw documentRefusals.refuse('billing.payment_not_found')
  await advancesStore.name(tx, payment.id, given.paper)
  await writeAudit(tx, actor, {
    action: 'payment.advance_named',
    objectType: 'payment',
    objectId: payment.id,
    clientId: payment.clientId,
    detail: { number: given.paper?.number ?? '' },
  })
  await announce(tx, { topic: 'payment.changed', clientId: payment.clientId, staffOnly: true })
}
