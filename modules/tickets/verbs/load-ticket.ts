import { type Action, type Actor, can, type Subject } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import { refuseTicket } from '../tickets.refusals.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'

/** Who takes part in a ticket, for the rule of whose it is. */
export async function subjectOf(sql: Queryable, ticket: TicketRecord): Promise<Subject> {
  const people = await sql<{ contactId: number | null; sharedWith: number | null; openedFor: number | null }[]>`
    select contact_id, null::bigint as shared_with, null::bigint as opened_for from ticket_person where ticket_id = ${ticket.id} and removed_at is null and contact_id is not null
    union all
    select null, account_id, null from ticket_share where ticket_id = ${ticket.id} and ends_at > app_now()
    union all
    select null, null, account_id from broken_glass where ticket_id = ${ticket.id} and ends_at > app_now()`
  return {
    clientId: ticket.clientId,
    contactId: ticket.contactId,
    department: ticket.contactDepartment,
    participantContactIds: people.flatMap((row) => (row.contactId === null ? [] : [row.contactId])),
    sharedWithAccountIds: people.flatMap((row) => (row.sharedWith === null ? [] : [row.sharedWith])),
    openedForAccountIds: people.flatMap((row) => (row.openedFor === null ? [] : [row.openedFor])),
  }
}

/** Locks the ticket and judges whether this person may do this to it; a foreign ticket is "not found". */
export async function lockForAction(
  tx: Queryable,
  actor: Actor,
  ticketId: number,
  action: Action,
): Promise<TicketRecord> {
  const ticket = await ticketsStore.lockTicket(tx, ticketId)
  if (!ticket) throw refuseTicket('ticket.not_found')
  if (actor.side !== 'system' && !can(actor, action, await subjectOf(tx, ticket)))
    throw refuseTicket('ticket.not_found')
  if (ticket.mergedIntoId !== null)
    throw refuseTicket('ticket.merged', { params: { number: ticket.mergedIntoNumber ?? 0 } })
  return ticket
}
