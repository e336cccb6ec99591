import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { TicketFact } from '../domain/apply-commands.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { headOf } from './step-process.ts'

/** Keeps facts that another module brings (an estimate, a rating) in the ticket's history. The caller has judged the right to it. */
export async function recordFacts(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  facts: readonly TicketFact[],
): Promise<void> {
  const ticket = await ticketsStore.lockTicket(tx, ticketId)
  if (!ticket) throw refuseTicket('ticket.not_found')
  const now = await databaseNow(tx)
  const kept = await ticketsStore.insertFacts(tx, ticket, facts, actor, now)
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: headOf(ticket), facts: kept, now })
  await announce(tx, liveOf(ticket, 'ticket.changed'))
}
