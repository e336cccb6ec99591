import type { Instant, Locale } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { AccessSettings } from './access.config.ts'
import type { Actor, ContactScope } from './domain/actor.ts'
import type { Role } from './domain/roles.ts'

type Fragment = ReturnType<Queryable>

/** What is known of a person who may sign in, in one row. */
export interface PersonRow {
  accountId: number
  side: 'staff' | 'client' | 'partner'
  name: string
  email: string
  locale: Locale
  zone: string
  serves: 'all' | 'listed'
  totpOn: boolean
  brokeGlass: boolean
  demo: boolean
  roles: Role[]
  clientIds: number[]
  contactId: number | null
  contactClientId: number | null
  contactScope: ContactScope | null
  department: string | null
  responsible: boolean | null
  portalAdmin: boolean | null
}

export interface SessionRow extends PersonRow {
  sessionId: number
  secondFactor: boolean
  /** Age of the last confirmation by password, ms. */
  confirmedAgeMs: number
  /** Age of the last mark of use, ms. */
  seenAgeMs: number
}

export interface TokenRow extends PersonRow {
  tokenId: number
  secretHash: Uint8Array
  scopes: string[]
  networks: string[]
  secondFactor: boolean
  usedAgeMs: number | null
}

export interface CredentialRow extends PersonRow {
  passwordHash: string | null
}

const person = (sql: Queryable): Fragment => sql`
  a.id as account_id, a.side, a.name, a.email, a.locale, a.zone, a.serves, a.totp_on, i.demo,
  exists (select 1 from broken_glass bg where bg.account_id = a.id and bg.ends_at > app_now()) as broke_glass,
  array(select r.role from account_role r where r.account_id = a.id order by r.role) as roles,
  array(select ac.client_id from account_client ac where ac.account_id = a.id order by ac.client_id) as client_ids,
  c.id as contact_id, c.client_id as contact_client_id, c.scope as contact_scope, c.department, c.responsible, c.portal_admin`

const joins = (sql: Queryable): Fragment => sql`
  left join contact c on c.account_id = a.id left join client cl on cl.id = c.client_id cross join installation i`

/** A contact who may come in: one whom the client stands for, or somebody unknown who is alone with their own questions. */
const admitted = (sql: Queryable): Fragment => sql`
  cl.archived_at is null and (c.status = 'active' or (c.status = 'unconfirmed' and cl.kind = 'prospect'))`

/** May this person come in at all: not switched off, and of the client's side an admitted contact. */
const welcome = (sql: Queryable): Fragment => sql`
  a.active and (a.side <> 'client' or (c.id is not null and ${admitted(sql)}))`

/** A session that still holds, by the hash of its token or by its number. */
export async function findSession(
  sql: Queryable,
  by: { tokenHash: Buffer } | { sessionId: number },
  settings: AccessSettings,
): Promise<SessionRow | undefined> {
  const wanted = 'tokenHash' in by ? sql`s.token_hash = ${by.tokenHash}` : sql`s.id = ${by.sessionId}`
  const idle = sql`case a.side when 'client' then ${settings.clientIdleMs}::float8 else ${settings.staffIdleMs}::float8 end`
  const [row] = await sql<SessionRow[]>`
    select s.id as session_id, s.second_factor, ${ageMs(sql, sql`s.confirmed_at`)} as confirmed_age_ms, ${ageMs(sql, sql`s.seen_at`)} as seen_age_ms,
      ${person(sql)}
    from session s join account a on a.id = s.account_id ${joins(sql)}
    where ${wanted} and s.revoked_at is null and s.expires_at > app_now()
      and s.seen_at > app_now() - ${idle} * interval '1 millisecond' and ${welcome(sql)}`
  return row
}

export async function findToken(sql: Queryable, tokenId: number): Promise<TokenRow | undefined> {
  const [row] = await sql<TokenRow[]>`
    select t.id as token_id, t.secret_hash, t.scopes, t.networks, t.second_factor, ${ageMs(sql, sql`t.last_used_at`)} as used_age_ms, ${person(sql)}
    from api_token t join account a on a.id = t.account_id ${joins(sql)}
    where t.id = ${tokenId} and t.revoked_at is null and t.expires_at > app_now() and ${welcome(sql)}`
  return row
}

const ageMs = (sql: Queryable, moment: Fragment): Fragment =>
  sql`(extract(epoch from app_now() - ${moment}) * 1000)::float8`

/** As little as tells whether a password is right, so that an address that is known costs no more than one that is not. */
export async function findPassword(
  sql: Queryable,
  email: string,
): Promise<{ accountId: number; passwordHash: string | null } | undefined> {
  const [row] = await sql<{ accountId: number; passwordHash: string | null }[]>`
    select id as account_id, password_hash from account where lower(email) = lower(${email})`
  return row
}

