import { type Actor, forSides, read, write } from '@opora/access'
import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import type { ProcessPicture } from '@opora/process'
import { z } from 'zod'
import * as contract from './contract.ts'
import { historySentence } from './domain/history-sentence.ts'
import { peopleOfTicketRoutes } from './tickets.people.routes.ts'
import type { TicketService } from './tickets.service.ts'

const { IdParams } = contract
const tag = 'tickets'

/** Reading and changing tickets: the desk's part of the API. */
export function ticketsRoutes(
  tickets: TicketService,
  views: {
    filterOf(
      sql: Parameters<TicketService['list']>[0],
      actor: Actor,
      code: string,
    ): Promise<{ filter: contract.TicketFilter; sort: z.infer<typeof contract.TicketSort> }>
  },
): AnyRoute<Actor>[] {
  return [
    ...forSides(['staff', 'partner'], readingRoutes(tickets, views)),
    ...forSides(['staff'], [...changingRoutes(tickets), ...admittingRoutes(tickets), ...peopleOfTicketRoutes(tickets)]),
    // what was passed to a partner is theirs to answer and to move on
    ...forSides(['staff', 'partner'], messageRoutes(tickets)),
  ]
}

function readingRoutes(tickets: TicketService, views: Parameters<typeof ticketsRoutes>[1]): AnyRoute<Actor>[] {
  return [
    read({
      path: '/tickets',
      summary: 'List tickets',
      description:
        'Filters narrow; `view` takes a saved view’s filter; `q` searches subjects, messages, names of files and numbers. Sorted by the next deadline unless asked otherwise; with `q`, by the last message.',
      tag,
      policy: 'ticket.read',
      query: contract.TicketListQuery,
      replies: contract.TicketPage,
      handle: ({ query, caller, read: run, locale }) =>
        run(async (sql) => {
          const { view, sort, cursor, limit, ...asked } = query
          const kept = view === undefined ? null : await views.filterOf(sql, caller, view)
          const filter = { ...kept?.filter, ...dropUndefined(asked) }
          return tickets.list(sql, { ...caller, locale }, { filter, sort: sort ?? kept?.sort ?? 'due', cursor, limit })
        }),
    }),
    read({
      path: '/tickets/:id',
      summary: 'One ticket with its newest messages and the buttons of its present task',
      tag,
      policy: 'ticket.text',
      params: IdParams,
      replies: contract.Ticket,
      handle: ({ params, caller, read: run, locale }) => run((sql) => tickets.get(sql, caller, params.id, locale)),
    }),
    read({
      path: '/tickets/by-number/:number',
      summary: 'The id of a ticket by its number',
      tag,
      policy: 'ticket.read',
      params: z.object({ number: contract.Id }),
      replies: z.object({ id: z.number() }),
      handle: ({ params, caller, read: run }) =>
        run(async (sql) => ({ id: await tickets.idOfNumber(sql, caller, params.number) })),
    }),
    ...aroundRoutes(tickets),
  ]
}

/** What stands around a ticket: earlier messages, its diagram, its history. */
function aroundRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    read({
      path: '/tickets/:id/messages',
      summary: 'Earlier messages of a ticket',
      tag,
      policy: 'ticket.text',
      params: IdParams,
      query: z.strictObject({ before: contract.Id.optional() }),
      replies: z.object({ items: z.array(contract.Message), before: z.number().nullable() }),
      handle: ({ params, query, caller, read: run }) =>
        run((sql) => tickets.messages(sql, caller, params.id, query.before)),
    }),
    read({
      path: '/tickets/:id/process',
      summary: 'The diagram of the ticket’s process with the present place and the way passed',
      tag,
      policy: 'ticket.text',
      params: IdParams,
      replies: z.object({
        key: z.string(),
        version: z.number(),
        xml: z.string(),
        present: z.array(z.string()),
        passed: z.array(z.string()),
        stays: z.array(contract.Stay),
        totals: z.array(z.object({ place: z.string(), clockMinutes: z.number().int() })),
      }),
      handle: ({ params, caller, read: run }) =>
        run(async (sql) => {
          const { key, version, xml, present, passed, stays } = await tickets.picture(sql, caller, params.id)
          return { key, version, xml, present, passed, stays: stays.map(presentStay), totals: totalsOf(stays) }
        }),
    }),
    read({
      path: '/tickets/:id/history',
      summary: 'Every change of a ticket: who, when, from what, to what',
      tag,
      policy: 'ticket.history',
      params: IdParams,
      query: z.strictObject({
        after: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(500).default(200),
      }),
      replies: z.object({ items: z.array(contract.HistoryRow) }),
      handle: ({ params, query, caller, read: run, locale }) =>
        run(async (sql) => {
          const facts = await tickets.history(sql, caller, params.id, query)
          return {
            items: facts.map((fact) => ({
              id: fact.id,
              type: fact.type,
              at: isoInstant(fact.at),
              actor: fact.actorName,
              text: historySentence(fact.type, fact.data, locale, caller.zone),
              data: fact.data,
            })),
          }
        }),
    }),
  ]
}

function changingRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/tickets',
      summary: 'Register a request on a client’s behalf',
      tag,
      policy: 'ticket.create',
      status: 201,
      body: contract.NewTicket,
      replies: contract.Opened,
      handle: async ({ tx, caller, body, locale }) => {
        const opened = await tickets.askOnBehalf(tx, caller, body)
        return {
          id: opened.id,
          number: opened.number,
          version: opened.version,
          entitlement: opened.entitlement,
          entitlementReason: opened.entitlementReason?.[locale] ?? null,
        }
      },
    }),
    write({
      method: 'PATCH',
      path: '/tickets/:id',
      summary: 'Change a ticket’s fields',
      tag,
      policy: 'ticket.change',
      versioned: true,
      params: IdParams,
      body: contract.TicketChange,
      replies: contract.Changed,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        tickets.change(tx, caller, params.id, expectedVersion, body),
    }),
    write({
      method: 'PUT',
      path: '/tickets/:id/assignee',
      summary: 'Give a ticket to a person, or to nobody',
      tag,
      policy: 'ticket.assign',
      params: IdParams,
      body: contract.Assign,
      replies: contract.Changed,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        tickets.assign(tx, caller, params.id, expectedVersion, body.accountId),
    }),
  ]
}

function messageRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/tickets/:id/replies',
      partnerAsJob: true,
      summary: 'Answer the client',
      tag,
      policy: 'message.reply',
      status: 201,
      params: IdParams,
      body: contract.NewReply,
      replies: contract.Posted,
      handle: async ({ tx, caller, params, body }) => posted(await tickets.reply(tx, caller, params.id, body)),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/notes',
      partnerAsJob: true,
      summary: 'Add an internal note; it has no recipients',
      tag,
      policy: 'message.note',
      status: 201,
      params: IdParams,
      body: contract.NewNote,
      replies: contract.Posted,
      handle: async ({ tx, caller, params, body }) => posted(await tickets.note(tx, caller, params.id, body)),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/messages/:messageId/undo',
      partnerAsJob: true,
      summary: 'Take a reply back before it leaves',
      tag,
      policy: 'message.reply',
      params: z.object({ id: contract.Id, messageId: contract.Id }),
      replies: z.object({ text: z.string(), version: z.number() }),
      handle: ({ tx, caller, params }) => tickets.undoReply(tx, caller, params.id, params.messageId),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/outcomes',
      partnerAsJob: true,
      summary: 'Press a button of the ticket’s present task',
      tag,
      policy: 'ticket.act',
      params: IdParams,
      body: contract.TakeOutcome,
      replies: z.object({ version: z.number() }),
      handle: ({ tx, caller, params, body }) => tickets.takeOutcome(tx, caller, params.id, body),
    }),
  ]
}

/** What a person decides about who is heard: an unverified letter, a request without its right. */
function admittingRoutes(tickets: TicketService): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/tickets/:id/messages/:messageId/accept',
      summary: 'Accept a message whose sender was not verified',
      tag,
      policy: 'message.accept',
      params: z.object({ id: contract.Id, messageId: contract.Id }),
      replies: contract.Posted,
      handle: async ({ tx, caller, params }) =>
        posted(await tickets.acceptMessage(tx, caller, params.id, params.messageId)),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/entitle',
      summary: 'Let in a request that waits for its right; its clocks start',
      tag,
      policy: 'ticket.change',
      params: IdParams,
      replies: contract.Changed,
      handle: ({ tx, caller, params }) => tickets.entitle(tx, caller, params.id),
    }),
  ]
}

function posted(made: { messageId: number; version: number; undoUntil: number | null }) {
  return { ...made, undoUntil: isoInstantOrNull(made.undoUntil) }
}

function dropUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>
}

/** All the time at each place, however often the ticket came there. */
function totalsOf(stays: ProcessPicture['stays']): { place: string; clockMinutes: number }[] {
  const totals = new Map<string, number>()
  for (const { place, clockMinutes } of stays) totals.set(place, (totals.get(place) ?? 0) + clockMinutes)
  return [...totals].map(([place, clockMinutes]) => ({ place, clockMinutes }))
}

function presentStay(stay: ProcessPicture['stays'][number]): z.infer<typeof contract.Stay> {
  const { place, name, from, until, by, clockMinutes, serviceMinutes } = stay
  const times = { from: isoInstant(from), until: until === null ? null : isoInstant(until) }
  return { place, nameRu: name.ru, nameEn: name.en, ...times, by, clockMinutes, serviceMinutes }
}
