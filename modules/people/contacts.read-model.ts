import { type ContactScope, type Scope, scopeCondition } from '@opora/access'
import type { Page } from '@opora/core'
import { isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import { escapeLike, readCursor } from './clients.read-model.ts'
import type { ContactStatus, ContactView, contactQuery, LicenceClass } from './contract.ts'

export type ContactQuery = z.infer<typeof contactQuery>

type ContactRow = Omit<ContactView, 'createdAt' | 'mailBadSince'> & {
  createdAt: number
  mailBadSince: number | null
  sortName: string
}

function columns(sql: Queryable) {
  return sql`ct.id, ct.client_id, c.name as client_name, ct.name, ct.email, ct.phone, ct.department, ct.position, ct.scope,
    ct.responsible, ct.portal_admin, ct.status, ct.account_id is not null as has_cabinet, ct.mail_bad_since, ct.locale,
    ct.created_at, ct.version, lower(ct.name) as sort_name`
}

function inScopeOf(sql: Queryable, scope: Scope) {
  return scopeCondition(sql, scope, {
    client: sql`ct.client_id`,
    contact: sql`ct.id`,
    department: (name) => sql`ct.department = ${name}`,
  })
}

function view({ sortName: _, ...row }: ContactRow): ContactView {
  return { ...row, createdAt: isoInstant(row.createdAt), mailBadSince: isoInstantOrNull(row.mailBadSince) }
}

export async function contactCard(sql: Queryable, scope: Scope, id: number): Promise<ContactView | null> {
  const [row] = await sql<ContactRow[]>`
    select ${columns(sql)} from contact ct join client c on c.id = ct.client_id
    where ct.id = ${id} and ${inScopeOf(sql, scope)}`
  return row ? view(row) : null
}

export async function listContacts(sql: Queryable, scope: Scope, query: ContactQuery): Promise<Page<ContactView>> {
  const after = readCursor(query.cursor)
  const words = query.q ? `%${escapeLike(query.q)}%` : null
  const rows = await sql<ContactRow[]>`
    select ${columns(sql)} from contact ct join client c on c.id = ct.client_id
    where ${inScopeOf(sql, scope)}
      ${query.clientId ? sql`and ct.client_id = ${query.clientId}` : sql``}
      ${query.status ? sql`and ct.status = ${query.status}` : sql``}
      ${words ? sql`and (ct.name || ' ' || coalesce(ct.email, '')) ilike ${words}` : sql``}
      ${after ? sql`and (lower(ct.name), ct.id) > (${after[0]}::text, ${after[1]}::bigint)` : sql``}
    order by lower(ct.name), ct.id limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.sortName, row.id])
  return { ...page, items: page.items.map(view) }
}

/** A contact as other modules know it. */
export interface KnownContact {
  id: number
  clientId: number
  clientName: string
  clientKind: 'customer' | 'prospect'
  licenceClass: LicenceClass
  name: string
  email: string | null
  status: ContactStatus
  responsible: boolean
  portalAdmin: boolean
  scope: ContactScope
  department: string | null
  locale: 'ru' | 'en'
  zone: string
  accountId: number | null
  mailBad: boolean
}

function known(sql: Queryable) {
  return sql`ct.id, ct.client_id, c.name as client_name, c.kind as client_kind, c.licence_class, ct.name, ct.email, ct.status,
    ct.responsible, ct.portal_admin, ct.scope, ct.department, ct.locale, c.zone, ct.account_id, ct.mail_bad_since is not null as mail_bad`
}

/**
 * Everybody whom an address may mean, the likeliest first: active before unconfirmed before blocked, customers before prospects.
 * One person may be a contact of several clients.
 */
export async function findContactsByEmail(sql: Queryable, email: string): Promise<KnownContact[]> {
  return await sql<KnownContact[]>`
    select ${known(sql)} from contact ct join client c on c.id = ct.client_id
    where lower(ct.email) = lower(${email}) and c.archived_at is null
    order by array_position(array['active', 'unconfirmed', 'blocked'], ct.status), c.kind = 'prospect', ct.id`
}

export async function contactById(sql: Queryable, id: number): Promise<KnownContact | null> {
  const [row] = await sql<KnownContact[]>`
    select ${known(sql)} from contact ct join client c on c.id = ct.client_id where ct.id = ${id}`
  return row ?? null
}

/** The contact behind a cabinet account; the access module makes the actor of it. */
export async function contactOfAccount(sql: Queryable, accountId: number): Promise<KnownContact | null> {
  const [row] = await sql<KnownContact[]>`
    select ${known(sql)} from contact ct join client c on c.id = ct.client_id where ct.account_id = ${accountId}`
  return row ?? null
}

/** The responsible contacts of a client who can be written to. */
export async function responsibleContacts(sql: Queryable, clientId: number): Promise<KnownContact[]> {
  return await sql<KnownContact[]>`
    select ${known(sql)} from contact ct join client c on c.id = ct.client_id
    where ct.client_id = ${clientId} and ct.responsible and ct.status = 'active' order by ct.id`
}
