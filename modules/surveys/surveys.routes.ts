import { type Actor, type Links, read, refuseAccess, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import {
  type GivenRating,
  givenRating,
  giveRating,
  idParams,
  ratingList,
  ratingPage,
  ratingPreselect,
  ratingQuery,
  tokenParams,
} from './contract.ts'
import { listRatings, ratingOfTicket } from './surveys.read-model.ts'
import { surveysRefusals } from './surveys.refusals.ts'
import type { Surveys } from './surveys.service.ts'

async function shown(sql: Queryable, actor: Actor, ticketId: number): Promise<GivenRating> {
  const view = await ratingOfTicket(sql, actor, ticketId)
  if (!view) throw surveysRefusals.refuse('surveys.ticket_not_found')
  return view
}

export function surveysRoutes(surveys: Surveys, links: Links): AnyRoute<Actor>[] {
  return [
    read({
      path: '/ratings',
      summary: 'Ratings with their mean, the latest first',
      tag: 'ratings',
      policy: 'rating.read',
      query: ratingQuery,
      replies: ratingList,
      handle: ({ query, caller, read: run }) => run((sql) => listRatings(sql, caller, query)),
    }),
    read({
      path: '/cabinet/tickets/:id/rating',
      summary: 'My rating of a request',
      tag: 'cabinet',
      policy: 'rating.give',
      params: idParams,
      replies: givenRating,
      handle: ({ params, caller, read: run }) => run((sql) => shown(sql, contactOnly(caller), params.id)),
    }),
    write({
      method: 'POST',
      path: '/cabinet/tickets/:id/rating',
      summary: 'Rate a solved request, or change the rating',
      tag: 'cabinet',
      policy: 'rating.give',
      params: idParams,
      body: giveRating,
      replies: givenRating,
      handle: async ({ tx, params, caller, body }) => {
        await surveys.rate(tx, contactOnly(caller), params.id, body)
        return shown(tx, caller, params.id)
      },
    }),
    ...linkRoutes(surveys, links),
  ]
}

/** The letter's buttons lead to a page that posts: a reader's mail program that follows links rates nothing. */
function linkRoutes(surveys: Surveys, links: Links): AnyRoute<Actor>[] {
  return [
    read({
      path: '/links/rating.give/:token',
      summary: 'The request that a letter asks to rate',
      tag: 'links',
      policy: 'public',
      params: tokenParams,
      query: ratingPreselect,
      replies: ratingPage,
      handle: ({ params, query }) =>
        links.read(params.token, 'rating.give', async (sql, link) => {
          const [installation] = await sql<{ name: string | null }[]>`select company_name as name from installation`
          const view = await shown(sql, link.actor, Number(link.subject['ticketId']))
          return { ...view, preselected: query.score ?? view.score, company: installation?.name ?? '' }
        }),
    }),
    write({
      method: 'POST',
      path: '/links/rating.give/:token',
      summary: 'Rate by a letter’s link',
      tag: 'links',
      policy: 'public',
      ownTransactions: true,
      params: tokenParams,
      body: giveRating,
      replies: givenRating,
      handle: ({ params, body }) =>
        links.act(params.token, 'rating.give', async (tx, link) => {
          const ticketId = Number(link.subject['ticketId'])
          await surveys.rate(tx, link.actor, ticketId, body)
          return shown(tx, link.actor, ticketId)
        }),
    }),
  ]
}

function contactOnly(actor: Actor): Actor {
  if (!actor.contact) throw refuseAccess('access.not_allowed')
  return actor
}
