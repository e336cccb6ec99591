import { type Scope, scopeCondition } from '@opora/access'
import type { CivilDate, Instant, Page } from '@opora/core'
import { decodeCursor, isoInstant, pageOf } from '@opora/core'
import { escapeLike } from '@opora/people'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { z } from 'zod'
import type { contractQuery, contractRow, contractView, versionView } from './contract.ts'
import { hoursState } from './domain/remaining.ts'
import type { SuspendedSpan } from './domain/suspension.ts'
import { type ContractTerms, type ContractVersion, chainVersions } from './domain/terms.ts'
import { openHours } from './ledger.read-model.ts'

export type ContractQuery = z.infer<typeof contractQuery>
export type ContractRow = z.infer<typeof contractRow>
export type ContractView = z.infer<typeof contractView>
export type VersionView = z.infer<typeof versionView>

interface HoursColumns {
  leftMinutes: number | null
  ofMinutes: number | null
}

/** A contract as other modules know it. */
export interface KnownContract {
  id: number
  clientId: number
  number: string
  title: string
  status: 'draft' | 'active' | 'suspended' | 'ended'
  startsOn: CivilDate
  endsOn: CivilDate | null
  zone: string
}

export async function contractById(sql: Queryable, id: number): Promise<KnownContract | null> {
  const [row] = await sql<KnownContract[]>`
    select id, client_id, number, title, status, starts_on, ends_on, zone from contract where id = ${id}`
  return row ?? null
}

/** Contracts of a client that are, were or will be in force, the newest first; drafts are left out. */
export async function contractsOfClient(sql: Queryable, clientId: number): Promise<KnownContract[]> {
  return await sql<KnownContract[]>`
    select id, client_id, number, title, status, starts_on, ends_on, zone from contract
    where client_id = ${clientId} and status <> 'draft' order by starts_on desc, id desc`
}

