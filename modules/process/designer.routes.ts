import { type Actor, read, write } from '@opora/access'
import { parseInstant } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import { processParams } from './contract.ts'
import * as contract from './designer.contract.ts'
import type { Designer } from './designer.service.ts'
import { rehearseDraft } from './rehearsal.service.ts'

const tag = 'processes'

/** Drawing processes: drafts, what a drawing says, and how it would run. */
export function designerRoutes(designer: Designer): AnyRoute<Actor>[] {
  return [...draftRoutes(designer), ...lookingRoutes(designer)]
}

function draftRoutes(designer: Designer): AnyRoute<Actor>[] {
  return [
    read({
      path: '/processes/:key/draft',
      summary: 'The draft of a process, whoever draws it',
      tag,
      policy: 'process.publish',
      params: processParams,
      replies: contract.draftView,
      handle: ({ params, caller, read }) => read((sql) => designer.draft(sql, caller, params.key)),
    }),
    write({
      method: 'POST',
      path: '/processes/:key/draft',
      summary: 'Begin a draft from a published version, or of a new process',
      tag,
      policy: 'process.publish',
      params: processParams,
      body: contract.newDraft,
      replies: contract.draftView,
      status: 201,
      handle: ({ tx, caller, params, body }) =>
        designer.beginDraft(tx, caller, { key: params.key, fromVersion: body.fromVersion, name: body.name }),
    }),
    write({
      method: 'PUT',
      path: '/processes/:key/draft',
      summary: 'Keep what has been drawn',
      tag,
      policy: 'process.publish',
      params: processParams,
      body: contract.draftChange,
      replies: contract.draftView,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        designer.saveDraft(tx, caller, { ...body, key: params.key, version: expectedVersion ?? 0 }),
    }),
    write({
      method: 'DELETE',
      path: '/processes/:key/draft',
      summary: 'Throw the draft away',
      tag,
      policy: 'process.publish',
      params: processParams,
      versioned: true,
      handle: ({ tx, caller, params, expectedVersion }) =>
        designer.dropDraft(tx, caller, params.key, expectedVersion ?? 0),
    }),
  ]
}

function lookingRoutes(designer: Designer): AnyRoute<Actor>[] {
  return [
    read({
      path: '/process-words',
      summary: 'Roles, facts, messages, actions and the other words that a diagram may use',
      tag,
      policy: 'process.read',
      replies: contract.processWords,
      handle: ({ read }) => read((sql) => designer.words(sql)),
    }),
    write({
      method: 'POST',
      path: '/process-expressions',
      summary: 'Check a condition while it is typed',
      tag,
      policy: 'process.publish',
      body: contract.expressionToCheck,
      replies: contract.expressionReply,
      handle: async ({ body }) => designer.checkExpression(body.text),
    }),
    write({
      method: 'POST',
      path: '/process-simulations',
      summary: 'One token through a diagram: where it stands after these events, and what may happen next',
      tag,
      policy: 'process.publish',
      body: contract.simulationWish,
      replies: contract.simulationReply,
      handle: ({ tx, body }) => designer.simulate(tx, body),
    }),
    write({
      method: 'POST',
      path: '/process-comparisons',
      summary: 'What differs between two versions, or between a version and a drawing, element by element',
      tag,
      policy: 'process.read',
      body: contract.comparisonWish,
      replies: contract.comparisonReply,
      handle: ({ tx, body }) => designer.compare(tx, body),
    }),
    write({
      method: 'POST',
      path: '/process-rehearsals',
      summary: 'Last month’s tickets through a drawing: who would be stuck, where, and why',
      tag,
      policy: 'process.publish',
      body: contract.rehearsalWish,
      replies: contract.rehearsalReply,
      handle: ({ tx, body: { key, xml, from, to } }) =>
        rehearseDraft(tx, { key, xml, from: from ? parseInstant(from) : null, to: to ? parseInstant(to) : null }),
    }),
  ]
}
