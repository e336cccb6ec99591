import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { namesOf } from '../named.read-model.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import type { Changed } from './change-ticket.ts'
import { lockForAction } from './load-ticket.ts'
import { headOf } from './step-process.ts'

/** Puts a ticket into the queue of a role: nobody has it, whoever holds the role sees it among theirs. */
export async function giveToRole(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  role: string,
): Promise<Changed> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.assign')
  if (ticket.assigneeId === null && ticket.lane === role) return { id: ticketId, version: ticket.version }
  const now = await databaseNow(tx)
  const version = await ticketsStore.updateTicket(tx, ticketId, { assigneeId: null, lane: role })
  const names = await namesOf(tx, ticket.assigneeId, null)
  const given = { type: 'given_to_role', data: { from: ticket.assigneeId, to: null, ...names, role } }
  await ticketsStore.insertFacts(tx, ticket, [given], actor, now)
  if (ticket.assigneeId !== null) {
    const head = headOf({ ...ticket, assigneeId: null, lane: role })
    await ports.bus.emit(tx, 'ticket.assigned', { actor, ticket: head, accountId: null, now })
  }
  await announce(tx, liveOf(ticket, 'ticket.changed'))
  return { id: ticketId, version }
}
