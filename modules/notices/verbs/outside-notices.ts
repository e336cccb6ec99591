import type { Tx } from '@opora/platform/database'
import { formatDateTime } from '@opora/platform/i18n'
import type { TicketEvents } from '@opora/tickets'
import { invitationLetter, partnerNoteLetter } from '../letters/letters.ts'
import type { NoticePorts } from '../notices.ports.ts'
import { noticesStore } from '../notices.store.ts'
import { tell } from './staff-notices.ts'

/** The letter that invites a partner to one ticket; an answer to it comes back to that ticket as the partner's note. */
export async function mailInvitation(
  ports: NoticePorts,
  tx: Tx,
  event: TicketEvents['ticket.partner_invited'],
): Promise<void> {
  const { actor, ticket, invitation } = event
  const { id, accountId, email, name, locale, zone, letters } = invitation
  const links = await ports.partnerLinks(tx, accountId, { ticketId: ticket.id, endsAt: invitation.endsAt })
  if (links === null) return
  const company = await noticesStore.companyName(tx)
  const url = (path: string) => `${ports.publicUrl()}${path}`
  await ports.outbox.enqueue(tx, {
    kind: 'partner',
    writtenBy: 'notice',
    dedupe: `partner:${id}:${letters}`,
    to: { address: email, name, recipientId: `a${accountId}` },
    ticket: { id: ticket.id, number: ticket.number, clientId: ticket.clientId },
    ...invitationLetter(company, { locale, zone }, ticket, {
      inviter: actor.name,
      note: invitation.note,
      endsAt: invitation.endsAt,
      enter: url(links.enterPath),
      join: links.joinPath === null ? null : url(links.joinPath),
    }),
  })
}

/** What the provider's people write for partners goes to each whose invitation is open, with that note alone and a way in. */
export async function mailPartnerNote(ports: NoticePorts, tx: Tx, event: TicketEvents['ticket.noted']): Promise<void> {
  const { ticket, messageId } = event
  const note = await noticesStore.partnerNote(tx, messageId)
  if (!note) return
  const company = await noticesStore.companyName(tx)
  const url = (path: string) => `${ports.publicUrl()}${path}`
  for (const { accountId, email, name, locale, zone, endsAt } of await noticesStore.openPartners(tx, ticket.id)) {
    const links = await ports.partnerLinks(tx, accountId, { ticketId: ticket.id, endsAt, besides: true })
    if (links === null) continue
    await ports.outbox.enqueue(tx, {
      kind: 'partner',
      writtenBy: 'notice',
      dedupe: `partner-note:${messageId}:${accountId}`,
      to: { address: email, name, recipientId: `a${accountId}` },
      ticket: { id: ticket.id, number: ticket.number, clientId: ticket.clientId },
      ...partnerNoteLetter(company, { locale, zone }, ticket, {
        author: note.author,
        text: note.text,
        endsAt,
        enter: url(links.enterPath),
        join: links.joinPath === null ? null : url(links.joinPath),
      }),
    })
  }
}

/** The inviter learns a day before that the access ends, and that it has ended. */
export async function tellPartnerEnding(
  ports: NoticePorts,
  tx: Tx,
  event: TicketEvents['ticket.partner_ending'],
): Promise<void> {
  const { ticket, partner, over, now } = event
  const reader = await noticesStore.readerOf(tx, partner.invitedBy)
  const kind = over ? 'partner_over' : 'partner_soon'
  const data = { name: partner.name, at: formatDateTime(partner.endsAt, reader, 'full') }
  await tell(ports, tx, [partner.invitedBy], ticket, {
    kind,
    occasion: `${kind}:${partner.id}:${partner.endsAt}`,
    now,
    data,
  })
}

/** Whoever has the ticket in hand reads what the partner wrote; with nobody, the incident managers do. */
export async function tellPartnerWrote(
  ports: NoticePorts,
  tx: Tx,
  event: TicketEvents['ticket.partner_wrote'],
): Promise<void> {
  const { ticket, messageId, now } = event
  const owners =
    ticket.assigneeId === null ? await noticesStore.accountsOfRole(tx, 'im', ticket.clientId) : [ticket.assigneeId]
  const people = [...owners, ...(await noticesStore.watchersOf(tx, ticket.id))]
  await tell(ports, tx, people, ticket, { kind: 'partner_wrote', occasion: `m${messageId}`, now })
}

/** The vendor is silent: whoever has the ticket learns of it, else who asked, else the incident managers. */
export async function tellVendorSilent(
  ports: NoticePorts,
  tx: Tx,
  event: TicketEvents['ticket.vendor_silent'],
): Promise<void> {
  const { ticket, wait, now } = event
  const owner = ticket.assigneeId ?? wait.askedBy
  const people = owner === null ? await noticesStore.accountsOfRole(tx, 'im', ticket.clientId) : [owner]
  for (const accountId of people) {
    const at = formatDateTime(wait.askedAt, await noticesStore.readerOf(tx, accountId), 'full')
    await tell(ports, tx, [accountId], ticket, {
      kind: wait.late ? 'vendor_late' : 'vendor_silent',
      occasion: `vendor:${wait.id}:${wait.reminder}`,
      now,
      data: { vendorNumber: wait.number, at },
    })
  }
}
