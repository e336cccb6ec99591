import type { Actor } from '@opora/access'
import { DAY_MS, type Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { deadlineStore } from '../deadline.store.ts'
import type { TicketFact } from '../domain/apply-commands.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { lockForAction } from './load-ticket.ts'
import { headOf } from './step-process.ts'

const FARTHEST_MS = 5 * 366 * DAY_MS

/** The provider proposes a term for this ticket. An earlier proposal that still waits is withdrawn by it. */
export async function offerDeadline(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  offer: { dueAt: Instant; reason: string },
): Promise<{ id: number }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'deadline.offer')
  if (ticket.state === 'closed') throw refuseTicket('ticket.closed')
  const now = await databaseNow(tx)
  if (offer.dueAt <= now) throw refuseTicket('ticket.deadline_past', { field: 'dueAt' })
  if (offer.dueAt > now + FARTHEST_MS) throw refuseTicket('ticket.deadline_far', { field: 'dueAt' })
  const before = await deadlineStore.waiting(tx, ticketId)
  if (before) await deadlineStore.decide(tx, before.id, { decision: 'withdrawn', contactId: null, name: actor.name })
  const { clientId } = ticket
  const by = { offeredBy: actor.accountId!, offeredByName: actor.name }
  const id = await deadlineStore.add(tx, { clientId, ticketId, ...offer, ...by })
  await tellHistory(ports, tx, actor, ticket, { type: 'deadline_offered', data: { id, ...offer } }, now)
  await ports.bus.emit(tx, 'ticket.deadline_offered', { actor, ticket: headOf(ticket), offer: { id, ...offer }, now })
  return { id }
}

/** The provider takes back what the client has not answered yet. */
export async function withdrawDeadline(ports: TicketPorts, tx: Tx, actor: Actor, ticketId: number): Promise<void> {
  const ticket = await lockForAction(tx, actor, ticketId, 'deadline.offer')
  const offer = await deadlineStore.waiting(tx, ticketId)
  if (!offer) throw refuseTicket('ticket.deadline_decided')
  await deadlineStore.decide(tx, offer.id, { decision: 'withdrawn', contactId: null, name: actor.name })
  const now = await databaseNow(tx)
  await tellHistory(ports, tx, actor, ticket, { type: 'deadline_withdrawn', data: { id: offer.id } }, now)
}

/** The client says yes or no. With a yes the term binds both sides: the clock of the solution goes by it from now on. */
export async function decideDeadline(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  answer: { offerId: number; agree: boolean },
): Promise<void> {
  const ticket = await lockForAction(tx, actor, ticketId, 'deadline.decide')
  const offer = await deadlineStore.waiting(tx, ticketId)
  if (offer?.id !== answer.offerId) throw refuseTicket('ticket.deadline_decided')
  const now = await databaseNow(tx)
  if (answer.agree && offer.dueAt <= now) throw refuseTicket('ticket.deadline_past')
  const decision = answer.agree ? 'agreed' : 'declined'
  await deadlineStore.decide(tx, offer.id, { decision, contactId: actor.contact?.id ?? null, name: actor.name })
  const { id, dueAt } = offer
  const fact: TicketFact = answer.agree
    ? { type: 'agreed_deadline', data: { id, dueAt, by: actor.name, offeredBy: offer.offeredByName } }
    : { type: 'deadline_declined', data: { id, dueAt, by: actor.name } }
  await tellHistory(ports, tx, actor, ticket, fact, now)
}

async function tellHistory(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  fact: TicketFact,
  now: Instant,
): Promise<void> {
  const facts = await ticketsStore.insertFacts(tx, ticket, [fact], actor, now)
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: headOf(ticket), facts, now })
  await announce(tx, liveOf(ticket, 'ticket.changed'))
}
