import type { Actor } from '@opora/access'
import { DAY_MS } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { TicketEvents } from '../tickets.events.ts'
import { ticketsStore } from '../tickets.store.ts'

// Long enough for a partner's work; whoever passes the ticket on again renews it.
const SHARE_DAYS = 30

/** The process passes a ticket to a partner: exactly that ticket, to exactly that person, until a date. An unknown name shares nothing. */
export async function shareByProcess(tx: Tx, event: TicketEvents['ticket.action']): Promise<void> {
  if (event.name !== 'share_with_partner') return
  const word = String(event.params['partner'] ?? '').trim()
  const accountId = word === '' ? null : await ticketsStore.partnerNamed(tx, word)
  const actor: Actor = event.actor
  if (accountId === null) return
  const { ticket, now } = event
  await ticketsStore.share(tx, {
    clientId: ticket.clientId,
    ticketId: ticket.id,
    accountId,
    endsAt: now + SHARE_DAYS * DAY_MS,
    createdBy: actor.accountId,
  })
}
