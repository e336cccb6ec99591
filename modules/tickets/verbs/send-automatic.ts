import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { deskStore } from '../desk.store.ts'
import { fillTemplate } from '../domain/fill-template.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf, noteTicket } from './add-message.ts'
import { lockForAction } from './load-ticket.ts'
import { headOf } from './step-process.ts'

/**
 * Writes into a ticket what a template says: to the client, or as a note. It is nobody's answer: no clock hears of it, and the letter that
 * carries it is marked as automatic, so that machines do not answer it. `actor` signs it to the client by its name.
 */
export async function sendByTemplate(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  wish: { templateId: number; to: 'client' | 'note' },
): Promise<{ messageId: number; template: string }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'message.reply')
  const template = await deskStore.template(tx, wish.templateId)
  if (!template) throw refuseTicket('ticket.template_unknown', { field: 'template' })
  const text = fillTemplate(template.body, await deskStore.templateValues(tx, actor, ticketId))
  if (wish.to === 'note') {
    const note = { text, files: [], mentions: [], forPartner: false }
    return { messageId: (await noteTicket(ports, tx, actor, ticketId, note)).messageId, template: template.name }
  }
  if (ticket.state === 'closed') throw refuseTicket('ticket.closed')
  const now = await databaseNow(tx)
  const messageId = await ticketsStore.insertMessage(tx, {
    ...{ clientId: ticket.clientId, ticketId, visibility: 'public', direction: 'out', channel: ticket.channel },
    ...{ authorAccountId: null, authorContactId: null, authorName: actor.name, authorEmail: null },
    ...{ bodyText: text, bodyHtml: null, visibleText: text, recipients: [], mailMessageId: null, rawId: null },
    ...{ unverified: false, isAnswer: false, sendAt: now, createdAt: now },
  })
  await ticketsStore.addToSearch(tx, ticket, text, true)
  await ticketsStore.insertFacts(tx, ticket, [{ type: 'sent_automatically', data: { messageId } }], actor, now)
  await ticketsStore.noteMessage(tx, ticketId, { now, fromClient: null, firstAnswer: false })
  const said = { actor, ticket: headOf(ticket), messageId, sendAt: now, now, automatic: true }
  await ports.bus.emit(tx, 'ticket.replied', said)
  await announce(tx, liveOf(ticket, 'ticket.message'))
  return { messageId, template: template.name }
}
