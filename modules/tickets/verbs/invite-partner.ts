import { type Actor, can, writeAudit } from '@opora/access'
import { DAY_MS, type Instant, type Locale } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import type { TicketFact } from '../domain/apply-commands.ts'
import { type InvitationRow, invitationsReadModel } from '../invitations.read-model.ts'
import { invitationsStore } from '../invitations.store.ts'
import type { NewInvitation } from '../partner.contract.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { lockForAction, subjectOf } from './load-ticket.ts'
import { headOf } from './step-process.ts'

const FARTHEST_MS = 366 * DAY_MS
// Whoever presses twice sends one letter.
const LETTER_PAUSE_MS = 60_000

/** Invites somebody to exactly this ticket until the end of a day: an account where there is none, the share, a letter with links. */
export async function invitePartner(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  wish: NewInvitation & { locale: Locale },
): Promise<{ accountId: number }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.share')
  const now = await databaseNow(tx)
  const endsAt = endOfDay(wish.endsOn, actor.zone, now)
  const { email, note, locale } = wish
  const partner = await ports.partners.account(tx, actor, { email, name: wish.name ?? null, locale })
  const before = await invitationsReadModel.one(tx, ticketId, partner.accountId)
  if (before && isOpen(before)) throw refuseTicket('ticket.partner_invited_already', { field: 'email' })
  await admit(ports, tx, actor, ticket, { ...partner, note, endsAt }, now)
  return { accountId: partner.accountId }
}

/** A later last day, or an earlier one that has not passed. Whoever had been shut out by the end is in again. */
export async function prolongPartner(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  change: { accountId: number; endsOn: string; version: number | null },
): Promise<{ version: number }> {
  const { ticket, invitation } = await load(tx, actor, ticketId, change.accountId)
  if (change.version !== null && change.version !== invitation.version)
    throw refuseHttp('http.version_conflict', { details: { currentVersion: invitation.version } })
  if (invitation.withdrawnAt !== null) throw refuseTicket('ticket.partner_withdrawn')
  const endsAt = endOfDay(change.endsOn, actor.zone, invitation.now)
  await invitationsStore.prolong(tx, invitation.id, endsAt)
  await share(tx, actor, invitation, endsAt)
  await keep(ports, tx, actor, ticket, 'partner_prolonged', { name: invitation.name, endsAt }, invitation)
  return { version: invitation.version + 1 }
}

/** From now on the partner sees nothing of the ticket; the letter's links open no more. */
export async function withdrawPartner(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  accountId: number,
): Promise<void> {
  const { ticket, invitation } = await load(tx, actor, ticketId, accountId)
  if (invitation.withdrawnAt !== null) return
  await end(ports, tx, actor, ticket, invitation)
}

/** A ticket that becomes part of another ends its invitations: what stands in the other was not opened to them. */
export async function endInvitations(ports: TicketPorts, tx: Tx, actor: Actor, ticket: TicketRecord): Promise<void> {
  for (const invitation of await invitationsReadModel.list(tx, ticket.id))
    if (isOpen(invitation)) await end(ports, tx, actor, ticket, invitation)
  await ticketsStore.endShares(tx, ticket.id, null)
}

async function end(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  invitation: InvitationRow,
): Promise<void> {
  const { id, accountId, name } = invitation
  await invitationsStore.withdraw(tx, id, actor.accountId)
  await ticketsStore.endShares(tx, ticket.id, accountId)
  await ports.partners.endLinks(tx, accountId, ticket.id)
  await keep(ports, tx, actor, ticket, 'partner_withdrawn', { name }, invitation)
}

/** The letter once more, with new links; the old ones open no more. */
export async function mailPartnerAgain(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  accountId: number,
): Promise<void> {
  const { ticket, invitation } = await load(tx, actor, ticketId, accountId)
  if (!isOpen(invitation)) throw refuseTicket('ticket.partner_withdrawn')
  if (invitation.now - invitation.sentAt < LETTER_PAUSE_MS) throw refuseTicket('ticket.partner_letter_just_sent')
  await invitationsStore.letterSent(tx, invitation.id)
  await keep(ports, tx, actor, ticket, 'partner_mailed', { name: invitation.name }, invitation)
  await mail(ports, tx, actor, ticket, { ...invitation, letters: invitation.letters + 1 }, invitation.now)
}

