import { type Actor, mayEver, read, refuseAccess, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import {
  type EstimateView,
  estimate,
  estimateOffer,
  estimatePage,
  estimateQuery,
  estimateWithdrawal,
  idParams,
  newEstimate,
  ticketEstimates,
} from './contract.ts'
import { estimateFactOf, estimatesOfTicket, estimateView, listEstimates } from './estimates.read-model.ts'
import { ticketOf } from './time.read-model.ts'
import { staffOnly } from './time.routes.ts'
import { workRefusals } from './work.refusals.ts'
import type { Work } from './work.service.ts'

const tag = 'estimates'

async function written(sql: Queryable, actor: Actor, id: number): Promise<EstimateView> {
  const view = await estimateView(sql, actor, id)
  if (!view) throw workRefusals.refuse('work.estimate_not_found')
  return view
}

export function estimateRoutes(work: Work): AnyRoute<Actor>[] {
  return [
    read({
      path: '/tickets/:id/estimates',
      summary: 'Rounds of agreeing on the work, and the work against them',
      tag,
      policy: 'estimate.read',
      params: idParams,
      replies: ticketEstimates,
      handle: ({ params, caller, read: run }) =>
        run(async (sql) => {
          if (!(await ticketOf(sql, caller, params.id))) throw refuseAccess('access.not_found')
          const fact = caller.side === 'partner' ? null : await estimateFactOf(sql, params.id)
          const seesMoney = mayEver(caller, 'price.read')
          return {
            items: await estimatesOfTicket(sql, caller, params.id),
            fact: fact === null || seesMoney ? fact : { ...fact, estimatedKopecks: null },
          }
        }),
    }),
    read({
      path: '/estimates',
      summary: 'Estimates, the latest first',
      tag,
      policy: 'estimate.read',
      query: estimateQuery,
      replies: estimatePage,
      handle: ({ query, caller, read: run }) => run((sql) => listEstimates(sql, caller, query)),
    }),
    read({
      path: '/estimates/:id',
      summary: 'One estimate',
      tag,
      policy: 'estimate.read',
      params: idParams,
      replies: estimate,
      handle: ({ params, caller, read: run }) => run((sql) => written(sql, caller, params.id)),
    }),
    ...estimateWrites(work),
  ]
}

function estimateWrites(work: Work): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/tickets/:id/estimates',
      partnerAsJob: true,
      summary: 'Write an estimate and, unless it stays a draft, offer it to the client; a partner’s stays a draft',
      tag,
      policy: 'estimate.offer',
      status: 201,
      params: idParams,
      body: newEstimate,
      replies: estimate,
      handle: async ({ tx, params, caller, body }) =>
        written(tx, caller, await work.createEstimate(tx, caller, params.id, body)),
    }),
    write({
      method: 'PATCH',
      path: '/estimates/:id',
      partnerAsJob: true,
      summary: 'Write a draft anew and, unless it stays one, offer it to the client',
      tag,
      policy: 'estimate.offer',
      versioned: true,
      params: idParams,
      body: newEstimate,
      replies: estimate,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        await work.reviseEstimate(tx, caller, { id: params.id, version, draft: body })
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/estimates/:id/offer',
      summary: 'Offer a draft, or offer again once a question is answered',
      tag,
      policy: 'estimate.offer',
      versioned: true,
      params: idParams,
      body: estimateOffer,
      replies: estimate,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        await work.offerEstimate(tx, staffOnly(caller), {
          id: params.id,
          version,
          validUntil: body.validUntil,
          answer: body.answer,
        })
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/estimates/:id/withdraw',
      partnerAsJob: true,
      summary: 'Take an undecided estimate back',
      tag,
      policy: 'estimate.offer',
      versioned: true,
      params: idParams,
      body: estimateWithdrawal,
      replies: estimate,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        await work.withdrawEstimate(tx, caller, { id: params.id, version, reason: body.reason })
        return written(tx, caller, params.id)
      },
    }),
  ]
}
