import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { familyReadModel } from '../family.read-model.ts'
import type { TicketEvents } from '../tickets.events.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { openTicket } from './open-ticket.ts'

type Asked = TicketEvents['ticket.action']
const SUBJECT_MAX = 300

/** What an accident's process asks: linked tickets gather under it, and what a work-around leaves to be done stays open as a ticket. */
export async function followAccident(ports: TicketPorts, tx: Tx, event: Asked): Promise<void> {
  if (event.name === 'gather_linked') await gatherLinked(tx, event)
  if (event.name === 'open_follow_up') await openFollowUp(ports, tx, event)
}

/** Open tickets of the same client that are linked and have no parent yet become parts of this one; others stay linked. */
async function gatherLinked(tx: Tx, { ticket, actor, now }: Asked): Promise<void> {
  const parent = await ticketsStore.readTicket(tx, ticket.id)
  if (!parent) return
  for (const id of await familyReadModel.gatherable(tx, parent)) {
    const child = await ticketsStore.lockTicket(tx, id)
    if (!child || child.parentId !== null || (await familyReadModel.isWithin(tx, parent.id, id))) continue
    await ticketsStore.updateTicket(tx, id, { parentId: parent.id })
    const fact = { type: 'parent_changed', data: { from: null, to: parent.number } }
    await ticketsStore.insertFacts(tx, child, [fact], actor, now)
    await announce(tx, liveOf(child, 'ticket.changed'))
  }
}

/** What is left to be done after a work-around: a ticket of its own under the lowered priority, linked to the accident. */
async function openFollowUp(ports: TicketPorts, tx: Tx, { ticket, actor, params, now }: Asked): Promise<void> {
  const accident = await ticketsStore.readTicket(tx, ticket.id)
  if (!accident) return
  const remainder = String(params['remainder'] ?? '').trim()
  const opened = await openTicket(ports, tx, actor, {
    clientId: accident.clientId,
    contactId: accident.contactId,
    portalId: accident.portalId,
    topic: accident.topic,
    kind: 'incident',
    priority: accident.priority,
    subject: `Устранить: ${accident.subject}`.slice(0, SUBJECT_MAX),
    text: remainder || accident.subject,
    channel: accident.channel,
    author: { contactId: null, accountId: actor.accountId, name: actor.name, email: null },
    // nobody wrote: no receipt goes out
    automatic: true,
  })
  const { clientId } = accident
  const link = { clientId, fromId: opened.id, toClientId: clientId, toId: accident.id, kind: 'follow_up' }
  await ticketsStore.link(tx, { ...link, createdBy: actor.accountId })
  await keepLink(tx, accident, opened.number, { actor, now })
}

async function keepLink(
  tx: Tx,
  accident: TicketRecord,
  number: number,
  by: Pick<Asked, 'actor' | 'now'>,
): Promise<void> {
  const fact = { type: 'linked', data: { kind: 'follow_up', number } }
  await ticketsStore.insertFacts(tx, accident, [fact], by.actor, by.now)
  await announce(tx, liveOf(accident, 'ticket.changed'))
}
