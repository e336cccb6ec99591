import { type Actor, forSides, read, write } from '@opora/access'
import { civilDateIn, isoInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { Id, IdParams } from './contract.ts'
import type { InvitationRow } from './invitations.read-model.ts'
import { Invitation, InvitationChange, NewInvitation } from './partner.contract.ts'
import type { TicketService } from './tickets.service.ts'
import { isOpen } from './verbs/invite-partner.ts'

const tag = 'tickets'
const policy = 'ticket.share'
const PartnerParams = z.object({ id: Id, accountId: Id })

/** Partners invited by e-mail to one ticket, with an end date. */
export function partnerRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      read({
        path: '/tickets/:id/partners',
        summary: 'Partners who were invited to a ticket',
        tag,
        policy: 'ticket.text',
        params: IdParams,
        replies: z.object({ items: z.array(Invitation) }),
        handle: ({ params, caller, read: run }) =>
          run(async (sql) => ({
            items: (await tickets.partners(sql, caller, params.id)).map((row) => present(row, caller.zone)),
          })),
      }),
      write({
        method: 'POST',
        path: '/tickets/:id/partners',
        summary: 'Invite a partner by e-mail to this ticket alone, until the end of a day',
        description: 'The letter holds a link that signs in once, and for somebody new one to choose a password.',
        tag,
        policy,
        status: 201,
        params: IdParams,
        body: NewInvitation,
        replies: z.object({ accountId: z.number() }),
        handle: ({ tx, caller, params, body, locale }) =>
          tickets.invitePartner(tx, caller, params.id, { ...body, locale }),
      }),
      ...invitedRoutes(tickets),
    ],
  )
}

function invitedRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'PATCH',
      path: '/tickets/:id/partners/:accountId',
      summary: 'Prolong a partner’s access, or end it earlier',
      tag,
      policy,
      versioned: true,
      params: PartnerParams,
      body: InvitationChange,
      replies: z.object({ version: z.number() }),
      handle: ({ tx, caller, params, body, expectedVersion: version }) =>
        tickets.prolongPartner(tx, caller, params.id, { accountId: params.accountId, ...body, version }),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/partners/:accountId/letter',
      summary: 'Send the invitation’s letter again, with new links',
      tag,
      policy,
      params: PartnerParams,
      handle: async ({ tx, caller, params }) => {
        await tickets.mailPartnerAgain(tx, caller, params.id, params.accountId)
      },
    }),
    write({
      method: 'DELETE',
      path: '/tickets/:id/partners/:accountId',
      summary: 'Withdraw an invitation: the partner sees nothing of the ticket any more',
      tag,
      policy,
      params: PartnerParams,
      handle: async ({ tx, caller, params }) => {
        await tickets.withdrawPartner(tx, caller, params.id, params.accountId)
      },
    }),
  ]
}

function present(row: InvitationRow, zone: string): Invitation {
  const { accountId, name, email, note, letters, entered, version } = row
  return {
    ...{ accountId, name, email, note, letters, entered, version },
    state: row.withdrawnAt !== null ? 'withdrawn' : isOpen(row) ? 'open' : 'over',
    endsAt: isoInstant(row.endsAt),
    lastDay: civilDateIn(zone, row.endsAt - 1),
    invitedBy: row.invitedByName,
    invitedAt: isoInstant(row.invitedAt),
    sentAt: isoInstant(row.sentAt),
  }
}
