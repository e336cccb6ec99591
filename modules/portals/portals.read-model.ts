import { type Scope, scopeCondition } from '@opora/access'
import type { Page } from '@opora/core'
import { civilDateIn, decodeCursor, isoInstant, isoInstantOrNull, pageOf } from '@opora/core'
import { escapeLike, readCursor } from '@opora/people'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { z } from 'zod'
import type { FactView, factQuery, PortalView, ProductView, portalQuery } from './contract.ts'
import { licenceState } from './domain/licence.ts'

export type PortalQuery = z.infer<typeof portalQuery>
export type FactQuery = z.infer<typeof factQuery>

type Row = Omit<PortalView, 'licenceState' | 'archivedAt' | 'createdAt' | 'adminContact' | 'product'> & {
  productCode: string
  nameRu: string
  nameEn: string
  hosting: ProductView['hosting']
  zone: string
  now: number
  adminId: number | null
  adminName: string | null
  archivedAt: number | null
  createdAt: number
  sortName: string
}

function columns(sql: Queryable) {
  return sql`p.id, p.client_id, c.name as client_name, c.zone, p.name, p.address, d.code as product_code, d.name_ru, d.name_en, d.hosting,
    p.edition, p.environment, p.licence_activated_on, p.licence_until, p.product_version, p.admin_contact_id as admin_id,
    a.name as admin_name, p.notes, p.archived_at, p.created_at, p.version, app_now() as now, lower(p.name) as sort_name`
}

function from(sql: Queryable) {
  return sql`portal p join client c on c.id = p.client_id join portal_product d on d.code = p.product
    left join contact a on a.id = p.admin_contact_id`
}

function view(row: Row): PortalView {
  const { productCode, nameRu, nameEn, hosting, zone, now, adminId, adminName, sortName: _, ...portal } = row
  return {
    ...portal,
    product: { code: productCode, nameRu, nameEn, hosting },
    licenceState: licenceState(portal.licenceUntil, civilDateIn(zone, now)),
    adminContact: adminId === null ? null : { id: adminId, name: adminName ?? '' },
    archivedAt: isoInstantOrNull(portal.archivedAt),
    createdAt: isoInstant(portal.createdAt),
  }
}

export async function portalCard(sql: Queryable, scope: Scope, id: number): Promise<PortalView | null> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)} from ${from(sql)}
    where p.id = ${id} and ${scopeCondition(sql, scope, { client: sql`p.client_id` })}`
  return row ? view(row) : null
}

/** Portals by name; `q` looks into names and addresses. */
export async function listPortals(sql: Queryable, scope: Scope, query: PortalQuery): Promise<Page<PortalView>> {
  const after = readCursor(query.cursor)
  const rows = await sql<Row[]>`
    select ${columns(sql)} from ${from(sql)}
    where ${scopeCondition(sql, scope, { client: sql`p.client_id` })}
      and ${query.archived === 'true' ? sql`p.archived_at is not null` : sql`p.archived_at is null`}
      ${query.clientId ? sql`and p.client_id = ${query.clientId}` : sql``}
      ${query.product ? sql`and p.product = ${query.product}` : sql``}
      ${query.q ? sql`and (p.name || ' ' || p.address) ilike ${`%${escapeLike(query.q)}%`}` : sql``}
      ${after ? sql`and (lower(p.name), p.id) > (${after[0]}::text, ${after[1]}::bigint)` : sql``}
    order by lower(p.name), p.id limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.sortName, row.id])
  return { ...page, items: page.items.map(view) }
}

export async function listProducts(sql: Queryable): Promise<ProductView[]> {
  return await sql<ProductView[]>`select code, name_ru, name_en, hosting from portal_product order by code`
}

type FactRow = Omit<FactView, 'measuredAt'> & { measuredAt: number }

function factView(row: FactRow): FactView {
  return { ...row, measuredAt: isoInstant(row.measuredAt) }
}

/** The newest value of each fact of a portal. */
export async function latestFacts(sql: Queryable, portalId: number): Promise<FactView[]> {
  const rows = await sql<FactRow[]>`
    select f.id, f.name, f.value, f.measured_at, f.source, a.name as by
    from (select distinct on (name) * from portal_fact where portal_id = ${portalId} order by name, measured_at desc, id desc) f
    left join account a on a.id = f.actor_id order by f.name`
  return rows.map(factView)
}

/** Every value that a fact has had, the newest first. */
export async function factHistory(
  sql: Queryable,
  portalId: number,
  name: string,
  query: FactQuery,
): Promise<Page<FactView>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2)
  if (query.cursor !== undefined && !after?.every((value) => typeof value === 'number')) {
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  }
  const rows = await sql<FactRow[]>`
    select f.id, f.name, f.value, f.measured_at, f.source, a.name as by
    from portal_fact f left join account a on a.id = f.actor_id
    where f.portal_id = ${portalId} and f.name = ${name}
      ${after ? sql`and (f.measured_at, f.id) < (${new Date(after[0] as number).toISOString()}::timestamptz, ${after[1] as number}::bigint)` : sql``}
    order by f.measured_at desc, f.id desc limit ${query.limit + 1}`
  const page = pageOf(rows, query.limit, (row) => [row.measuredAt, row.id])
  return { ...page, items: page.items.map(factView) }
}

/** A portal as other modules know it. */
export interface KnownPortal {
  id: number
  clientId: number
  name: string
  address: string
  product: string
  hosting: ProductView['hosting']
  licenceActivatedOn: string | null
  licenceUntil: string | null
  adminContactId: number | null
}

export async function portalsOfClient(sql: Queryable, clientId: number): Promise<KnownPortal[]> {
  return await sql<KnownPortal[]>`
    select p.id, p.client_id, p.name, p.address, p.product, d.hosting, p.licence_activated_on, p.licence_until, p.admin_contact_id
    from portal p join portal_product d on d.code = p.product
    where p.client_id = ${clientId} and p.archived_at is null order by p.id`
}

export async function portalById(sql: Queryable, id: number): Promise<KnownPortal | null> {
  const [row] = await sql<KnownPortal[]>`
    select p.id, p.client_id, p.name, p.address, p.product, d.hosting, p.licence_activated_on, p.licence_until, p.admin_contact_id
    from portal p join portal_product d on d.code = p.product where p.id = ${id}`
  return row ?? null
}
