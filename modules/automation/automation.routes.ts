import { type Actor, forSides, read, write } from '@opora/access'
import type { Database } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { Automation } from './automation.service.ts'
import { checkCondition } from './conditions.ts'
import * as contract from './contract.ts'
import { listRules, ruleOf, runsOfRule, versionsOfRule } from './rules.read-model.ts'
import { tryRule } from './trial.service.ts'
import { webhookRoutes } from './webhooks.routes.ts'

const tag = 'automation'
const READ = 'process.read'
const CHANGE = 'process.publish'

/** Rules and webhooks: the provider's own. */
export function automationRoutes(automation: Automation, database: Database): AnyRoute<Actor>[] {
  return forSides(
    ['staff'],
    [
      ...readingRoutes(automation),
      ...savingRoutes(automation),
      ...checkingRoutes(),
      ...webhookRoutes(automation, database),
    ],
  )
}

function readingRoutes(automation: Automation): AnyRoute<Actor>[] {
  return [
    read({
      path: '/rules',
      summary: 'Automation rules in the order in which they act',
      tag,
      policy: READ,
      replies: contract.ruleList,
      handle: async ({ read }) => ({ items: await read((sql) => listRules(sql)) }),
    }),
    read({
      path: '/rule-words',
      summary: 'Events, names of conditions and actions that a rule may use',
      tag,
      policy: READ,
      replies: contract.ruleWords,
      handle: ({ read }) => read((sql) => automation.words(sql)),
    }),
    read({
      path: '/rules/:id',
      summary: 'One rule',
      tag,
      policy: READ,
      params: contract.ruleParams,
      replies: contract.ruleView,
      handle: ({ params, read }) => read((sql) => ruleOf(sql, params.id)),
    }),
    read({
      path: '/rules/:id/versions',
      summary: 'What a rule said before, the newest first',
      tag,
      policy: READ,
      params: contract.ruleParams,
      replies: contract.ruleVersionList,
      handle: ({ params, read }) => read((sql) => versionsOfRule(sql, params.id)),
    }),
    read({
      path: '/rules/:id/runs',
      summary: 'When a rule acted, what came of it, and why it could not',
      tag,
      policy: CHANGE,
      params: contract.ruleParams,
      query: contract.pageQuery,
      replies: contract.runPage,
      handle: ({ params, query, read }) => read((sql) => runsOfRule(sql, params.id, query)),
    }),
  ]
}

function savingRoutes(automation: Automation): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/rules',
      summary: 'Add a rule, as the last in order',
      tag,
      policy: CHANGE,
      body: contract.newRule,
      replies: contract.ruleView,
      status: 201,
      handle: async ({ tx, caller, body }) => ruleOf(tx, await automation.createRule(tx, caller, body)),
    }),
    write({
      method: 'PUT',
      path: '/rules/:id',
      summary: 'Change a rule; its mark of a loop is taken off',
      tag,
      policy: CHANGE,
      params: contract.ruleParams,
      body: contract.ruleChange,
      replies: contract.ruleView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await automation.changeRule(tx, caller, params.id, expectedVersion, body)
        return ruleOf(tx, params.id)
      },
    }),
    write({
      method: 'DELETE',
      path: '/rules/:id',
      summary: 'Put a rule away; what it did stays in the log',
      tag,
      policy: CHANGE,
      params: contract.ruleParams,
      versioned: true,
      handle: ({ tx, caller, params, expectedVersion }) =>
        automation.archiveRule(tx, caller, params.id, expectedVersion),
    }),
    write({
      method: 'PUT',
      path: '/rule-order',
      summary: 'Set the order in which rules act: every rule once',
      tag,
      policy: CHANGE,
      body: contract.ruleOrder,
      replies: contract.ruleList,
      handle: async ({ tx, caller, body }) => {
        await automation.orderRules(tx, caller, body.ids)
        return { items: await listRules(tx) }
      },
    }),
  ]
}

function checkingRoutes(): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/rule-conditions',
      summary: 'Check a condition while it is typed',
      tag,
      policy: CHANGE,
      body: contract.conditionToCheck,
      replies: contract.conditionReply,
      handle: async ({ body }) => checkCondition(body.text, body.event),
    }),
    write({
      method: 'POST',
      path: '/rule-trials',
      summary: 'What a rule would have done to the tickets of the last days; nothing is done',
      tag,
      policy: CHANGE,
      body: contract.ruleTrial,
      replies: contract.trialReply,
      handle: ({ tx, body }) => tryRule(tx, body),
    }),
  ]
}
