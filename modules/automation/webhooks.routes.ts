import { type Actor, read, write } from '@opora/access'
import type { Database } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import type { Automation } from './automation.service.ts'
import * as contract from './contract.ts'
import { deliveriesOf, deliveryOf, listWebhooks, webhookOf } from './webhooks.read-model.ts'

const tag = 'automation'
const policy = 'settings.change'

export function webhookRoutes(automation: Automation, database: Database): AnyRoute<Actor>[] {
  return [...hookRoutes(automation), ...secretRoutes(automation, database), ...deliveryRoutes(automation)]
}

/** Their answers hold a secret: no Idempotency-Key keeps them. A second click meets the code that is taken, or a version gone by. */
function secretRoutes(automation: Automation, database: Database): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/webhooks',
      summary: 'Add a webhook; its secret is shown this once',
      tag,
      policy,
      body: contract.newWebhook,
      replies: contract.webhookMade,
      status: 201,
      ownTransactions: true,
      handle: ({ caller, body }) =>
        database.begin({ as: 'staff' }, async (tx) => {
          const { id, secret } = await automation.createWebhook(tx, caller, body)
          return { ...(await webhookOf(tx, id)), secret }
        }),
    }),
    write({
      method: 'POST',
      path: '/webhooks/:id/secret',
      summary: 'Make a new secret; it is shown this once',
      tag,
      policy,
      params: contract.ruleParams,
      replies: contract.webhookSecret,
      versioned: true,
      ownTransactions: true,
      handle: ({ caller, params, expectedVersion }) =>
        database.begin({ as: 'staff' }, (tx) => automation.renewSecret(tx, caller, params.id, expectedVersion)),
    }),
  ]
}

function hookRoutes(automation: Automation): AnyRoute<Actor>[] {
  return [
    read({
      path: '/webhooks',
      summary: 'Webhooks with what became of their calls in the last 30 days',
      tag,
      policy,
      replies: contract.webhookList,
      handle: async ({ read }) => ({ items: await read((sql) => listWebhooks(sql)) }),
    }),
    write({
      method: 'PATCH',
      path: '/webhooks/:id',
      summary: 'Change a webhook, switch it off or on',
      tag,
      policy,
      params: contract.ruleParams,
      body: contract.webhookChange,
      replies: contract.webhookView,
      versioned: true,
      handle: async ({ tx, caller, params, body, expectedVersion }) => {
        await automation.changeWebhook(tx, caller, { id: params.id, version: expectedVersion, change: body })
        return webhookOf(tx, params.id)
      },
    }),
    write({
      method: 'DELETE',
      path: '/webhooks/:id',
      summary: 'Put a webhook away that no rule needs',
      tag,
      policy,
      params: contract.ruleParams,
      versioned: true,
      handle: ({ tx, caller, params, expectedVersion }) =>
        automation.archiveWebhook(tx, caller, params.id, expectedVersion),
    }),
  ]
}

function deliveryRoutes(automation: Automation): AnyRoute<Actor>[] {
  return [
    read({
      path: '/webhooks/:id/deliveries',
      summary: 'Calls of a webhook with every attempt and its answer, the newest first',
      tag,
      policy,
      params: contract.ruleParams,
      query: contract.pageQuery,
      replies: contract.deliveryPage,
      handle: ({ params, query, read }) => read((sql) => deliveriesOf(sql, params.id, query)),
    }),
    write({
      method: 'POST',
      path: '/webhook-deliveries/:id/attempts',
      summary: 'Send a call again that has arrived or was given up',
      tag,
      policy,
      params: contract.ruleParams,
      replies: contract.deliveryView,
      status: 201,
      handle: async ({ tx, caller, params }) => {
        await deliveryOf(tx, params.id)
        await automation.resend(tx, caller, params.id)
        return deliveryOf(tx, params.id)
      },
    }),
  ]
}