export async function findByEmail(sql: Queryable, email: string): Promise<CredentialRow | undefined> {
  const [row] = await sql<CredentialRow[]>`
    select a.password_hash, ${person(sql)} from account a ${joins(sql)} where lower(a.email) = lower(${email}) and ${welcome(sql)}`
  return row
}

/** The account of an address, whoever's it is, switched off or not. */
export async function findAddressee(
  sql: Queryable,
  email: string,
): Promise<
  { id: number; side: string; active: boolean; email: string; name: string; locale: Locale; zone: string } | undefined
> {
  const [row] = await sql<
    { id: number; side: string; active: boolean; email: string; name: string; locale: Locale; zone: string }[]
  >`select id, side, active, email, name, locale, zone from account where lower(email) = lower(${email})`
  return row
}

export async function findPerson(sql: Queryable, accountId: number): Promise<CredentialRow | undefined> {
  const [row] = await sql<CredentialRow[]>`
    select a.password_hash, ${person(sql)} from account a ${joins(sql)} where a.id = ${accountId} and ${welcome(sql)}`
  return row
}

export interface ContactToEnter {
  id: number
  accountId: number | null
  email: string | null
  name: string
  locale: Locale
  zone: string
}

/** A contact who may come in and has no account yet; of several with one address, the likeliest. */
export async function findContactByEmail(sql: Queryable, email: string): Promise<ContactToEnter | undefined> {
  const [row] = await sql<ContactToEnter[]>`
    select c.id, c.account_id, c.email, c.name, c.locale, cl.zone from contact c join client cl on cl.id = c.client_id
    where lower(c.email) = lower(${email}) and c.account_id is null and ${admitted(sql)}
      and not exists (select 1 from account a where lower(a.email) = lower(c.email))
    order by c.status, cl.kind, c.responsible desc, c.id limit 1`
  return row
}

/** A contact who may come in, held until the transaction ends, so that two links opened at once make one account. */
export async function findContactToEnter(tx: Tx, contactId: number): Promise<ContactToEnter | undefined> {
  const [row] = await tx<ContactToEnter[]>`
    select c.id, c.account_id, c.email, c.name, c.locale, cl.zone from contact c join client cl on cl.id = c.client_id
    where c.id = ${contactId} and ${admitted(tx)} for update of c`
  return row
}

/** How somebody came in, as far as it bears on their rights. */
export interface Entrance {
  key: string
  sessionId: number | null
  tokenScopes: readonly string[] | null
  secondFactor: boolean
  fresh: boolean
}

export function actorOfPerson(row: PersonRow, entrance: Entrance): Actor {
  const contact =
    row.contactId === null || row.contactClientId === null
      ? null
      : {
          id: row.contactId,
          clientId: row.contactClientId,
          scope: row.contactScope ?? 'own',
          department: row.department,
          responsible: row.responsible === true,
          portalAdmin: row.portalAdmin === true,
        }
  return {
    key: entrance.key,
    side: row.side,
    accountId: row.accountId,
    name: row.name,
    email: row.email,
    roles: row.roles,
    locale: row.locale,
    zone: row.zone,
    clientIds: row.side === 'staff' && row.serves === 'all' ? null : row.clientIds,
    contact: row.side === 'client' ? contact : null,
    tokenScopes: entrance.tokenScopes,
    sessionId: entrance.sessionId,
    fresh: entrance.fresh,
    secondFactor: entrance.secondFactor || row.demo,
    brokeGlass: row.brokeGlass,
    ip: null,
    requestId: null,
    scope: databaseScope(row),
  }
}

function databaseScope(row: PersonRow): Actor['scope'] {
  if (row.side === 'staff') return { as: 'staff' }
  if (row.side === 'partner') return { as: 'partner', accountId: row.accountId }
  return { as: 'client', clientId: row.contactClientId ?? 0, accountId: row.accountId }
}

export interface OwnSession {
  id: number
  createdAt: Instant
  seenAt: Instant
  ip: string | null
  userAgent: string | null
}

/** Where this person is signed in now, newest first. */
export async function listSessions(sql: Queryable, accountId: number): Promise<OwnSession[]> {
  return sql<OwnSession[]>`
    select id, created_at, seen_at, ip, user_agent from session
    where account_id = ${accountId} and revoked_at is null and expires_at > app_now() order by seen_at desc, id desc limit 100`
}

export interface OwnToken {
  id: number
  name: string
  scopes: string[]
  networks: string[]
  createdAt: Instant
  expiresAt: Instant
  lastUsedAt: Instant | null
}

export async function listTokens(sql: Queryable, accountId: number): Promise<OwnToken[]> {
  return sql<OwnToken[]>`
    select id, name, scopes, networks, created_at, expires_at, last_used_at from api_token
    where account_id = ${accountId} and revoked_at is null and expires_at > app_now() order by id desc limit 100`
}
