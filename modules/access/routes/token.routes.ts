import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import type { AccessPorts } from '../access.ports.ts'
import { listTokens, type OwnToken } from '../access.read-model.ts'
import { read, write } from '../access.route.ts'
import { demandSession } from '../authorise.ts'
import { idParams, tokenBody, tokenMade, tokensReply } from '../contract.ts'
import type { Actor } from '../domain/actor.ts'
import { createTokens } from '../verbs/tokens.ts'

const own = { tag: 'me', policy: 'token.own', ownTransactions: true } as const

export function tokenRoutes(ports: AccessPorts): AnyRoute<Actor>[] {
  const tokens = createTokens(ports)
  return [
    read({
      path: '/me/tokens',
      summary: 'My API tokens',
      tag: 'me',
      policy: 'token.own',
      replies: tokensReply,
      async handle({ caller }) {
        const { accountId } = demandSession(caller)
        return { items: (await listTokens(ports.database.staff, accountId)).map(present) }
      },
    }),
    write({
      ...own,
      method: 'POST',
      path: '/me/tokens',
      summary: 'Make an API token; it is shown this once',
      status: 201,
      body: tokenBody,
      replies: tokenMade,
      async handle({ caller, body }) {
        const made = await tokens.make(caller, body)
        return { ...present(made), token: made.token }
      },
    }),
    write({
      ...own,
      method: 'DELETE',
      path: '/me/tokens/:id',
      summary: 'Revoke a token of mine',
      params: idParams,
      async handle({ caller, params }) {
        await tokens.revoke(caller, params.id)
      },
    }),
  ]
}

function present(one: OwnToken) {
  return {
    id: one.id,
    name: one.name,
    scopes: one.scopes,
    networks: one.networks,
    createdAt: isoInstant(one.createdAt),
    expiresAt: isoInstant(one.expiresAt),
    lastUsedAt: isoInstantOrNull(one.lastUsedAt),
  }
}
