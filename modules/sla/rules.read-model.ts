import { calendarsStamp } from '@opora/contracts'
import type { Instant, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { SlaPolicyData } from './domain/policy.ts'

/** A version of a contract, as far as clocks ask: which policy and which hours, from when. */
export interface ContractRule {
  contractId: number
  from: Instant
  policyCode: string
  calendarCode: string
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
  const [row] = await sql<{ calendars: string; policies: string; contracts: [number, string][] }[]>`
    select ${calendarsStamp(sql)} as calendars,
      (select count(*) || ':' || coalesce(sum(version), 0) || ':' || coalesce(extract(epoch from max(updated_at)), 0) from sla_policy) as policies,
      (select coalesce(jsonb_agg(jsonb_build_array(c.id, c.newest)), '[]') from (
        select cl.id, coalesce((select max(v.id) from contract k join contract_version v on v.contract_id = k.id
          where k.client_id = cl.id), 0)::text as newest
        from unnest(${[...clientIds]}::bigint[]) cl(id)) c) as contracts`
  return { calendars: row!.calendars, policies: row!.policies, contracts: new Map(row!.contracts) }
}

/** All policies with all their versions. */
export async function policyRules(sql: Queryable): Promise<Map<string, PolicyRule>> {
  const rows = await sql<{ code: string; ru: string; en: string; from: Instant; spec: SlaPolicyData }[]>`
    select p.code, p.name_ru as ru, p.name_en as en, v.created_at as from, v.spec
    from sla_policy p join sla_policy_version v on v.code = p.code order by p.code, v.version`
  const found = new Map<string, PolicyRule>()
  for (const { code, ru, en, from, spec } of rows) {
    const known = found.get(code) ?? { code, name: { ru, en }, versions: [] }
    known.versions.push({ from, spec })
    found.set(code, known)
  }
  return found
}

/**
 * The versions of a client's contracts, oldest first. A version binds clocks from its first day in the contract's zone, but never
 * from before it was made: what had been promised by then stays promised.
 */
export async function contractRules(sql: Queryable, clientId: number): Promise<ContractRule[]> {
  return await sql<ContractRule[]>`
    select v.contract_id, v.terms ->> 'slaPolicyCode' as policy_code, v.terms ->> 'calendarCode' as calendar_code,
      greatest(v.valid_from::timestamp at time zone k.zone, v.created_at) as from
    from contract k join contract_version v on v.contract_id = k.id
    where k.client_id = ${clientId} order by v.contract_id, v.valid_from`
}
