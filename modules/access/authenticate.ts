import { performance } from 'node:perf_hooks'
import type { Database } from '@opora/platform/database'
import { isInNetworks } from '@opora/platform/network'
import { hashToken, sameSecret } from '@opora/platform/secrets'
import type { AccessSettings } from './access.config.ts'
import { actorOfPerson, findSession, findToken } from './access.read-model.ts'
import { refuseAccess } from './access.refusals.ts'
import type { Request } from './access.route.ts'
import { markSeen, markTokenUsed } from './access.sessions.store.ts'
import type { ActorCache, Remembered } from './actor-cache.ts'
import type { Actor } from './domain/actor.ts'

export const FRESH_MS = 600_000
const MINUTE_MS = 60_000
const BEARER = 'Bearer '
const TOKEN = /^pat_(\d{1,15})_([A-Za-z0-9_-]{43})$/
const SESSION_MAX = 100

export interface AuthenticatePorts {
  database: Database
  cache: ActorCache
  settings: AccessSettings
  cookieName: string
}

/**
 * Reads who calls, from `Authorization: Bearer pat_…` or the session's cookie. A cookie that is no longer good is nobody; a token that is
 * no longer good is refused, because a script that sends one means to be somebody.
 */
export function createAuthenticate(ports: AuthenticatePorts): (request: Request) => Promise<Actor | null> {
  return async (request) => {
    const { authorization } = request.headers
    const known = authorization?.startsWith(BEARER)
      ? await byToken(ports, authorization.slice(BEARER.length).trim())
      : await bySession(ports, request.cookies[ports.cookieName])
    if (!known) return null
    if (known.networks.length > 0 && !isInNetworks(request.ip, known.networks))
      throw refuseAccess('access.token_expired')
    return {
      ...known.actor,
      fresh: known.freshUntil > performance.now(),
      ip: request.ip,
      requestId: request.id,
    }
  }
}

async function bySession(ports: AuthenticatePorts, token: string | undefined): Promise<Remembered | null> {
  if (!token || token.length > SESSION_MAX) return null
  const hash = hashToken(token)
  const key = `s${hash.toString('base64')}`
  const cached = ports.cache.get(key)
  if (cached) return cached
  const since = ports.cache.mark()
  const row = await findSession(ports.database.staff, { tokenHash: hash }, ports.settings)
  if (!row) return null
  if (row.seenAgeMs >= MINUTE_MS) await markSeen(ports.database.staff, row.sessionId)
  const entry: Remembered = {
    accountId: row.accountId,
    freshUntil: performance.now() + FRESH_MS - row.confirmedAgeMs,
    networks: [],
    actor: actorOfPerson(row, {
      key: `account:${row.accountId}`,
      sessionId: row.sessionId,
      tokenScopes: null,
      secondFactor: row.secondFactor,
      fresh: false,
    }),
  }
  ports.cache.put(key, entry, since)
  return entry
}

async function byToken(ports: AuthenticatePorts, token: string): Promise<Remembered> {
  const [, id = '', secret = ''] = TOKEN.exec(token) ?? []
  if (!id) throw refuseAccess('access.token_expired')
  const hash = hashToken(secret)
  const key = `t${id}.${hash.toString('base64')}`
  const cached = ports.cache.get(key)
  if (cached) return cached
  const since = ports.cache.mark()
  const row = await findToken(ports.database.staff, Number(id))
  if (!row || !sameSecret(row.secretHash, hash)) throw refuseAccess('access.token_expired')
  if (row.usedAgeMs === null || row.usedAgeMs >= MINUTE_MS) await markTokenUsed(ports.database.staff, row.tokenId)
  const entry: Remembered = {
    accountId: row.accountId,
    // a script cannot give its password again: whoever made the token did, and chose its scopes
    freshUntil: Number.POSITIVE_INFINITY,
    networks: row.networks,
    actor: actorOfPerson(row, {
      key: `token:${row.tokenId}`,
      sessionId: null,
      tokenScopes: row.scopes,
      secondFactor: row.secondFactor,
      fresh: true,
    }),
  }
  ports.cache.put(key, entry, since)
  return entry
}

/**
 * Does what let this caller in still hold, with the same reach? For what stays open long after its request, as a stream of live updates:
 * whoever gets a no connects again and is judged anew.
 */
export function createRevalidate(ports: AuthenticatePorts): (actor: Actor) => Promise<boolean> {
  return async (actor) => {
    const { staff } = ports.database
    const token = /^token:(\d+)$/.exec(actor.key)
    const row = token
      ? await findToken(staff, Number(token[1]))
      : actor.sessionId !== null && (await findSession(staff, { sessionId: actor.sessionId }, ports.settings))
    if (!row) return false
    const now = actorOfPerson(row, {
      key: actor.key,
      sessionId: actor.sessionId,
      tokenScopes: 'scopes' in row ? row.scopes : null,
      secondFactor: row.secondFactor,
      fresh: false,
    })
    return reachOf(now) === reachOf(actor)
  }
}

function reachOf({ side, roles, clientIds, contact, tokenScopes, secondFactor }: Actor): string {
  return JSON.stringify({ side, roles, clientIds, contact, tokenScopes, secondFactor })
}
