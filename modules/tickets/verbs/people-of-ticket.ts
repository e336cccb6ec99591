import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { refuseTicket } from '../tickets.refusals.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { lockForAction } from './load-ticket.ts'

/**
 * Lets a colleague watch a ticket, or ends it. Whoever may read a ticket may watch it; calling somebody else in takes the right to change
 * the ticket. Watching gives nobody access: only those who serve the client can be called.
 */
export async function watchTicket(
  tx: Tx,
  actor: Actor,
  ticketId: number,
  accountId: number,
  watching: boolean,
): Promise<void> {
  const own = accountId === actor.accountId
  const ticket = await lockForAction(tx, actor, ticketId, own ? 'ticket.text' : 'ticket.change')
  if (watching && !own && !(await ticketsStore.maybeAssigned(tx, accountId, ticket.clientId)))
    throw refuseTicket('ticket.assignee_unknown', { field: 'accountId' })
  await setPerson(tx, actor, ticket, { accountId, contactId: null }, watching)
}

/** Takes a contact of the client into a ticket, with copies of its answers and its place in the cabinet, or out of it. */
export async function changeParticipant(
  tx: Tx,
  actor: Actor,
  ticketId: number,
  contactId: number,
  taking: boolean,
): Promise<void> {
  const ticket = await lockForAction(tx, actor, ticketId, 'participant.change')
  if (!taking && contactId === ticket.contactId) throw refuseTicket('ticket.asker_stays', { field: 'contactId' })
  if (taking && !(await ticketsStore.contactExists(tx, ticket.clientId, contactId)))
    throw refuseTicket('ticket.contact_unknown', { field: 'contactId' })
  await setPerson(tx, actor, ticket, { accountId: null, contactId }, taking)
}

async function setPerson(
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  person: { accountId: number | null; contactId: number | null },
  taking: boolean,
): Promise<void> {
  const row = { clientId: ticket.clientId, ticketId: ticket.id, ...person, email: null, addedBy: actor.accountId }
  if (taking) await ticketsStore.addPerson(tx, { ...row, role: 'watcher' })
  else if (!(await ticketsStore.removePerson(tx, ticket.id, person))) return
  const name = await ticketsStore.personName(tx, person)
  const now = await databaseNow(tx)
  const type = taking ? 'person_added' : 'person_removed'
  await ticketsStore.insertFacts(tx, ticket, [{ type, data: { ...person, name } }], actor, now)
  await announce(tx, { ...liveOf(ticket, 'ticket.changed'), staffOnly: person.accountId !== null })
}
