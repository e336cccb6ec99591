import type { Instant } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import { hashToken, newToken } from '@opora/platform/secrets'

export interface NewOneTime {
  prefix: string
  purpose: string
  accountId?: number | null
  contactId?: number | null
  subject?: Record<string, Json>
  email?: string | null
  lifeMs: number
  singleUse?: boolean
}

/** The token is given out once and kept as its hash; the database's clock ends it. */
export async function insertOneTime(tx: Tx, one: NewOneTime): Promise<{ token: string; expiresAt: Instant }> {
  const token = newToken(one.prefix)
  const [row] = await tx<{ expiresAt: Instant }[]>`
    insert into one_time_token (purpose, token_hash, account_id, contact_id, subject, email, single_use, expires_at)
    values (${one.purpose}, ${hashToken(token)}, ${one.accountId ?? null}, ${one.contactId ?? null}, ${tx.json(one.subject ?? {})},
      ${one.email ?? null}, ${one.singleUse ?? true}, app_now() + ${one.lifeMs}::float8 * interval '1 millisecond') returning expires_at`
  return { token, expiresAt: row!.expiresAt }
}

export interface OneTimeRow {
  id: number
  accountId: number | null
  contactId: number | null
  subject: Record<string, Json>
  email: string | null
  singleUse: boolean
}

/** Takes the token: of any number of takers at once, one gets it. Any login role may, with the token in hand. */
export async function takeOneTime(tx: Tx, token: string, purpose: string): Promise<OneTimeRow | undefined> {
  const [row] = await tx<OneTimeRow[]>`
    select id, account_id, contact_id, subject, email, single_use from take_one_time(${hashToken(token)}, ${purpose})`
  return row
}

/** Looks without taking, for a page that only shows. */
export async function peekOneTime(sql: Queryable, token: string, purpose: string): Promise<OneTimeRow | undefined> {
  const [row] = await sql<OneTimeRow[]>`
    select id, account_id, contact_id, subject, email, single_use from one_time_token
    where token_hash = ${hashToken(token)} and purpose = ${purpose} and expires_at > app_now() and (used_at is null or not single_use)`
  return row
}

/** Voids what was sent to a person and is still unused: the password or the address has changed. */
export async function voidOneTime(tx: Tx, accountId: number, purposes: readonly string[]): Promise<void> {
  await tx`update one_time_token set used_at = app_now()
    where account_id = ${accountId} and used_at is null and purpose = any(${[...purposes]}::text[])`
}

/** Ends what is about something and still works; how many were ended. */
export async function endOneTime(tx: Tx, purpose: string, about: Record<string, Json>): Promise<number> {
  const ended = await tx`update one_time_token set expires_at = app_now()
    where purpose = ${purpose} and subject @> ${tx.json(about)} and expires_at > app_now() returning 1`
  return ended.length
}

/** How many that are about something still work, and until when the last of them does. */
export async function liveOneTime(
  sql: Queryable,
  purpose: string,
  about: Record<string, Json>,
): Promise<{ live: number; until: Instant | null }> {
  const [row] = await sql<{ live: number; until: Instant | null }[]>`
    select count(*) as live, max(expires_at) as until from one_time_token
    where purpose = ${purpose} and subject @> ${sql.json(about)} and expires_at > app_now()`
  return row!
}