/** The suspended days of contract `k`, as JSON. */
export function suspensionsOf(sql: Queryable) {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('from', s.from_date, 'to', s.to_date) order by s.from_date), '[]')
    from contract_suspension s where s.contract_id = k.id and (s.to_date is null or s.to_date >= s.from_date))`
}

/** All versions of a contract with their last days, as the rules take them; the contract's own end closes the last. */
export async function versionsOf(sql: Queryable, contractId: number): Promise<ContractVersion[]> {
  const rows = await sql<
    { id: string; from: CivilDate; terms: ContractTerms; endsOn: CivilDate | null; suspended: SuspendedSpan[] }[]
  >`
    select v.id::text as id, v.valid_from as from, v.terms, k.ends_on, ${suspensionsOf(sql)} as suspended
    from contract_version v join contract k on k.id = v.contract_id where v.contract_id = ${contractId} order by v.valid_from`
  return chainVersions(
    rows.map(({ id, from, terms }) => ({ id, from, terms })),
    rows[0]?.endsOn ?? null,
    rows[0]?.suspended,
  )
}

function from(sql: Queryable) {
  return sql`contract k join client cl on cl.id = k.client_id
    cross join lateral (select (app_now() at time zone k.zone)::date as date) d
    left join lateral (${openHours(sql, sql`k.id`, sql`app_now()`)}) h on true
    left join lateral (select v.terms from contract_version v where v.contract_id = k.id
      order by v.valid_from > d.date, case when v.valid_from > d.date then v.valid_from - d.date else d.date - v.valid_from end limit 1) v on true`
}

function withHours<Row extends HoursColumns>({ leftMinutes, ofMinutes, ...row }: Row) {
  const hours =
    leftMinutes === null
      ? null
      : { state: hoursState(leftMinutes, ofMinutes ?? 0), leftMinutes, ofMinutes: ofMinutes ?? 0 }
  return { ...row, hours }
}

function columns(sql: Queryable) {
  return sql`h.left_minutes, h.of_minutes, k.id, k.client_id, cl.name as client_name, k.number, k.title, k.status, k.starts_on, k.ends_on, k.signed_on, k.letter_until,
    k.zone, v.terms ->> 'packageCode' as package_code, v.terms ->> 'calendarCode' as calendar_code,
    v.terms ->> 'slaPolicyCode' as sla_policy_code,
    case when k.status in ('draft', 'suspended', 'ended') then k.status when d.date < k.starts_on then 'upcoming'
      when k.ends_on < d.date then 'ended' else 'active' end as standing`
}

/** Contracts, the newest first, without money. */
export async function listContracts(sql: Queryable, scope: Scope, query: ContractQuery): Promise<Page<ContractRow>> {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2)
  if (query.cursor !== undefined && (typeof after?.[0] !== 'string' || typeof after[1] !== 'number')) {
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  }
  const rows = await sql<(Omit<ContractRow, 'hours'> & HoursColumns)[]>`
    select ${columns(sql)} from ${from(sql)}
    where ${scopeCondition(sql, scope, { client: sql`k.client_id` })}
      ${query.clientId ? sql`and k.client_id = ${query.clientId}` : sql``}
      ${query.status ? sql`and k.status = ${query.status}` : sql``}
      ${query.q ? sql`and (k.number || ' ' || k.title) ilike ${`%${escapeLike(query.q)}%`}` : sql``}
      ${after ? sql`and (k.starts_on, k.id) < (${after[0] as string}::date, ${after[1] as number}::bigint)` : sql``}
    order by k.starts_on desc, k.id desc limit ${query.limit + 1}`
  return pageOf(rows.map(withHours), query.limit, (row) => [row.startsOn, row.id])
}

type Card = Omit<ContractView, 'createdAt' | 'hours'> & HoursColumns & { createdAt: number }

/** A contract with the terms in force today, with money; `null` outside the scope. */
export async function contractCard(sql: Queryable, scope: Scope, id: number): Promise<ContractView | null> {
  const [row] = await sql<Card[]>`
    select ${columns(sql)}, k.letter_amount_kopecks, k.suspended_reason, ${suspensionsOf(sql)} as suspensions, k.parties, k.created_at, k.version, v.terms,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name, p.id), '[]')
        from contract_portal cp join portal p on p.id = cp.portal_id where cp.contract_id = k.id) as portals,
      (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name, c.id), '[]')
        from contract_contact cc join contact c on c.id = cc.contact_id where cc.contract_id = k.id) as contacts
    from ${from(sql)} where k.id = ${id} and ${scopeCondition(sql, scope, { client: sql`k.client_id` })}`
  return row ? { ...withHours(row), createdAt: isoInstant(row.createdAt) } : null
}

/** Every version, the newest first. */
export async function listVersions(sql: Queryable, contractId: number): Promise<VersionView[]> {
  const rows = await sql<(Omit<VersionView, 'createdAt'> & { createdAt: number })[]>`
    select v.id, v.valid_from, v.reason, a.name as by, v.created_at, v.terms
    from contract_version v left join account a on a.id = v.created_by
    where v.contract_id = ${contractId} order by v.valid_from desc`
  return rows.map((row) => ({ ...row, createdAt: isoInstant(row.createdAt) }))
}

/** Ids among the given ones that do not belong to the client. */
export async function foreignIds(
  sql: Queryable,
  table: 'portal' | 'contact',
  clientId: number,
  ids: readonly string[],
): Promise<string[]> {
  const numbers = ids.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0)
  const rows = await sql<{ id: number }[]>`
    select id from ${sql(table)} where client_id = ${clientId} and id = any(${numbers}::bigint[])`
  const own = new Set(rows.map((row) => String(row.id)))
  return ids.filter((id) => !own.has(id))
}

/** Active contracts whose grants do not reach the month of an instant yet. */
export async function contractsToGrant(sql: Queryable, at: Instant): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select id from contract where status in ('active', 'suspended')
      and (granted_through is null or granted_through < to_char(${isoInstant(at)}::timestamptz at time zone zone, 'YYYY-MM'))
    order by id`
  return rows.map((row) => row.id)
}

/** Contracts in force whose terms give a coupon and that have none of the present year. */
export async function contractsToIssueCoupon(sql: Queryable): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select k.id from contract k
    cross join lateral (select (app_now() at time zone k.zone)::date as date) d
    cross join lateral (select terms from contract_version where contract_id = k.id and valid_from <= d.date
      order by valid_from desc limit 1) v
    where k.status = 'active' and k.starts_on <= d.date and (k.ends_on is null or d.date <= k.ends_on)
      and v.terms -> 'coupon' <> 'null'::jsonb
      and not exists (select 1 from coupon c where c.contract_id = k.id and c.valid_from <= app_now() and app_now() < c.valid_until)
    order by k.id`
  return rows.map((row) => row.id)
}