interface Admitted {
  accountId: number
  email: string
  name: string
  locale: Locale
  zone: string
  note: string
  endsAt: Instant
}

/** The share, the invitation's row, its letter and its line in the history. */
export async function admit(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  partner: Admitted,
  now: Instant,
): Promise<void> {
  const { accountId, email, note, endsAt } = partner
  const row = { clientId: ticket.clientId, ticketId: ticket.id, accountId }
  await share(tx, actor, row, endsAt)
  const invitedBy = actor.accountId ?? accountId
  await invitationsStore.invite(tx, { ...row, email, note, endsAt, invitedBy })
  const invitation = (await invitationsReadModel.one(tx, ticket.id, accountId))!
  await keep(ports, tx, actor, ticket, 'partner_invited', { name: partner.name, endsAt }, invitation)
  await mail(ports, tx, actor, ticket, invitation, now)
}

async function mail(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  invitation: InvitationRow,
  now: Instant,
): Promise<void> {
  const { id, accountId, email, name, locale, zone, note, endsAt, letters } = invitation
  const told = { id, accountId, email, name, locale, zone, note, endsAt, letters }
  await ports.bus.emit(tx, 'ticket.partner_invited', { actor, ticket: headOf(ticket), invitation: told, now })
}

async function share(
  tx: Tx,
  actor: Actor,
  row: { clientId: number; ticketId: number; accountId: number },
  endsAt: Instant,
): Promise<void> {
  const { clientId, ticketId, accountId } = row
  await ticketsStore.share(tx, { clientId, ticketId, accountId, endsAt, createdBy: actor.accountId })
}

async function load(tx: Tx, actor: Actor, ticketId: number, accountId: number) {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.share')
  const invitation = await invitationsReadModel.one(tx, ticketId, accountId)
  if (!invitation) throw refuseTicket('ticket.partner_not_invited')
  return { ticket, invitation }
}

/** Told in the ticket's history and in the audit trail; what an invitation changes is not the clocks' business. */
async function keep(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  type: string,
  data: TicketFact['data'],
  invitation: Pick<InvitationRow, 'accountId' | 'endsAt'>,
): Promise<void> {
  const now = await databaseNow(tx)
  const facts = await ticketsStore.insertFacts(tx, ticket, [{ type, data }], actor, now)
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: headOf(ticket), facts, now })
  const { accountId } = invitation
  await writeAudit(tx, actor, {
    action: `ticket.${type}`,
    objectType: 'ticket',
    objectId: ticket.id,
    clientId: ticket.clientId,
    detail: {
      accountId,
      ...(typeof data['endsAt'] === 'number' ? { endsAt: new Date(data['endsAt']).toISOString() } : {}),
    },
  })
  await announce(tx, { ...liveOf(ticket, 'ticket.changed'), staffOnly: true })
}

export function isOpen(invitation: Pick<InvitationRow, 'withdrawnAt' | 'endsAt' | 'now'>): boolean {
  return invitation.withdrawnAt === null && invitation.endsAt > invitation.now
}

/** The end of a day in somebody's zone; not in the past, and within a year. */
function endOfDay(day: string, zone: string, now: Instant): Instant {
  const endsAt = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
  if (endsAt <= now) throw refuseTicket('ticket.partner_end_past', { field: 'endsOn' })
  if (endsAt > now + FARTHEST_MS) throw refuseTicket('ticket.partner_end_far', { field: 'endsOn' })
  return endsAt
}

/** May this person bring a partner who is not known yet? */
export async function mayInvite(tx: Tx, actor: Actor, ticket: TicketRecord): Promise<boolean> {
  return actor.side === 'system' || can(actor, 'ticket.share', await subjectOf(tx, ticket))
}
