import { type Scope, scopeCondition } from '@opora/access'
import { openHours } from '@opora/contracts'
import type { CivilDate, CivilMonth, Locale } from '@opora/core'
import { costRateSpans } from '@opora/people'
import type { Queryable } from '@opora/platform/database'
import { type BilledMonth, budgetAgainstFact, monthsOver, type PlanLine } from './domain/budget.ts'
import { exhaustionDate } from './domain/exhaustion.ts'
import {
  type ContractFacts,
  PACE_DAYS,
  type Risk,
  type RiskCode,
  risksOf,
  ruleInWords,
  weightOf,
} from './domain/risks.ts'
import type { ContractAtRisk, RiskRuleView } from './risks.contract.ts'

/** What a contract earned and cost in the last months that are over. */
export type Margins = ReadonlyMap<number, { revenueKopecks: number; costKopecks: number }>

/** Months by which a margin is judged: one says too little. */
const MARGIN_MONTHS = 3
// A contract that ended is still asked about for so long.
const ENDED_DAYS = 30
// More contracts than this are no list that somebody reads; the work of finding risks stays bounded.
const CONTRACTS_MAX = 5_000

interface FoundContract {
  id: number
  number: string
  title: string
  clientId: number
  clientName: string
  endsOn: CivilDate | null
  signed: boolean
  letterUntil: CivilDate | null
  today: CivilDate
  followed: boolean
  leftMinutes: number | null
  ofMinutes: number | null
  periodEndsOn: CivilDate | null
  drawnMinutes: number
  overMinutes: number
  overKopecks: number
}

export interface JudgedContract {
  contract: FoundContract
  risks: Risk[]
  runOutOn: CivilDate | null
  weight: number
}

export interface StoredRule {
  code: RiskCode
  enabled: boolean
  threshold: number
  unit: 'days' | 'percent'
  ofCost: boolean
  version: number
}

export async function riskRules(sql: Queryable): Promise<StoredRule[]> {
  return await sql<
    StoredRule[]
  >`select code, enabled, threshold, unit, of_cost, version from risk_rule order by position`
}

export function presentRule({ ofCost: _cost, ...rule }: StoredRule, locale: Locale): RiskRuleView {
  return { ...rule, sentence: ruleInWords(rule.code, rule.threshold)[locale] }
}

async function contractsInForce(sql: Queryable, scope: Scope, clientId: number | undefined): Promise<FoundContract[]> {
  return await sql<FoundContract[]>`
    select k.id, k.number, k.title, k.client_id, cl.name as client_name, k.ends_on, k.signed_on is not null as signed, k.letter_until,
      d.date as today,
      k.ends_on is not null and exists (select 1 from contract n where n.client_id = k.client_id and n.id <> k.id
        and n.status in ('draft', 'active') and n.starts_on > k.starts_on and coalesce(n.ends_on, 'infinity') > k.ends_on) as followed,
      h.left_minutes, h.of_minutes,
      (select (max(b.last_instant) at time zone k.zone)::date from bucket b
        where b.contract_id = k.id and b.starts_at <= app_now() and b.last_instant >= app_now()
          and not exists (select 1 from bucket o where o.contract_id = k.id and o.last_instant is null and o.balance_minutes > 0)) as period_ends_on,
      coalesce((select -sum(e.minutes) from ledger_entry e left join ledger_entry o on o.key = e.reverses_key
        where e.contract_id = k.id and e.bucket_id is not null and (e.kind = 'draw' or o.kind = 'draw')
          and e.effective_at > app_now() - make_interval(days => ${PACE_DAYS}) and e.effective_at <= app_now()), 0)::bigint as drawn_minutes,
      over.minutes as over_minutes, over.kopecks as over_kopecks
    from contract k join client cl on cl.id = k.client_id
      cross join lateral (select (app_now() at time zone k.zone)::date as date) d
      left join lateral (${openHours(sql, sql`k.id`, sql`app_now()`)}) h on true
      cross join lateral (select coalesce(sum(e.minutes), 0)::bigint as minutes, coalesce(sum(e.amount_kopecks), 0)::bigint as kopecks
        from ledger_entry e where e.contract_id = k.id and e.bucket_id is null and e.period = to_char(d.date, 'YYYY-MM')
          and e.charge ->> 'kind' = 'postpaid') over
    where k.status in ('active', 'suspended') and k.starts_on <= d.date and (k.ends_on is null or k.ends_on >= d.date - ${ENDED_DAYS}::int)
      and ${scopeCondition(sql, scope, { client: sql`k.client_id` })}
      ${clientId ? sql`and k.client_id = ${clientId}` : sql``}
    order by k.id limit ${CONTRACTS_MAX}`
}

interface ClientYear {
  clientId: number
  lines: PlanLine[]
  billed: BilledMonth[]
}

/** Plans of the year with what was billed in its months that are over. */
async function budgetsOf(sql: Queryable, clientIds: readonly number[], year: number): Promise<Map<number, ClientYear>> {
  const rows = await sql<ClientYear[]>`
    select p.client_id, p.lines, coalesce((
      select jsonb_agg(jsonb_build_object('category', '', 'month', x.month, 'kopecks', x.kopecks))
      from (select substr(r.period, 6)::int as month, sum(r.gross_kopecks) as kopecks from revenue_line r
        where r.client_id = p.client_id and r.period between ${`${year}-01`} and ${`${year}-12`} group by 1) x), '[]') as billed
    from (select distinct on (client_id) client_id, lines from budget_plan
      where client_id = any(${[...clientIds]}::bigint[]) and year = ${year} order by client_id, version desc) p`
  return new Map(rows.map((row) => [row.clientId, row]))
}

