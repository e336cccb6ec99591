import type { Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import { deadlineLetter } from '../letters/letters.ts'
import type { NoticePorts } from '../notices.ports.ts'
import { noticesStore, type Recipient } from '../notices.store.ts'
import { askersOf, linkFor, orderOf } from './client-letters.ts'

/** A proposed term to whoever may agree to it: the asker and the responsible contacts, each with a link that needs no password. */
export async function mailDeadline(
  ports: NoticePorts,
  tx: Tx,
  event: TicketEvents['ticket.deadline_offered'],
): Promise<void> {
  const { ticket, offer } = event
  const company = await noticesStore.companyName(tx)
  const known = (await askersOf(tx, ticket.id)).filter((recipient) => recipient.known)
  const recipients: Recipient[] = [...known, ...(await noticesStore.responsible(tx, ticket.clientId))]
  const subject = { ticketId: ticket.id, offerId: offer.id }
  for (const recipient of new Map(recipients.map((one) => [one.contactId, one])).values()) {
    const link = await linkFor(ports, tx, recipient, 'deadline.decide', subject)
    const letter = deadlineLetter(company, recipient, ticket, { ...offer, link })
    await ports.outbox.enqueue(tx, orderOf(ticket, recipient, 'deadline', `d${offer.id}`, letter))
  }
}
