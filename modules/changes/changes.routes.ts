import { type Actor, read, refuseAccess, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { changeView, listChanges, seesTicket } from './changes.read-model.ts'
import { changeRefusals } from './changes.refusals.ts'
import type { Changes } from './changes.service.ts'
import {
  ballot,
  type ChangeView,
  change,
  changePage,
  changePlan,
  changeQuery,
  conditionMet,
  conditionParams,
  finish,
  idParams,
  review,
  rework,
  ticketChange,
} from './contract.ts'

const tag = 'changes'

export async function written(sql: Queryable, actor: Actor, id: number): Promise<ChangeView> {
  const view = await changeView(sql, actor, { id })
  if (!view) throw changeRefusals.refuse('change.not_found')
  return view
}

export function changeRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    read({
      path: '/changes',
      summary: 'The board’s agenda, or the registry of changes',
      tag,
      policy: 'change.read',
      query: changeQuery,
      replies: changePage,
      handle: ({ query, caller, read: run }) => run((sql) => listChanges(sql, caller, query)),
    }),
    read({
      path: '/changes/:id',
      summary: 'A change with its plans, votes, window and result',
      tag,
      policy: 'change.read',
      params: idParams,
      replies: change,
      handle: ({ params, caller, read: run }) => run((sql) => written(sql, caller, params.id)),
    }),
    read({
      path: '/tickets/:id/change',
      summary: 'The change of a ticket; null where it has none',
      tag,
      policy: 'change.read',
      params: idParams,
      replies: ticketChange,
      handle: ({ params, caller, read: run }) =>
        run(async (sql) => {
          const found = await changeView(sql, caller, { ticketId: params.id })
          if (!found && !(await seesTicket(sql, caller, params.id))) throw refuseAccess('access.not_found')
          return { change: found }
        }),
    }),
    write({
      method: 'POST',
      path: '/tickets/:id/change',
      summary: 'Write the change of a ticket',
      tag,
      policy: 'change.write',
      status: 201,
      params: idParams,
      body: changePlan,
      replies: change,
      handle: async ({ tx, params, caller, body }) =>
        written(tx, caller, await changes.create(tx, caller, params.id, body)),
    }),
    write({
      method: 'PATCH',
      path: '/changes/:id',
      summary: 'Change the plan; under an open vote the ballots are void and a new round begins',
      tag,
      policy: 'change.write',
      versioned: true,
      params: idParams,
      body: changePlan,
      replies: change,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        await changes.plan(tx, caller, { id: params.id, version, plan: body })
        return written(tx, caller, params.id)
      },
    }),
    ...voteRoutes(changes),
    ...installRoutes(changes),
  ]
}

function voteRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/changes/:id/agenda',
      summary: 'Put a change before the board',
      tag,
      policy: 'change.manage',
      versioned: true,
      params: idParams,
      replies: change,
      handle: async ({ tx, params, caller, expectedVersion: version }) => {
        await changes.putOnAgenda(tx, caller, { id: params.id, version })
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/changes/:id/ballots',
      summary: 'Vote: yes, no, abstain, or yes with a condition',
      tag,
      policy: 'change.vote',
      status: 201,
      params: idParams,
      body: ballot,
      replies: change,
      handle: async ({ tx, params, caller, body }) => {
        // a script has no judgement to give
        if (caller.tokenScopes !== null) throw refuseAccess('access.not_allowed')
        await changes.castBallot(tx, caller, params.id, body)
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/changes/:id/close-vote',
      summary: 'End the vote now: what was cast counts',
      tag,
      policy: 'change.manage',
      params: idParams,
      replies: change,
      handle: async ({ tx, params, caller }) => {
        await changes.closeRound(tx, caller, params.id)
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/changes/:id/rework',
      summary: 'Send a change back to whoever wrote it; an open vote is void',
      tag,
      policy: 'change.manage',
      params: idParams,
      body: rework,
      replies: change,
      handle: async ({ tx, params, caller, body }) => {
        await changes.sendBack(tx, caller, { id: params.id, reason: body.reason })
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/changes/:id/conditions/:conditionId/met',
      summary: 'Mark a condition of the board as met',
      tag,
      policy: 'change.manage',
      params: conditionParams,
      body: conditionMet,
      replies: change,
      handle: async ({ tx, params, caller, body }) => {
        await changes.meetCondition(tx, caller, { ...params, note: body.note })
        return written(tx, caller, params.id)
      },
    }),
  ]
}

function installRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/changes/:id/start',
      summary: 'Begin the installation; refused without a roll-back plan',
      tag,
      policy: 'change.install',
      versioned: true,
      params: idParams,
      replies: change,
      handle: async ({ tx, params, caller, expectedVersion: version }) => {
        await changes.start(tx, caller, { id: params.id, version })
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/changes/:id/finish',
      summary: 'End the installation: installed, or rolled back',
      tag,
      policy: 'change.install',
      versioned: true,
      params: idParams,
      body: finish,
      replies: change,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        await changes.finish(tx, caller, { id: params.id, version, finish: body })
        return written(tx, caller, params.id)
      },
    }),
    write({
      method: 'POST',
      path: '/changes/:id/review',
      summary: 'Say what came of it',
      tag,
      policy: 'change.manage',
      versioned: true,
      params: idParams,
      body: review,
      replies: change,
      handle: async ({ tx, params, caller, body, expectedVersion: version }) => {
        await changes.review(tx, caller, { id: params.id, version, review: body })
        return written(tx, caller, params.id)
      },
    }),
  ]
}
