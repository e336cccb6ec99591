import { type Actor, forSides, type Links, read, refuseAccess, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import {
  type LinkedPage,
  linkedPage,
  linkParams,
  type PageView,
  pageParams,
  pagesReply,
  ticketParams,
} from './contract.ts'
import { type ListedPage, linkedPageOf, mayReach, pagesOf } from './duty.read-model.ts'
import type { Duty } from './duty.service.ts'

/** Pages are the provider's own business. */
export function dutyRoutes(duty: Duty, links: Links): AnyRoute<Actor>[] {
  return [...staffRoutes(duty), ...linkRoutes(duty, links)]
}

function staffRoutes(duty: Duty): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      read({
        path: '/tickets/:id/pages',
        summary: 'Whom this ticket has called, and who answered',
        tag: 'duty',
        policy: 'page.read',
        params: ticketParams,
        replies: pagesReply,
        handle: ({ caller, params, read }) =>
          read(async (sql) => {
            if (!(await mayReach(sql, caller, 'page.read', { ticketId: params.id })))
              throw refuseAccess('access.not_found')
            return listed(sql, caller, params.id)
          }),
      }),
      write({
        method: 'POST',
        path: '/pages/:id/answer',
        summary: 'I take it: nobody else is called',
        tag: 'duty',
        policy: 'page.answer',
        params: pageParams,
        replies: pagesReply,
        handle: async ({ tx, caller, params }) => listed(tx, caller, await duty.answer(tx, caller, params.id)),
      }),
    ],
  )
}

/** The letter's button leads to a page whose one button posts: a mail program that follows links answers nobody's call. */
function linkRoutes(duty: Duty, links: Links): AnyRoute<Actor>[] {
  return [
    read({
      path: '/links/page.answer/:token',
      summary: 'The page that a letter asks to answer',
      tag: 'links',
      policy: 'public',
      params: linkParams,
      replies: linkedPage,
      handle: ({ params }) =>
        links.read(params.token, 'page.answer', (sql, link) =>
          shownByLink(sql, link.actor, Number(link.subject['pageId'])),
        ),
    }),
    write({
      method: 'POST',
      path: '/links/page.answer/:token',
      summary: 'I take it, by a letter’s link',
      tag: 'links',
      policy: 'public',
      ownTransactions: true,
      params: linkParams,
      replies: linkedPage,
      handle: ({ params }) =>
        links.act(params.token, 'page.answer', async (tx, link) => {
          const pageId = Number(link.subject['pageId'])
          await duty.answer(tx, link.actor, pageId)
          return shownByLink(tx, link.actor, pageId)
        }),
    }),
  ]
}

async function shownByLink(sql: Queryable, actor: Actor, pageId: number): Promise<LinkedPage> {
  const page = (await mayReach(sql, actor, 'page.answer', { pageId })) ? await linkedPageOf(sql, pageId) : null
  if (!page) throw refuseAccess('access.not_found')
  const { number, subject, state, answeredBy, answererId } = page
  return { ticket: { number, subject }, state, answeredBy, byMe: answererId !== null && answererId === actor.accountId }
}

async function listed(sql: Queryable, caller: Actor, ticketId: number): Promise<{ items: PageView[] }> {
  return { items: (await pagesOf(sql, ticketId)).map((page) => present(page, caller)) }
}

function present(page: ListedPage, caller: Actor): PageView {
  const { id, role, kind, state, answeredBy } = page
  return {
    id,
    role,
    kind,
    state,
    raisedAt: isoInstant(page.raisedAt),
    nextCallAt: page.nextCallAt === null ? null : isoInstant(page.nextCallAt),
    endedAt: page.endedAt === null ? null : isoInstant(page.endedAt),
    answeredBy,
    calls: page.calls.map((call) => ({
      name: call.name,
      me: call.accountId === caller.accountId,
      onShift: call.onShift,
      at: isoInstant(call.at),
    })),
  }
}
