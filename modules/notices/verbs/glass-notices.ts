import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { TicketEvents } from '@opora/tickets'
import { noticesStore } from '../notices.store.ts'

/**
 * Somebody wants to read a ticket outside their reach: whoever may decide is told, without a word of the ticket. Once it is open, whoever
 * has the ticket, looks after its client or manages incidents is told, at any hour.
 */
export async function tellGlass(tx: Tx, event: TicketEvents['ticket.glass']): Promise<void> {
  const { ticket, step, now } = event
  const people = step === 'asked' ? event.deciders : await ownersOf(tx, ticket)
  const data = { number: ticket.number, reader: event.reader, reason: event.reason }
  for (const accountId of new Set(people)) {
    const made = await noticesStore.addNotice(tx, {
      accountId,
      clientId: ticket.clientId,
      // whoever decides may not open the ticket
      ticketId: step === 'asked' ? null : ticket.id,
      kind: `glass_${step}`,
      dedupe: `glass:${event.glassId}:${step}`,
      data,
      deliverAt: now,
    })
    if (made) await announce(tx, { topic: 'notice', clientId: null, accountId, ticketId: ticket.id })
  }
}

async function ownersOf(tx: Tx, ticket: TicketEvents['ticket.glass']['ticket']): Promise<number[]> {
  const manager = await noticesStore.managerOf(tx, ticket.clientId)
  return [
    ...(ticket.assigneeId === null ? [] : [ticket.assigneeId]),
    ...(manager === null ? [] : [manager]),
    ...(await noticesStore.accountsOfRole(tx, 'im', ticket.clientId)),
  ]
}
