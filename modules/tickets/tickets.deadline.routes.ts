import { type Actor, type Links, read, refuseAccess, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { DeadlineAnswer, Id, IdParams, NewDeadlineOffer } from './contract.ts'
import { CabinetTicket, oneTicket } from './tickets.cabinet.routes.ts'
import type { CabinetPorts } from './tickets.ports.ts'
import type { TicketService } from './tickets.service.ts'

const linkParams = z.object({ token: z.string().min(1).max(200) })

/** A term for one ticket that both sides agree on: proposed at the desk, answered in the cabinet or by a letter's link. */
export function deadlineRoutes(tickets: TicketService, ports: CabinetPorts, links: Links): AnyRoute<Actor>[] {
  return [...offeringRoutes(tickets), ...answeringRoutes(tickets, ports, links)]
}

function offeringRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/tickets/:id/deadline',
      summary: 'Propose a term for this ticket to the client',
      tag: 'tickets',
      policy: 'deadline.offer',
      status: 201,
      params: IdParams,
      body: NewDeadlineOffer,
      replies: z.object({ id: z.number() }),
      handle: ({ tx, caller, params, body }) =>
        tickets.offerDeadline(tx, caller, params.id, { ...body, dueAt: Date.parse(body.dueAt) }),
    }),
    write({
      method: 'DELETE',
      path: '/tickets/:id/deadline',
      summary: 'Withdraw a proposed term that the client has not answered',
      tag: 'tickets',
      policy: 'deadline.offer',
      params: IdParams,
      handle: async ({ tx, caller, params }) => {
        await tickets.withdrawDeadline(tx, caller, params.id)
        return undefined
      },
    }),
  ]
}

function answeringRoutes(tickets: TicketService, ports: CabinetPorts, links: Links): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/cabinet/tickets/:id/deadline',
      summary: 'Agree to a proposed term, or decline it',
      tag: 'cabinet',
      policy: 'deadline.decide',
      params: IdParams,
      body: DeadlineAnswer,
      handle: async ({ tx, caller, params, body }) => {
        if (!caller.contact) throw refuseAccess('access.not_allowed')
        await tickets.decideDeadline(tx, caller, params.id, body)
        return undefined
      },
    }),
    read({
      path: '/links/deadline.decide/:token',
      summary: 'The proposed term that a letter asks about',
      tag: 'links',
      policy: 'public',
      params: linkParams,
      replies: CabinetTicket,
      handle: ({ params, locale }) =>
        links.read(params.token, 'deadline.decide', (sql, link) =>
          oneTicket(sql, link.actor, ticketIdOf(link.subject), locale, ports),
        ),
    }),
    write({
      method: 'POST',
      path: '/links/deadline.decide/:token',
      summary: 'Agree to a proposed term by a letter’s link, or decline it',
      tag: 'links',
      policy: 'public',
      ownTransactions: true,
      params: linkParams,
      body: DeadlineAnswer.omit({ offerId: true }),
      replies: CabinetTicket,
      handle: ({ params, body, locale }) =>
        links.act(params.token, 'deadline.decide', async (tx, link) => {
          const id = ticketIdOf(link.subject)
          // the letter spoke of one offer: a later one is another question
          const offerId = Id.parse(link.subject['offerId'])
          await tickets.decideDeadline(tx, link.actor, id, { offerId, agree: body.agree })
          return oneTicket(tx, link.actor, id, locale, ports)
        }),
    }),
  ]
}

function ticketIdOf(subject: Record<string, unknown>): number {
  return Id.parse(subject['ticketId'])
}
