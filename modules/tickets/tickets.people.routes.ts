import { type Actor, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { Changed, Id, IdParams, linkKinds } from './contract.ts'
import type { TicketService } from './tickets.service.ts'

const tag = 'tickets'
const AccountParams = z.object({ id: Id, accountId: Id })
const ContactParams = z.object({ id: Id, contactId: Id })

/** Who watches and takes part, and what a ticket has to do with others. */
export function peopleOfTicketRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [...watcherRoutes(tickets), ...participantRoutes(tickets), ...linkRoutes(tickets)]
}

function watcherRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'PUT',
      path: '/tickets/:id/watchers/:accountId',
      summary: 'Let a colleague, or oneself, watch a ticket',
      tag,
      policy: 'ticket.text',
      params: AccountParams,
      handle: async ({ tx, caller, params }) => {
        await tickets.watch(tx, caller, params.id, params.accountId, true)
      },
    }),
    write({
      method: 'DELETE',
      path: '/tickets/:id/watchers/:accountId',
      summary: 'End watching',
      tag,
      policy: 'ticket.text',
      params: AccountParams,
      handle: async ({ tx, caller, params }) => {
        await tickets.watch(tx, caller, params.id, params.accountId, false)
      },
    }),
  ]
}

function participantRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'PUT',
      path: '/tickets/:id/participants/:contactId',
      summary: 'Take a contact of the client into a ticket',
      tag,
      policy: 'participant.change',
      params: ContactParams,
      handle: async ({ tx, caller, params }) => {
        await tickets.changeParticipant(tx, caller, params.id, params.contactId, true)
      },
    }),
    write({
      method: 'DELETE',
      path: '/tickets/:id/participants/:contactId',
      summary: 'Take a contact out of a ticket',
      tag,
      policy: 'participant.change',
      params: ContactParams,
      handle: async ({ tx, caller, params }) => {
        await tickets.changeParticipant(tx, caller, params.id, params.contactId, false)
      },
    }),
  ]
}

function linkRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/tickets/:id/links',
      summary: 'Link a ticket to another; a link gives nobody access',
      tag,
      policy: 'ticket.change',
      status: 201,
      params: IdParams,
      body: z.strictObject({ toId: Id, kind: z.enum(linkKinds) }),
      handle: async ({ tx, caller, params, body }) => {
        await tickets.link(tx, caller, params.id, body.toId, body.kind)
      },
    }),
    write({
      method: 'PUT',
      path: '/tickets/:id/parent',
      summary: 'Gather a ticket under another of the same client, or take it out',
      tag,
      policy: 'ticket.change',
      params: IdParams,
      body: z.strictObject({ parentId: Id.nullable() }),
      replies: Changed,
      handle: ({ tx, caller, params, body }) => tickets.setParent(tx, caller, params.id, body.parentId),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/merge',
      summary: 'Merge a ticket into another of the same client; mail to the old number reaches the other',
      tag,
      policy: 'ticket.merge',
      params: IdParams,
      body: z.strictObject({ intoId: Id }),
      replies: Changed,
      handle: ({ tx, caller, params, body }) => tickets.merge(tx, caller, params.id, body.intoId),
    }),
  ]
}
