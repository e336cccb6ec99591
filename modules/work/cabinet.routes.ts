import { type Actor, type Links, read, refuseAccess, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import {
  type CabinetEstimateView,
  cabinetEstimate,
  cabinetEstimateQuery,
  cabinetEstimates as cabinetEstimatesReply,
  cabinetTime,
  estimateDecision,
  idParams,
  tokenParams,
} from './contract.ts'
import { cabinetEstimates, cabinetEstimateView } from './estimates.read-model.ts'
import { cabinetEntries, ticketOf } from './time.read-model.ts'
import { workRefusals } from './work.refusals.ts'
import type { Work } from './work.service.ts'

const tag = 'cabinet'

function contactOnly(actor: Actor): Actor {
  if (!actor.contact) throw refuseAccess('access.not_allowed')
  return actor
}

async function shown(sql: Queryable, actor: Actor, id: number): Promise<CabinetEstimateView> {
  const view = await cabinetEstimateView(sql, actor, id)
  if (!view) throw workRefusals.refuse('work.estimate_not_found')
  return view
}

/** Work and estimates in the client's cabinet, and the decision by a letter's link. */
export function cabinetWorkRoutes(work: Work, links: Links): AnyRoute<Actor>[] {
  return [...cabinetReads(), ...decisions(work, links)]
}

function cabinetReads(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/tickets/:id/time',
      summary: 'Work on a request: who, what, when, how long',
      tag,
      policy: 'time.read',
      params: idParams,
      replies: cabinetTime,
      handle: ({ params, caller, read: run, locale }) =>
        run(async (sql) => {
          if (!(await ticketOf(sql, contactOnly(caller), params.id))) throw refuseAccess('access.not_found')
          const rows = await cabinetEntries(sql, caller, params.id, locale)
          return {
            items: rows.map((row) => ({ ...row, startedAt: isoInstant(row.startedAt) })),
            totalMinutes: rows.reduce((sum, row) => sum + row.minutes, 0),
          }
        }),
    }),
    read({
      path: '/cabinet/estimates',
      summary: 'Estimates that wait for my decision',
      tag,
      policy: 'estimate.read',
      query: cabinetEstimateQuery,
      replies: cabinetEstimatesReply,
      handle: ({ query, caller, read: run }) =>
        run(async (sql) => ({ items: await cabinetEstimates(sql, contactOnly(caller), query.state) })),
    }),
    read({
      path: '/cabinet/estimates/:id',
      summary: 'One estimate',
      tag,
      policy: 'estimate.read',
      params: idParams,
      replies: cabinetEstimate,
      handle: ({ params, caller, read: run }) => run((sql) => shown(sql, contactOnly(caller), params.id)),
    }),
  ]
}

function decisions(work: Work, links: Links): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/cabinet/estimates/:id/decision',
      summary: 'Approve or decline an estimate, or ask about it',
      tag,
      policy: 'estimate.decide',
      params: idParams,
      body: estimateDecision,
      replies: cabinetEstimate,
      handle: async ({ tx, params, caller, body }) => {
        await work.decideEstimate(tx, contactOnly(caller), params.id, body)
        return shown(tx, caller, params.id)
      },
    }),
    read({
      path: '/links/estimate.decide/:token',
      summary: 'The estimate that a letter asks to decide',
      tag: 'links',
      policy: 'public',
      params: tokenParams,
      replies: cabinetEstimate,
      handle: ({ params }) =>
        links.read(params.token, 'estimate.decide', (sql, link) =>
          shown(sql, link.actor, Number(link.subject['estimateId'])),
        ),
    }),
    write({
      method: 'POST',
      path: '/links/estimate.decide/:token',
      summary: 'Decide an estimate by a letter’s link',
      tag: 'links',
      policy: 'public',
      ownTransactions: true,
      params: tokenParams,
      body: estimateDecision,
      replies: cabinetEstimate,
      handle: ({ params, body }) =>
        links.act(params.token, 'estimate.decide', async (tx, link) => {
          const id = Number(link.subject['estimateId'])
          await work.decideEstimate(tx, link.actor, id, body)
          return shown(tx, link.actor, id)
        }),
    }),
  ]
}