/** Revenue and cost by contract over the last months that are over. For who may see cost alone. */
export async function recentMargins(sql: Queryable): Promise<Margins> {
  const rows = await sql<{ contractId: number; revenueKopecks: number; costKopecks: number }[]>`
    with span as (
      select to_char(date_trunc('month', app_now()) - make_interval(months => ${MARGIN_MONTHS}), 'YYYY-MM') as first,
        to_char(date_trunc('month', app_now()) - interval '1 month', 'YYYY-MM') as last),
    revenue as (
      select r.contract_id, sum(r.net_kopecks) as kopecks from revenue_line r, span
      where r.period between span.first and span.last group by 1),
    cost as (
      select e.contract_id, sum(round(e.minutes * rate.per_hour / 60.0)) as kopecks
      from span cross join installation i cross join time_entry e join ${costRateSpans(sql)} rate on rate.account_id = e.account_id
        and (e.started_at at time zone i.company_zone)::date >= rate.valid_from and (e.started_at at time zone i.company_zone)::date < rate.until
      where e.period between span.first and span.last and e.contract_id is not null group by 1)
    select contract_id, coalesce(revenue.kopecks, 0)::bigint as revenue_kopecks, coalesce(cost.kopecks, 0)::bigint as cost_kopecks
    from revenue full join cost using (contract_id)`
  return new Map(rows.map(({ contractId, ...sums }) => [contractId, sums]))
}

/** Every contract in force that breaks a rule, the most urgent first. `margins` null: what it costs is not judged nor told. */
export async function contractsAtRisk(
  sql: Queryable,
  given: { scope: Scope; margins: Margins | null; clientId?: number | undefined },
): Promise<JudgedContract[]> {
  const rules = (await riskRules(sql)).filter((rule) => given.margins !== null || !rule.ofCost)
  const found = await contractsInForce(sql, given.scope, given.clientId)
  const year = Number(found[0]?.today.slice(0, 4) ?? 0)
  const budgets = await budgetsOf(sql, [...new Set(found.map(({ clientId }) => clientId))], year)
  return found
    .map((contract) => judged(contract, rules, budgets.get(contract.clientId) ?? null, given.margins))
    .filter(({ risks }) => risks.length > 0)
    .toSorted((a, b) => b.weight - a.weight || b.contract.id - a.contract.id)
}

function judged(
  contract: FoundContract,
  rules: readonly StoredRule[],
  year: ClientYear | null,
  margins: Margins | null,
): JudgedContract {
  const { today, leftMinutes, ofMinutes, drawnMinutes } = contract
  const hours = leftMinutes === null ? null : { ...contract, leftMinutes, ofMinutes: ofMinutes ?? 0 }
  const facts: ContractFacts = {
    ...contract,
    hours,
    budget: year && budgetToDate(year, today),
    margin: margins?.get(contract.id) ?? null,
  }
  const risks = risksOf(facts, rules)
  const runOutOn = hours && exhaustionDate({ leftMinutes: hours.leftMinutes, drawnMinutes, days: PACE_DAYS, today })
  return { contract, risks, runOutOn, weight: weightOf(risks) }
}

/** Of the year's months that are over: what the plan foresees and what was billed. */
function budgetToDate({ lines, billed }: ClientYear, today: CivilDate) {
  const over = monthsOver(Number(today.slice(0, 4)), today)
  const figures = budgetAgainstFact(
    lines,
    billed.filter(({ month }) => month <= over),
    over,
  )
  return { planKopecks: figures.total.toDateKopecks, factKopecks: figures.total.factKopecks }
}

export function presentRisk(one: JudgedContract, rules: readonly StoredRule[], locale: Locale): ContractAtRisk {
  const { contract, risks, runOutOn } = one
  const { id, number, title, endsOn, leftMinutes, ofMinutes } = contract
  const unitOf = new Map(rules.map((rule) => [rule.code, rule.unit]))
  return {
    contract: { id, number, title, endsOn },
    client: { id: contract.clientId, name: contract.clientName },
    level: risks.some((risk) => risk.level === 'danger') ? 'danger' : 'warn',
    risks: risks.map(({ code, level, threshold, value, reason, rule }) => ({
      code,
      level,
      threshold,
      value,
      unit: unitOf.get(code) ?? 'percent',
      reason: reason[locale],
      rule: rule[locale],
    })),
    hours: leftMinutes === null ? null : { leftMinutes, ofMinutes: ofMinutes ?? 0, runOutOn },
  }
}

/** The months that a margin is made of, for the way to its rows. */
export function marginSpan(today: CivilDate): { from: CivilMonth; to: CivilMonth } {
  const month = Temporal.PlainDate.from(today).toPlainYearMonth()
  return { from: month.subtract({ months: MARGIN_MONTHS }).toString(), to: month.subtract({ months: 1 }).toString() }
}
