import { type Role, type Scope, scopeCondition, servesClient } from '@opora/access'
import type { Page } from '@opora/core'
import { decodeCursor, isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { z } from 'zod'
import type { ClientView, clientQuery, clientRow, companyView, LicenceClass, servingStaff } from './contract.ts'

export type ClientRow = z.infer<typeof clientRow>
export type ClientQuery = z.infer<typeof clientQuery>
export type CompanyView = z.infer<typeof companyView>
export type ServingStaff = z.infer<typeof servingStaff>['items'][number]

interface CardRow extends Omit<ClientView, 'archivedAt' | 'createdAt' | 'accountManager'> {
  archivedAt: number | null
  createdAt: number
  managerId: number | null
  managerName: string | null
}

/** The card of a client inside the scope, or `null`. */
export async function clientCard(sql: Queryable, scope: Scope, id: number): Promise<ClientView | null> {
  const [row] = await sql<CardRow[]>`
    select c.id, c.name, c.kind, c.legal_name, c.legal_address, c.inn, c.kpp, c.ogrn, c.bank_name, c.bik, c.settlement_account,
      c.corr_account, c.zone, c.locale, c.mail_domains, c.licence_class, c.notes, c.archived_at, c.created_at, c.version,
      m.id as manager_id, m.name as manager_name, n.contacts
    from client c left join account m on m.id = c.account_manager_id
    cross join lateral (
      select jsonb_build_object('active', count(*) filter (where status = 'active'),
        'unconfirmed', count(*) filter (where status = 'unconfirmed'), 'blocked', count(*) filter (where status = 'blocked'),
        'withCabinet', count(*) filter (where account_id is not null)) as contacts
      from contact where client_id = c.id) n
    where c.id = ${id} and ${scopeCondition(sql, scope, { client: sql`c.id` })}`
  if (!row) return null
  const { managerId, managerName, ...card } = row
  return {
    ...card,
    accountManager: managerId === null ? null : { id: managerId, name: managerName ?? '' },
    archivedAt: isoInstantOrNull(card.archivedAt),
    createdAt: isoInstant(card.createdAt),
  }
}

/** Clients by name; `q` looks into names, legal names and the INN. */
export async function listClients(sql: Queryable, scope: Scope, query: ClientQuery): Promise<Page<ClientRow>> {
  const after = readCursor(query.cursor)
  const rows = await sql<(Omit<ClientRow, 'accountManager'> & Manager & { sortName: string })[]>`
    select c.id, c.name, c.kind, c.inn, c.licence_class, c.archived_at is not null as archived, lower(c.name) as sort_name,
      m.id as manager_id, m.name as manager_name,
      (select count(*) from contact where client_id = c.id) as contacts_count
    from client c left join account m on m.id = c.account_manager_id
    where ${scopeCondition(sql, scope, { client: sql`c.id` })}
      and ${query.archived === 'true' ? sql`c.archived_at is not null` : sql`c.archived_at is null`}
      ${query.kind ? sql`and c.kind = ${query.kind}` : sql``}
      ${query.q ? sql`and (c.name || ' ' || coalesce(c.legal_name, '') || ' ' || coalesce(c.inn, '')) ilike ${`%${escapeLike(query.q)}%`}` : sql``}
      ${after ? sql`and (lower(c.name), c.id) > (${after[0]}::text, ${after[1]}::bigint)` : sql``}
    order by lower(c.name), c.id limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.sortName, row.id])
  return {
    ...page,
    items: page.items.map(({ managerId, managerName, sortName: _, ...row }) => ({
      ...row,
      accountManager: managerId === null ? null : { id: managerId, name: managerName ?? '' },
    })),
  }
}

interface Manager {
  managerId: number | null
  managerName: string | null
}

/** The text with the wildcards of LIKE taken literally. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** The last row's sort name and id; refuses a cursor that is not ours. */
export function readCursor(cursor: string | undefined): [string, number] | null {
  if (cursor === undefined) return null
  const [name, id] = decodeCursor(cursor, 2) ?? []
  if (typeof name !== 'string' || !Number.isSafeInteger(id)) throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  return [name, id as number]
}

/** Who of the provider serves a client: those who serve everybody and those named for it. */
export async function staffServing(sql: Queryable, clientId: number): Promise<ServingStaff[]> {
  return await sql<ServingStaff[]>`
    select a.id, a.name, a.serves, c.account_manager_id is not distinct from a.id as account_manager,
      (select coalesce(array_agg(r.role order by r.role), '{}') from account_role r where r.account_id = a.id) as roles
    from account a join client c on c.id = ${clientId}
    where a.side = 'staff' and a.active
      and ${servesClient(sql, sql`c.id`)}
    order by account_manager desc, a.name, a.id`
}

export async function companyOf(sql: Queryable, scope: Scope, clientId: number): Promise<CompanyView | null> {
  const [row] = await sql<(Omit<CompanyView, 'accountManager'> & { managerName: string | null })[]>`
    select c.id, c.name, c.legal_name, c.inn, c.kpp, c.zone, m.name as manager_name
    from client c left join account m on m.id = c.account_manager_id
    where c.id = ${clientId} and ${scopeCondition(sql, scope, { client: sql`c.id` })}`
  if (!row) return null
  const { managerName, ...company } = row
  return { ...company, accountManager: managerName === null ? null : { name: managerName } }
}

export interface ClientFacts {
  id: number
  name: string
  kind: 'customer' | 'prospect'
  zone: string
  locale: 'ru' | 'en'
  licenceClass: LicenceClass
  accountManagerId: number | null
  archived: boolean
}

/** What other modules ask about a client, without any scope: for work that the system does. */
export async function clientFacts(sql: Queryable, clientId: number): Promise<ClientFacts | null> {
  const [row] = await sql<ClientFacts[]>`
    select id, name, kind, zone, locale, licence_class, account_manager_id, archived_at is not null as archived
    from client where id = ${clientId}`
  return row ?? null
}

/** The client that owns a mail domain, for senders whom nobody knows by address. */
export async function findClientByDomain(sql: Queryable, domain: string): Promise<ClientFacts | null> {
  const [row] = await sql<ClientFacts[]>`
    select id, name, kind, zone, locale, licence_class, account_manager_id, false as archived
    from client where mail_domains @> array[${domain.toLowerCase()}]::text[] and archived_at is null
    order by id limit 1`
  return row ?? null
}

export async function domainOwners(
  sql: Queryable,
  domains: readonly string[],
): Promise<{ id: number; domain: string }[]> {
  return await sql<{ id: number; domain: string }[]>`
    select c.id, d as domain from client c, unnest(c.mail_domains) d
    where c.mail_domains && ${[...domains]}::text[] and d = any(${[...domains]}::text[]) and c.archived_at is null`
}

export async function activeStaff(sql: Queryable, accountIds: readonly number[]): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select id from account where id = any(${[...accountIds]}::bigint[]) and side = 'staff' and active`
  return rows.map((row) => row.id)
}

/** Which clients a person of the provider serves; `null` means all. */
export async function servedClientIds(sql: Queryable, accountId: number): Promise<number[] | null> {
  const [row] = await sql<{ serves: 'all' | 'listed'; ids: number[] }[]>`
    select a.serves, coalesce((select array_agg(client_id order by client_id) from account_client where account_id = a.id), '{}') as ids
    from account a where a.id = ${accountId}`
  if (!row) return []
  return row.serves === 'all' ? null : row.ids
}

/** How many active people of the provider hold a role: a duty for two is marked "alone" where there is only one. */
export async function countWithRole(sql: Queryable, role: Role): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from account_role r join account a on a.id = r.account_id
    where r.role = ${role} and a.active and a.side = 'staff'`
  return row!.count
}
