import { type Actor, demandFresh, read, refuseAccess, write } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import { type AnyRoute, bytesOf } from '@opora/platform/http'
import { z } from 'zod'
import { changeRefusals } from './changes.refusals.ts'
import type { Changes } from './changes.service.ts'
import {
  deploymentKey,
  deploymentSource,
  deploymentSources,
  idParams,
  type SourceView,
  sourceWish,
} from './contract.ts'
import { listSources } from './deployments.read-model.ts'

const tag = 'pipelines'

async function source(sql: Queryable, id: number): Promise<SourceView> {
  const [view] = await listSources(sql, id)
  if (!view) throw refuseAccess('access.not_found')
  return view
}

/** Pipelines that report deployments, and the door that they knock at. */
export function deploymentRoutes(changes: Changes): AnyRoute<Actor>[] {
  return [
    read({
      path: '/pipelines',
      summary: 'Pipelines that may report deployments',
      tag,
      policy: 'pipeline.change',
      replies: deploymentSources,
      handle: ({ read: run }) => run(async (sql) => ({ items: await listSources(sql) })),
    }),
    write({
      method: 'POST',
      path: '/pipelines',
      summary: 'Let a pipeline report deployments',
      tag,
      policy: 'pipeline.change',
      status: 201,
      body: sourceWish,
      replies: deploymentSource,
      handle: async ({ tx, caller, body }) => source(tx, await changes.addSource(tx, caller, body)),
    }),
    read({
      path: '/pipelines/:id/key',
      summary: 'The key that a pipeline signs with, to whoever has just given their password',
      tag,
      policy: 'pipeline.change',
      params: idParams,
      replies: deploymentKey,
      handle: ({ params, caller, read: run }) => {
        demandFresh(caller)
        return run(async (sql) => ({ key: await changes.keyOf(sql, params.id) }))
      },
    }),
    write({
      method: 'POST',
      path: '/pipelines/:id/key',
      summary: 'Give a pipeline another key; the former one no longer fits',
      tag,
      policy: 'pipeline.change',
      params: idParams,
      replies: deploymentSource,
      handle: async ({ tx, caller, params }) => {
        await changes.renewKey(tx, caller, params.id)
        return source(tx, params.id)
      },
    }),
    write({
      method: 'DELETE',
      path: '/pipelines/:id',
      summary: 'Listen to a pipeline no longer',
      tag,
      policy: 'pipeline.change',
      params: idParams,
      handle: async ({ tx, caller, params }) => {
        await changes.retireSource(tx, caller, params.id)
        return undefined
      },
    }),
    write({
      method: 'POST',
      path: '/hooks/deployments/:id',
      summary: 'A pipeline reports a deployment',
      description:
        'Signed: `X-Hub-Signature-256: sha256=<hex>` is the HMAC-SHA-256 of the body’s bytes with the pipeline’s key. ' +
        'A delivery is named by `X-Delivery` or `X-GitHub-Delivery` and kept once. Body: `{ticket | tickets, status, environment, release, url, at}`, ' +
        'or the deployment events of GitHub and GitLab.',
      tag,
      policy: 'public',
      status: 202,
      keepsBytes: true,
      params: idParams,
      replies: z.object({ accepted: z.boolean() }),
      handle: async ({ tx, params, request, caller }) => {
        // a pipeline has a key, not a session
        if (caller) throw changeRefusals.refuse('change.hook_refused')
        const { headers } = request
        await changes.receiveCall(tx, {
          sourceId: params.id,
          signature: headerOf(headers['x-hub-signature-256']),
          delivery: headerOf(headers['x-delivery']) ?? headerOf(headers['x-github-delivery']),
          body: bytesOf(request),
        })
        return { accepted: true }
      },
    }),
  ]
}

function headerOf(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null
}
