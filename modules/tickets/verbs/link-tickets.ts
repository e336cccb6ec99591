import { type Actor, can } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { TicketFact } from '../domain/apply-commands.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { endInvitations } from './invite-partner.ts'
import { lockForAction, subjectOf } from './load-ticket.ts'

export type LinkKind = 'duplicate' | 'caused_by' | 'related' | 'follow_up' | 'split'

/** Links two tickets; both must be open to the person. A link shows staff where to look and gives nobody access to anything. */
export async function linkTickets(tx: Tx, actor: Actor, fromId: number, toId: number, kind: LinkKind): Promise<void> {
  const from = await lockForAction(tx, actor, fromId, 'ticket.change')
  const to = await ticketsStore.lockTicket(tx, toId)
  if (!to || (actor.side !== 'system' && !can(actor, 'ticket.read', await subjectOf(tx, to))))
    throw refuseTicket('ticket.not_found', { field: 'toId' })
  const now = await databaseNow(tx)
  await ticketsStore.link(tx, {
    clientId: from.clientId,
    fromId,
    toClientId: to.clientId,
    toId,
    kind,
    createdBy: actor.accountId,
  })
  await ticketsStore.insertFacts(tx, from, [{ type: 'linked', data: { kind, number: to.number } }], actor, now)
  await announce(tx, liveOf(from, 'ticket.changed'))
}

/**
 * Merges a ticket into another of the same client: messages, files, people and time stay readable where they are shown together, mail to
 * the old number reaches the survivor, and the old ticket leaves the lists. Tickets are locked in the order of their ids, so that two
 * merges at once cannot lock each other out.
 */
export async function mergeTicket(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  id: number,
  intoId: number,
): Promise<{ id: number; version: number }> {
  if (id === intoId) throw refuseTicket('ticket.merge_itself', { field: 'intoId' })
  for (const first of [id, intoId].sort((a, b) => a - b)) await lockForAction(tx, actor, first, 'ticket.merge')
  const [ticket, into] = [
    await lockForAction(tx, actor, id, 'ticket.merge'),
    await lockForAction(tx, actor, intoId, 'ticket.merge'),
  ]
  if (ticket.clientId !== into.clientId) throw refuseTicket('ticket.merge_foreign', { field: 'intoId' })
  const now = await databaseNow(tx)
  // a merge into what is closed would bury what the client still waits for
  if (into.state === 'closed' && ticket.state !== 'closed')
    throw refuseTicket('ticket.merge_closed', { field: 'intoId' })
  const waiting = ticket.state === 'closed' ? null : await ticketsStore.unansweredSince(tx, id)
  await ticketsStore.moveContents(tx, id, intoId)
  await endInvitations(ports, tx, actor, ticket)
  const running = await ports.process.lock(tx, id)
  await ports.process.step(tx, running, ticket.contractId, { type: 'stopped' }, {}, now)
  await ticketsStore.updateTicket(tx, id, {
    mergedIntoId: intoId,
    state: 'closed',
    waitingFor: null,
    closedAt: now,
    nextDueAt: null,
    nextDueMetric: null,
    nextDueState: null,
  })
  const facts = await ticketsStore.insertFacts(
    tx,
    ticket,
    [{ type: 'merged', data: { into: into.number, intoId } }],
    actor,
    now,
  )
  const taken: TicketFact[] = [{ type: 'merged_from', data: { number: ticket.number, id } }]
  // the client waits for the same answer as before, now here: its promise goes on from when it was asked for
  if (waiting !== null) taken.push({ type: 'client_wrote', data: { since: waiting, from: ticket.number } })
  const gained = await ticketsStore.insertFacts(tx, into, taken, actor, now)
  const version = await ticketsStore.updateTicket(tx, intoId, {})
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: { ...ticket, state: 'closed' }, facts, now })
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: into, facts: gained, now })
  await announce(tx, liveOf(into, 'ticket.changed'))
  return { id: intoId, version }
}
