import { decodeCursor, type Instant, type Locale, type Page, pageOf } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { Role } from './domain/roles.ts'

export interface StaffRow {
  id: number
  side: 'staff' | 'partner'
  name: string
  email: string
  roles: Role[]
  specialities: string[]
  grade: string | null
  active: boolean
}

export interface StaffCardRow extends StaffRow {
  locale: Locale
  zone: string
  serves: 'all' | 'listed'
  clientIds: number[]
  secondFactorOn: boolean
  joined: boolean
  lastSeenAt: Instant | null
  createdAt: Instant
  version: number
}

export interface StaffFilter {
  q?: string | undefined
  role?: Role | undefined
  active?: boolean | undefined
  limit: number
  cursor?: string | undefined
}

const brief = (sql: Queryable) => sql`
  a.id, a.side, a.name, a.email, a.specialities, a.grade, a.active,
  array(select r.role from account_role r where r.account_id = a.id order by r.role) as roles`

/** People of the provider and of partners, by name. */
export async function listStaff(sql: Queryable, filter: StaffFilter): Promise<Page<StaffRow>> {
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor, 2)
  if (filter.cursor !== undefined && (typeof after?.[0] !== 'string' || typeof after[1] !== 'number'))
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  const words = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
  const rows = await sql<StaffRow[]>`
    select ${brief(sql)} from account a
    where a.side in ('staff', 'partner')
      ${words === null ? sql`` : sql`and (a.name ilike ${words} or a.email ilike ${words})`}
      ${filter.active === undefined ? sql`` : sql`and a.active = ${filter.active}`}
      ${filter.role === undefined ? sql`` : sql`and exists (select 1 from account_role r where r.account_id = a.id and r.role = ${filter.role})`}
      ${after === null ? sql`` : sql`and (a.name, a.id) > (${String(after[0])}, ${Number(after[1])}::bigint)`}
    order by a.name, a.id limit ${filter.limit + 1}`
  return pageOf([...rows], filter.limit, (row) => [row.name, row.id])
}

export async function findStaff(sql: Queryable, id: number): Promise<StaffCardRow | undefined> {
  const [row] = await sql<StaffCardRow[]>`
    select ${brief(sql)}, a.locale, a.zone, a.serves, a.totp_on as second_factor_on, a.password_hash is not null as joined, a.created_at, a.version,
      array(select ac.client_id from account_client ac where ac.account_id = a.id order by ac.client_id) as client_ids,
      (select max(s.seen_at) from session s where s.account_id = a.id) as last_seen_at
    from account a where a.id = ${id} and a.side in ('staff', 'partner')`
  return row
}
