import type { Actor } from '@opora/access'
import { DAY_MS } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import { invitationsReadModel } from '../invitations.read-model.ts'
import type { TicketEvents } from '../tickets.events.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { admit, isOpen, mayInvite } from './invite-partner.ts'

// Long enough for a partner's work; whoever passes the ticket on again renews it.
const SHARE_DAYS = 30

/**
 * The process passes a ticket to a partner: exactly that ticket, to exactly that person, until a date, by an invitation's letter. Somebody
 * new is named by address, by whoever may invite; a name that nobody bears is refused, or the ticket would wait for nobody.
 */
export async function shareByProcess(ports: TicketPorts, tx: Tx, event: TicketEvents['ticket.action']): Promise<void> {
  if (event.name !== 'share_with_partner') return
  const { actor, now } = event
  const word = String(event.params['partner'] ?? '').trim()
  const ticket = await ticketsStore.readTicket(tx, event.ticket.id)
  if (!ticket) return
  const email = await addressOf(tx, actor, ticket.id, word)
  const locale = actor.locale
  const endsAt = now + SHARE_DAYS * DAY_MS
  const partner = await ports.partners.account(tx, actor, { email, name: null, locale })
  const before = await invitationsReadModel.one(tx, ticket.id, partner.accountId)
  // what was given for longer is not cut short
  const until = before && isOpen(before) ? Math.max(before.endsAt, endsAt) : endsAt
  await admit(ports, tx, actor, ticket, { ...partner, note: '', endsAt: until }, now)
}

async function addressOf(tx: Tx, actor: Actor, ticketId: number, word: string): Promise<string> {
  const known = word === '' ? null : await ticketsStore.partnerNamed(tx, word)
  if (known !== null) return known.email
  const ticket = await ticketsStore.readTicket(tx, ticketId)
  if (ticket && word.includes('@') && (await mayInvite(tx, actor, ticket))) return word
  throw refuseTicket('ticket.partner_unknown', { field: 'data.partner', params: { partner: word } })
}
