import { type Actor, refuseAccess, writeAudit } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { mayReach } from '../duty.read-model.ts'
import { refuseDuty } from '../duty.refusals.ts'
import { dutyStore } from '../duty.store.ts'

/** "I take it": nobody else is called. Also after the chain has ended; saying it twice is one answer. */
export async function answerPage(tx: Tx, actor: Actor, pageId: number): Promise<number> {
  if (!(await mayReach(tx, actor, 'page.answer', { pageId }))) throw refuseAccess('access.not_found')
  const page = await dutyStore.lock(tx, pageId)
  if (!page || actor.accountId === null) throw refuseAccess('access.not_found')
  if (page.state === 'answered' && page.answeredBy === actor.accountId) return page.ticketId
  if (page.state === 'answered') throw refuseDuty('duty.answered')
  if (page.state === 'dropped') throw refuseDuty('duty.over')
  await dutyStore.answer(tx, pageId, actor.accountId)
  await writeAudit(tx, actor, {
    action: 'page.answered',
    objectType: 'duty_page',
    objectId: pageId,
    clientId: page.clientId,
    detail: { ticketId: page.ticketId },
  })
  await announce(tx, { topic: 'duty.page', clientId: page.clientId, ticketId: page.ticketId, staffOnly: true })
  return page.ticketId
}

/** Whoever takes the ticket, or answers its client, is there: what calls for it is answered. */
export async function answerByDeed(
  tx: Tx,
  ticket: { id: number; clientId: number },
  accountId: number | null,
): Promise<void> {
  if (accountId === null || (await dutyStore.answerTicket(tx, ticket.id, accountId)) === 0) return
  await announce(tx, { topic: 'duty.page', clientId: ticket.clientId, ticketId: ticket.id, staffOnly: true })
}
