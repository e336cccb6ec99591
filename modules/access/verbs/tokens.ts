import type { Tx } from '@opora/platform/database'
import { writeAudit } from '../access.audit.ts'
import type { AccessPorts } from '../access.ports.ts'
import type { OwnToken } from '../access.read-model.ts'
import { refuseAccess } from '../access.refusals.ts'
import { insertToken, revokeToken } from '../access.sessions.store.ts'
import { demandFresh, demandSession } from '../authorise.ts'
import { TOKEN_DAYS_MAX } from '../contract.ts'
import type { Actor } from '../domain/actor.ts'
import { unfitScopes } from '../domain/token-scopes.ts'

export interface TokenWish {
  name: string
  scopes: readonly string[]
  /** Addresses and networks that it may be used from; none: from anywhere. */
  networks?: readonly string[]
  expiresInDays: number
}
export type MadeToken = OwnToken & { token: string }

const DAY_MS = 86_400_000

/** Makes a token for `maker`, whose rights bound it now and at every use. */
export async function makeToken(tx: Tx, maker: Actor, wish: TokenWish): Promise<MadeToken> {
  const { expiresInDays: days } = wish
  // a year at most, at the console too: what is never renewed is never looked at
  if (!Number.isInteger(days) || days < 1 || days > TOKEN_DAYS_MAX)
    throw refuseAccess('access.token_life', { field: 'expiresInDays', params: { max: TOKEN_DAYS_MAX } })
  const accountId = maker.accountId ?? 0
  const unfit = unfitScopes(maker, wish.scopes)
  if (unfit.length > 0)
    throw refuseAccess('access.scope_not_yours', { field: 'scopes', params: { scopes: unfit.join(', ') } })
  const scopes = [...new Set(wish.scopes)]
  const networks = [...new Set(wish.networks ?? [])]
  const { id, token, createdAt, expiresAt } = await insertToken(tx, {
    accountId,
    name: wish.name,
    scopes,
    networks,
    lifeMs: days * DAY_MS,
    secondFactor: maker.secondFactor,
  })
  await writeAudit(tx, maker, {
    action: 'token.made',
    objectType: 'api_token',
    objectId: id,
    clientId: maker.contact?.clientId ?? null,
    detail: { scopes, networks, expiresInDays: days },
  })
  return { id, name: wish.name, scopes, networks, createdAt, expiresAt, lastUsedAt: null, token }
}

export function createTokens(ports: AccessPorts) {
  const { database } = ports
  return {
    /** Only a person at a screen makes tokens, and only just after giving the password: a token begets no token. */
    async make(actor: Actor, wish: TokenWish): Promise<MadeToken> {
      demandSession(actor)
      demandFresh(actor)
      return database.begin({ as: 'staff' }, (tx) => makeToken(tx, actor, wish))
    },

    async revoke(actor: Actor, tokenId: number): Promise<void> {
      const { accountId } = demandSession(actor)
      await database.begin({ as: 'staff' }, async (tx) => {
        if (!(await revokeToken(tx, accountId, tokenId))) throw refuseAccess('access.not_found')
        await writeAudit(tx, actor, {
          action: 'token.revoked',
          objectType: 'api_token',
          objectId: tokenId,
          clientId: actor.contact?.clientId ?? null,
        })
      })
      ports.cache.forget(accountId)
    },
  }
}

export type Tokens = ReturnType<typeof createTokens>
