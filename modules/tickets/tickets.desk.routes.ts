import type { Actor } from '@opora/access'
import { read, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { z } from 'zod'
import { Id, IdParams, TicketFilter, TicketSort } from './contract.ts'
import type { Desk } from './desk.service.ts'
import { refuseTicket } from './tickets.refusals.ts'
import { topicRoutes } from './tickets.topics.routes.ts'

const tag = 'desk'
const DraftKind = z.enum(['reply', 'note', 'new'])
const DraftBody = z.record(
  z.string().max(60),
  z.union([z.string().max(400_000), z.number(), z.boolean(), z.null(), z.array(z.string().max(200)).max(50)]),
)
const Draft = z.object({ kind: z.string(), body: z.record(z.string(), z.unknown()), updatedAt: z.string() })
const draftParams = z.object({ id: z.coerce.number().int().min(0), kind: DraftKind })

/** What the desk keeps for its people: drafts, presence, views, templates. */
export function deskRoutes(desk: Desk): AnyRoute<Actor>[] {
  return [
    ...draftRoutes(desk),
    presenceRoute(desk),
    presenceList(desk),
    ...viewRoutes(desk),
    ...templateRoutes(desk),
    ...dictionaryRoutes(desk),
  ]
}

function draftRoutes(desk: Desk): AnyRoute<Actor>[] {
  return [
    read({
      path: '/tickets/:id/drafts',
      summary: 'My drafts for a ticket (0: for a new one)',
      tag,
      policy: 'draft.change',
      params: z.object({ id: z.coerce.number().int().min(0) }),
      replies: z.object({ items: z.array(Draft) }),
      handle: ({ params, caller, read: run }) =>
        run(async (sql) => ({
          items: (await desk.drafts(sql, caller, params.id)).map((draft) => ({
            ...draft,
            updatedAt: isoInstant(draft.updatedAt),
          })),
        })),
    }),
    write({
      method: 'PUT',
      path: '/tickets/:id/drafts/:kind',
      summary: 'Keep a draft',
      tag,
      policy: 'draft.change',
      params: draftParams,
      body: z.strictObject({ body: DraftBody }),
      handle: async ({ tx, caller, params, body }) => {
        await desk.saveDraft(tx, caller, { ticketId: params.id, kind: params.kind, body: body.body })
        return undefined
      },
    }),
    write({
      method: 'DELETE',
      path: '/tickets/:id/drafts/:kind',
      summary: 'Throw a draft away',
      tag,
      policy: 'draft.change',
      params: draftParams,
      handle: async ({ tx, caller, params }) => {
        await desk.dropDraft(tx, caller, params.id, params.kind)
        return undefined
      },
    }),
  ]
}

function presenceList(desk: Desk): AnyRoute<Actor> {
  return read({
    path: '/presence',
    summary: 'Who of the colleagues looks at which ticket now',
    tag,
    policy: 'presence.change',
    replies: z.object({
      items: z.array(z.object({ ticketId: z.number(), accountId: z.number(), name: z.string(), activity: z.string() })),
    }),
    handle: ({ caller, read: run }) => run(async (sql) => ({ items: await desk.present(sql, caller) })),
  })
}

function presenceRoute(desk: Desk): AnyRoute<Actor> {
  return write({
    method: 'PUT',
    path: '/tickets/:id/presence',
    summary: 'Say that I am looking at a ticket, or typing in it; answers who else is',
    tag,
    policy: 'presence.change',
    params: IdParams,
    body: z.strictObject({ activity: z.enum(['looking', 'typing', 'gone']) }),
    replies: z.object({ items: z.array(z.object({ accountId: z.number(), name: z.string(), activity: z.string() })) }),
    handle: async ({ tx, caller, params, body }) => {
      return { items: await desk.touchPresence(tx, caller, params.id, body.activity) }
    },
  })
}

const View = z.object({
  code: z.string(),
  name: z.string(),
  count: z.number(),
  filter: z.record(z.string(), z.unknown()),
  sort: z.string(),
  own: z.boolean(),
  id: z.number(),
  version: z.number(),
})

function viewRoutes(desk: Desk): AnyRoute<Actor>[] {
  return [
    read({
      path: '/views',
      summary: 'The views of my roles and my own, with their counters',
      tag,
      policy: 'view.use',
      replies: z.object({ items: z.array(View) }),
      handle: ({ caller, read: run, locale }) =>
        run(async (sql) => ({ items: await desk.viewsWithCounts(sql, caller, locale) })),
    }),
    write({
      method: 'POST',
      path: '/views',
      summary: 'Keep a view of my own',
      tag,
      policy: 'view.use',
      status: 201,
      body: z.strictObject({
        name: z.string().trim().min(1).max(80),
        filter: TicketFilter,
        sort: TicketSort.default('due'),
      }),
      replies: z.object({ id: z.number() }),
      handle: ({ tx, caller, body }) => desk.addView(tx, caller, body),
    }),
    write({
      method: 'DELETE',
      path: '/views/:id',
      summary: 'Remove a view of my own',
      tag,
      policy: 'view.use',
      params: IdParams,
      handle: async ({ tx, caller, params }) => {
        if (!(await desk.dropView(tx, caller.accountId!, params.id))) throw refuseTicket('ticket.view_unknown')
        return undefined
      },
    }),
  ]
}

const Template = z.object({
  id: z.number(),
  name: z.string(),
  locale: z.string(),
  body: z.string(),
  version: z.number(),
})
const TemplateInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  locale: z.enum(['ru', 'en']).default('ru'),
  body: z.string().trim().min(1).max(20_000),
})

