import type { CalendarSpec, ProductionYear } from '@opora/calendar'
import { type CalendarKey, calendarsStamp, type PromiseTerms } from '@opora/contracts'
import type { Instant, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { SlaPolicyData } from './domain/policy.ts'

/** A version of a contract, as far as clocks ask: which policy and which hours, from when. */
export interface ContractRule {
  contractId: number
  from: Instant
  policyCode: string
  calendarCode: string
  /** What the contract itself says beside its policy; `null`: nothing. */
  promises: PromiseTerms | null
}

export interface PolicyRule {
  code: string
  name: Words
  /** Oldest first. */
  versions: { from: Instant; spec: SlaPolicyData }[]
}

/** What the cached rules are compared with: any change of what they were made of changes it. */
export interface RulesStamp {
  calendars: string
  policies: string
  /** By client, the newest version of any contract. */
  contracts: Map<number, string>
}

export async function rulesStamp(sql: Queryable, clientIds: readonly number[]): Promise<RulesStamp> {
  const [first, ...others] = clientIds
  const newest = sql`(select max(v.id) from contract k join contract_version v on v.contract_id = k.id where k.client_id = ${first ?? 0})`
  const [row] = await sql<{ calendars: string; policies: string; newest: number | null }[]>`
    select ${calendarsStamp(sql)} as calendars, ${newest} as newest,
      (select count(*) || ':' || coalesce(sum(version), 0) || ':' || coalesce(max(updated_at)::text, '') from sla_policy) as policies`
  const { calendars, policies } = row!
  const contracts = new Map(clientIds.map((id) => [id, '0']))
  if (first !== undefined) contracts.set(first, String(row!.newest ?? 0))
  // one client is what every request asks about: its query has a plan of its own, which needs no array
  for (const one of others.length === 0 ? [] : await newestVersions(sql, others))
    contracts.set(one.id, String(one.newest))
  return { calendars, policies, contracts }
}

async function newestVersions(sql: Queryable, clientIds: readonly number[]): Promise<{ id: number; newest: number }[]> {
  return await sql<{ id: number; newest: number }[]>`
    select k.client_id as id, max(v.id) as newest from contract k join contract_version v on v.contract_id = k.id
    where k.client_id = any(${[...clientIds]}::bigint[]) group by k.client_id`
}

/** All policies with all their versions. */
export async function policyRules(sql: Queryable): Promise<Map<string, PolicyRule>> {
  const rows = await sql<{ code: string; ru: string; en: string; from: Instant; spec: SlaPolicyData }[]>`
    select p.code, p.name_ru as ru, p.name_en as en, v.valid_from as from, v.spec
    from sla_policy p join sla_policy_version v on v.code = p.code order by p.code, v.valid_from, v.version`
  const found = new Map<string, PolicyRule>()
  for (const { code, ru, en, from, spec } of rows) {
    const known = found.get(code) ?? { code, name: { ru, en }, versions: [] }
    known.versions.push({ from, spec })
    found.set(code, known)
  }
  return found
}

/**
 * The versions of clients' contracts, oldest first. A version binds clocks from its first day in the contract's zone, but never
 * from before it was made: what had been promised by then stays promised.
 */
export async function contractRules(
  sql: Queryable,
  clientIds: readonly number[],
): Promise<Map<number, ContractRule[]>> {
  const rows = await sql<(ContractRule & { clientId: number })[]>`
    select k.client_id, v.contract_id, v.terms ->> 'slaPolicyCode' as policy_code, v.terms ->> 'calendarCode' as calendar_code,
      v.terms -> 'promises' as promises, greatest(v.valid_from::timestamp at time zone k.zone, v.created_at) as from
    from contract k join contract_version v on v.contract_id = k.id
    where k.client_id = any(${[...clientIds]}::bigint[]) order by v.contract_id, v.valid_from`
  const found = new Map<number, ContractRule[]>(clientIds.map((id) => [id, []]))
  for (const { clientId, ...rule } of rows) found.get(clientId)!.push(rule)
  return found
}

/** Every version of every calendar as data, by its key, and the production years that are loaded. */
export interface CalendarSpecs {
  calendars: { key: CalendarKey; spec: CalendarSpec }[]
  years: ProductionYear[]
}

export async function calendarSpecs(sql: Queryable): Promise<CalendarSpecs> {
  const [calendars, years] = await Promise.all([
    sql<{ key: CalendarKey; spec: CalendarSpec }[]>`select code || '@' || version as key, spec from calendar_version`,
    sql<{ data: ProductionYear }[]>`select data from production_year where country = 'RU' order by year`,
  ])
  return { calendars: [...calendars], years: years.map((row) => row.data) }
}

export interface PolicyVersionRow {
  version: number
  from: Instant
  writtenAt: Instant
  author: string | null
  spec: SlaPolicyData
}

/** The versions of a policy, the newest first; empty for an unknown code. */
export async function policyVersions(sql: Queryable, code: string): Promise<PolicyVersionRow[]> {
  return await sql<PolicyVersionRow[]>`
    select v.version, v.valid_from as from, v.created_at as written_at, a.name as author, v.spec
    from sla_policy_version v left join account a on a.id = v.actor_id where v.code = ${code} order by v.version desc`
}
