import type { Instant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import { hashToken, newToken } from '@opora/platform/secrets'

export interface Visitor {
  ip: string | null
  userAgent: string | null
}

/** Begins a session; the token is given out once and kept only as its hash. */
export async function insertSession(
  tx: Tx,
  session: { accountId: number; secondFactor: boolean; lifeMs: number } & Visitor,
): Promise<{ id: number; token: string }> {
  const token = newToken('ses')
  const [row] = await tx<{ id: number }[]>`
    insert into session (account_id, token_hash, expires_at, second_factor, ip, user_agent)
    values (${session.accountId}, ${hashToken(token)}, app_now() + ${session.lifeMs}::float8 * interval '1 millisecond', ${session.secondFactor},
      ${session.ip}, ${session.userAgent}) returning id`
  return { id: row!.id, token }
}

/** The same session under a new token: what somebody may have seen of the old one is worth nothing. */
export async function rotateSession(
  tx: Tx,
  sessionId: number,
  gained: { secondFactor?: boolean } = {},
): Promise<string> {
  const token = newToken('ses')
  await tx`update session set token_hash = ${hashToken(token)}, second_factor = second_factor or ${gained.secondFactor ?? false},
    confirmed_at = app_now() where id = ${sessionId}`
  return token
}

export async function markConfirmed(tx: Tx, sessionId: number): Promise<void> {
  await tx`update session set confirmed_at = app_now() where id = ${sessionId}`
}

/** At most once a minute, so that reading does not write all the time. */
export async function markSeen(sql: Queryable, sessionId: number): Promise<void> {
  await sql`update session set seen_at = app_now() where id = ${sessionId} and seen_at < app_now() - interval '1 minute'`
}

export async function markTokenUsed(sql: Queryable, tokenId: number): Promise<void> {
  await sql`update api_token set last_used_at = app_now()
    where id = ${tokenId} and (last_used_at is null or last_used_at < app_now() - interval '1 minute')`
}

export async function revokeSession(tx: Tx, accountId: number, sessionId: number): Promise<boolean> {
  const rows = await tx`
    update session set revoked_at = app_now() where id = ${sessionId} and account_id = ${accountId} and revoked_at is null returning id`
  return rows.length > 0
}

/** Ends every session of a person but the one named. */
export async function revokeSessions(tx: Tx, accountId: number, except: number | null = null): Promise<number> {
  const rows = await tx`
    update session set revoked_at = app_now()
    where account_id = ${accountId} and revoked_at is null and id is distinct from ${except}::bigint returning id`
  return rows.length
}

export async function revokeByHash(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx`update session set revoked_at = app_now() where token_hash = ${tokenHash} and revoked_at is null`
}

export interface NewToken {
  accountId: number
  name: string
  scopes: readonly string[]
  networks: readonly string[]
  lifeMs: number
  secondFactor: boolean
}

/** `pat_<id>_<secret>`: the number finds the row, the secret is kept as its hash. */
export async function insertToken(
  tx: Tx,
  wanted: NewToken,
): Promise<{ id: number; token: string; createdAt: Instant; expiresAt: Instant }> {
  const secret = newToken('x').slice(2)
  const [row] = await tx<{ id: number; createdAt: Instant; expiresAt: Instant }[]>`
    insert into api_token (account_id, name, secret_hash, scopes, networks, second_factor, expires_at)
    values (${wanted.accountId}, ${wanted.name}, ${hashToken(secret)}, ${[...wanted.scopes]}, ${[...wanted.networks]}, ${wanted.secondFactor},
      app_now() + ${wanted.lifeMs}::float8 * interval '1 millisecond') returning id, created_at, expires_at`
  return { ...row!, token: `pat_${row!.id}_${secret}` }
}

export async function revokeToken(tx: Tx, accountId: number, tokenId: number): Promise<boolean> {
  const rows = await tx`
    update api_token set revoked_at = app_now() where id = ${tokenId} and account_id = ${accountId} and revoked_at is null returning id`
  return rows.length > 0
}
