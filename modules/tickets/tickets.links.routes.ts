import { type Actor, type Links, type OpenedLink, read, write } from '@opora/access'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { cabinetReadModel } from './cabinet.read-model.ts'
import { CabinetReply, CabinetTicket, oneTicket } from './tickets.cabinet.routes.ts'
import type { CabinetPorts } from './tickets.ports.ts'
import { refuseTicket } from './tickets.refusals.ts'
import type { TicketService } from './tickets.service.ts'

const tag = 'links'
const policy = 'public'
const params = z.object({ token: z.string().min(1).max(200) })
const Confirmation = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('confirm') }),
  z.strictObject({ decision: z.literal('return'), reason: z.string().trim().min(1).max(5_000) }),
])
const YES = ['confirm', 'accept']
const NO = ['return', 'reject']

/** What a letter's links open without signing in: the conversation with a reply, and the solution with a yes or a no. */
export function ticketLinkRoutes(tickets: TicketService, ports: CabinetPorts, links: Links): AnyRoute<Actor>[] {
  return [...viewRoutes(tickets, ports, links), ...confirmRoutes(tickets, ports, links)]
}

function ticketIdOf(link: OpenedLink): number {
  return Number(link.subject['ticketId'])
}

function viewRoutes(tickets: TicketService, ports: CabinetPorts, links: Links): AnyRoute<Actor>[] {
  return [
    read({
      path: '/links/ticket.view/:token',
      summary: 'The conversation that a letter leads to',
      tag,
      policy,
      params,
      replies: CabinetTicket,
      handle: ({ params, locale }) =>
        links.read(params.token, 'ticket.view', (sql, link) =>
          oneTicket(sql, link.actor, ticketIdOf(link), locale, ports),
        ),
    }),
    write({
      method: 'POST',
      path: '/links/ticket.view/:token/replies',
      summary: 'Write into the conversation by a letter’s link',
      tag,
      policy,
      ownTransactions: true,
      params,
      body: CabinetReply,
      replies: CabinetTicket,
      handle: ({ params, body, locale }) =>
        links.act(params.token, 'ticket.view', async (tx, link) => {
          const { actor } = link
          const author = {
            contactId: actor.contact?.id ?? null,
            accountId: actor.accountId,
            name: actor.name,
            email: actor.email,
          }
          await tickets.clientWrote(tx, actor, ticketIdOf(link), { ...body, channel: 'cabinet', author })
          return oneTicket(tx, actor, ticketIdOf(link), locale, ports)
        }),
    }),
  ]
}

function confirmRoutes(tickets: TicketService, ports: CabinetPorts, links: Links): AnyRoute<Actor>[] {
  return [
    read({
      path: '/links/ticket.confirm/:token',
      summary: 'The solution that a letter asks to confirm',
      tag,
      policy,
      params,
      replies: CabinetTicket,
      handle: ({ params, locale }) =>
        links.read(params.token, 'ticket.confirm', (sql, link) =>
          oneTicket(sql, link.actor, ticketIdOf(link), locale, ports),
        ),
    }),
    write({
      method: 'POST',
      path: '/links/ticket.confirm/:token',
      summary: 'Confirm a solution, or return it to work with the reason',
      tag,
      policy,
      ownTransactions: true,
      params,
      body: Confirmation,
      replies: CabinetTicket,
      handle: ({ params, body, locale }) =>
        links.act(params.token, 'ticket.confirm', async (tx, link) => {
          const id = ticketIdOf(link)
          const row = await cabinetReadModel.one(tx, link.actor, id)
          if (!row) throw refuseTicket('ticket.not_found')
          const wanted = body.decision === 'confirm' ? YES : NO
          const outcomes = await cabinetReadModel.outcomes(tx, ports.process, link.actor, row)
          const button = outcomes.find((outcome) => wanted.includes(outcome.outcomeId))
          if (!button) throw refuseTicket('ticket.confirmation_over')
          const data: Record<string, string> = body.decision === 'return' ? { reason: body.reason } : {}
          await tickets.takeOutcome(tx, link.actor, id, { outcome: button.outcomeId, taskId: button.taskId, data })
          return oneTicket(tx, link.actor, id, locale, ports)
        }),
    }),
  ]
}