function templateRoutes(desk: Desk): AnyRoute<Actor>[] {
  return [
    read({
      path: '/templates',
      summary: 'Answer templates; with a ticket, their variables are filled',
      tag,
      policy: 'template.use',
      query: z.strictObject({
        ticket: Id.optional(),
        q: z.string().max(100).optional(),
        /** Those that were put away instead of those in use. */
        archived: z.stringbool().default(false),
      }),
      replies: z.object({ items: z.array(Template.extend({ filled: z.string() })) }),
      handle: ({ query, caller, read: run }) =>
        run(async (sql) => ({ items: await desk.templates(sql, caller, query) })),
    }),
    write({
      method: 'POST',
      path: '/templates',
      summary: 'Add an answer template',
      tag,
      policy: 'template.change',
      status: 201,
      body: TemplateInput,
      replies: z.object({ id: z.number() }),
      handle: ({ tx, body }) => desk.addTemplate(tx, body),
    }),
    write({
      method: 'PUT',
      path: '/templates/:id',
      summary: 'Change an answer template',
      tag,
      policy: 'template.change',
      versioned: true,
      params: IdParams,
      body: TemplateInput,
      replies: Template,
      handle: ({ tx, params, body, expectedVersion }) => desk.changeTemplate(tx, params.id, expectedVersion, body),
    }),
    write({
      method: 'DELETE',
      path: '/templates/:id',
      summary: 'Put an answer template away; it can be taken back',
      tag,
      policy: 'template.change',
      params: IdParams,
      handle: async ({ tx, params }) => {
        await desk.archiveTemplate(tx, params.id, true)
        return undefined
      },
    }),
    write({
      method: 'POST',
      path: '/templates/:id/restore',
      summary: 'Take an answer template back into use',
      tag,
      policy: 'template.change',
      params: IdParams,
      handle: async ({ tx, params }) => {
        await desk.archiveTemplate(tx, params.id, false)
        return undefined
      },
    }),
  ]
}

function dictionaryRoutes(desk: Desk): AnyRoute<Actor>[] {
  const Topic = z.object({
    code: z.string(),
    name: z.string(),
    route: z.string(),
    excluded: z.boolean(),
    readyAnswer: z.string().nullable(),
  })
  return [
    ...topicRoutes(),
    read({
      path: '/topics',
      summary: 'Topics: the first line’s classification',
      tag,
      policy: 'topic.read',
      replies: z.object({ items: z.array(Topic) }),
      handle: ({ read: run, locale }) => run(async (sql) => ({ items: await desk.topics(sql, locale) })),
    }),
    read({
      path: '/assignees',
      summary: 'People who could take a ticket of this client',
      tag,
      policy: 'ticket.assign',
      query: z.strictObject({ client: Id.optional(), role: z.string().max(10).optional() }),
      replies: z.object({
        items: z.array(
          z.object({ id: z.number(), name: z.string(), roles: z.array(z.string()), openTickets: z.number() }),
        ),
      }),
      handle: ({ query, read: run }) => run(async (sql) => ({ items: await desk.assignees(sql, query) })),
    }),
  ]
}
