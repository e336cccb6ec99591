import { holdsRole, type Scope, scopeCondition } from '@opora/access'
import type { ContractTerms, EngagementForm } from '@opora/contracts'
import type { CivilDate, CivilMonth } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { TeamView } from './capacity.contract.ts'
import { type LoadRow, mondayOf, type Reservation, spreadReservation, workingDaysOf } from './domain/capacity.ts'

/** Roles that are given work; who they are follows from them. */
const WORKING_ROLES = ['l1', 'im', 'qa', 'it', 'dev', 'an', 'am']
export const DEFAULT_MINUTES_PER_WEEK = 2_400
const PEOPLE_MAX = 1_000

export interface Worker {
  id: number
  name: string
  /** From which day how much, the newest first. */
  capacity: { from: CivilDate; minutes: number }[]
}

export async function workers(sql: Queryable): Promise<Worker[]> {
  return await sql<Worker[]>`
    select a.id, a.name, coalesce((select jsonb_agg(jsonb_build_object('from', c.valid_from, 'minutes', c.minutes_per_week)
        order by c.valid_from desc) from staff_capacity c where c.account_id = a.id), '[]') as capacity
    from account a where a.side = 'staff' and a.active
      and ${holdsRole(sql, ...WORKING_ROLES)}
    order by a.name, a.id limit ${PEOPLE_MAX}`
}

export function minutesPerWeek(worker: Worker, on: CivilDate): number {
  return worker.capacity.find(({ from }) => from <= on)?.minutes ?? DEFAULT_MINUTES_PER_WEEK
}

interface ContractInForce {
  id: number
  clientId: number
  number: string
  startsOn: CivilDate
  endsOn: CivilDate | null
  forms: EngagementForm[]
  ceilingMinutes: ContractTerms['capacityCeilingMinutesPerMonth']
  /** What the agreement says that planning keeps free, whatever the forms. */
  reservedMinutes: number
  team: { accountId: number; minutes: number }[]
}

/** Contracts that keep somebody's time from a day on. */
async function keptFor(sql: Queryable, from: CivilDate, contractId?: number): Promise<ContractInForce[]> {
  return await sql<ContractInForce[]>`
    select k.id, k.client_id, k.number, k.starts_on, k.ends_on, v.terms -> 'forms' as forms,
      (v.terms ->> 'capacityCeilingMinutesPerMonth')::int as ceiling_minutes,
      coalesce((v.terms -> 'agreement' ->> 'reservedMinutesPerMonth')::int, 0) as reserved_minutes,
      coalesce((select jsonb_agg(jsonb_build_object('accountId', t.account_id, 'minutes', t.minutes_per_month) order by t.account_id)
        from contract_team t where t.contract_id = k.id), '[]') as team
    from contract k cross join lateral (
      select terms from contract_version where contract_id = k.id
      order by valid_from <= greatest(${from}::date, k.starts_on) desc, valid_from desc limit 1) v
    where k.status = 'active' and (k.ends_on is null or k.ends_on >= ${from}::date)
      ${contractId === undefined ? sql`` : sql`and k.id = ${contractId}`}
    order by k.id`
}

/** Minutes a month that are kept for a contract: those that its forms guarantee, or its reservation where that is more. */
function keptMinutesOf({ forms, reservedMinutes }: Pick<ContractInForce, 'forms' | 'reservedMinutes'>): number {
  const guaranteed = forms.reduce(
    (sum, form) => (form.kind === 'subscription' && form.capacityGuaranteed ? sum + form.minutesPerMonth : sum),
    0,
  )
  return Math.max(guaranteed, reservedMinutes)
}

/** The named team's hours, what is guaranteed beyond them and given to nobody yet, and people lent for a period. */
function reservationsOf(contract: ContractInForce, perMonthOf: (accountId: number) => number): Reservation[] {
  const { id: contractId, clientId, startsOn: from, endsOn: to, forms, team } = contract
  const place = { clientId, contractId, from, to }
  const named = team.map(({ accountId, minutes }) => ({ ...place, accountId, minutesPerMonth: minutes }))
  const rest = keptMinutesOf(contract) - team.reduce((sum, { minutes }) => sum + minutes, 0)
  const nobody = rest > 0 ? [{ ...place, accountId: null, minutesPerMonth: rest }] : []
  const lent = forms.flatMap((form) =>
    form.kind === 'outstaff'
      ? [
          {
            ...place,
            accountId: Number(form.personId),
            minutesPerMonth: perMonthOf(Number(form.personId)),
            from: [from, form.from].toSorted().at(-1)!,
            to: [form.to, to ?? form.to].toSorted()[0]!,
          },
        ]
      : [],
  )
  return [...named, ...nobody, ...lent]
}

export interface LoadFacts {
  workers: Worker[]
  rows: LoadRow[]
  /** The lowest ceiling that a client's contracts name. */
  ceilings: Map<number, number>
  today: CivilDate
}

const WEEKS_IN_MONTH = 52 / 12

/**
 * Everything behind the plan of the weeks from one Monday to another (not included), in whole months, so that a client's month can be held
 * against its ceiling.
 */
export async function loadFacts(
  sql: Queryable,
  given: { from: CivilDate; to: CivilDate; today: CivilDate; isWorking: (date: CivilDate) => boolean },
): Promise<LoadFacts> {
  const { today, isWorking } = given
  const months = monthsBetween(given.from, given.to)
  const from = `${months[0]!}-01`
  const to = Temporal.PlainYearMonth.from(months.at(-1)!).add({ months: 1 }).toPlainDate({ day: 1 }).toString()
  const days = new Map(months.map((month) => [month, workingDaysOf(month, isWorking)]))
  const people = await workers(sql)
  const byId = new Map(people.map((one) => [one.id, one]))
  const contracts = await keptFor(sql, from)
  const perMonthOf = (id: number) => {
    const worker = byId.get(id)
    return worker ? Math.round(minutesPerWeek(worker, from) * WEEKS_IN_MONTH) : 0
  }
  const reserved = contracts.flatMap((contract) =>
    reservationsOf(contract, perMonthOf).flatMap((one) =>
      [...days].flatMap(([month, working]) => spreadReservation(one, month, working)),
    ),
  )
  const ceilings = new Map<number, number>()
  for (const { clientId, ceilingMinutes } of contracts)
    ceilings.set(clientId, Math.min(ceilings.get(clientId) ?? Number.MAX_SAFE_INTEGER, ceilingMinutes))
  const rows = [...reserved, ...(await plannedRows(sql, today)), ...(await actualRows(sql, from, to))]
  return { workers: people, rows: rows.filter(({ month }) => months.includes(month)), ceilings, today }
}

function monthsBetween(from: CivilDate, to: CivilDate): CivilMonth[] {
  const months: CivilMonth[] = []
  const last = Temporal.PlainDate.from(to).subtract({ days: 1 }).toPlainYearMonth().toString()
  for (let month = from.slice(0, 7); month <= last; ) {
    months.push(month)
    month = Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString()
  }
  return months
}

/** What is left of planned efforts of open tickets, in the week in which each is expected; late and undated ones in the present week. */
async function plannedRows(sql: Queryable, today: CivilDate): Promise<LoadRow[]> {
  const rows = await sql<
    {
      id: number
      clientId: number
      contractId: number | null
      accountId: number | null
      on: CivilDate
      minutes: number
    }[]
  >`
    select t.id, t.client_id, t.contract_id, t.assignee_id as account_id, greatest(coalesce(t.expected_on, ${today}::date), ${today}::date) as on,
      (t.planned_minutes - w.minutes)::bigint as minutes
    from ticket t cross join lateral (
      select coalesce(sum(e.minutes), 0) as minutes from time_entry e where e.ticket_id = t.id) w
    where t.planned_minutes is not null and t.state <> 'closed' and t.planned_minutes > w.minutes`
  return rows.map(({ id, on, ...row }) => ({
    ...row,
    kind: 'planned',
    week: mondayOf(on),
    month: on.slice(0, 7),
    ticketId: id,
  }))
}

async function actualRows(sql: Queryable, from: CivilDate, to: CivilDate): Promise<LoadRow[]> {
  return await sql<LoadRow[]>`
    select 'actual' as kind, e.account_id, e.client_id, date_trunc('week', d.date)::date as week, to_char(d.date, 'YYYY-MM') as month,
      sum(e.minutes)::bigint as minutes, e.contract_id, e.ticket_id
    from time_entry e cross join installation i
      cross join lateral (select (e.started_at at time zone i.company_zone)::date as date) d
    where e.started_at >= ${from}::timestamp at time zone i.company_zone and e.started_at < ${to}::timestamp at time zone i.company_zone
    group by 2, 3, 4, 5, 7, 8`
}

export interface Names {
  clients: Map<number, string>
  /** Clients whose names the reader may see. */
  seen: Set<number>
  contracts: Map<number, string>
  tickets: Map<number, number>
}

/** What the ids of rows are called; `scope` says of which clients the reader may know. */
export async function namesOf(sql: Queryable, scope: Scope, rows: readonly LoadRow[]): Promise<Names> {
  const ids = (pick: (row: LoadRow) => number | null) => [
    ...new Set(rows.map(pick).filter((id): id is number => id !== null)),
  ]
  const clients = await sql<{ id: number; name: string; seen: boolean }[]>`
    select c.id, c.name, ${scopeCondition(sql, scope, { client: sql`c.id` })} as seen from client c
    where c.id = any(${ids((row) => row.clientId)}::bigint[])`
  const contracts = await sql<{ id: number; number: string }[]>`
    select id, number from contract where id = any(${ids((row) => row.contractId)}::bigint[])`
  const tickets = await sql<{ id: number; number: number }[]>`
    select id, number from ticket where id = any(${ids((row) => row.ticketId)}::bigint[])`
  return {
    clients: new Map(clients.map(({ id, name }) => [id, name])),
    seen: new Set(clients.filter(({ seen }) => seen).map(({ id }) => id)),
    contracts: new Map(contracts.map(({ id, number }) => [id, number])),
    tickets: new Map(tickets.map(({ id, number }) => [id, number])),
  }
}

/** A contract's named team, with what the contract guarantees. */
export async function teamOf(sql: Queryable, contractId: number, today: CivilDate): Promise<TeamView> {
  const [contract] = await keptFor(sql, today, contractId)
  const members = await sql<TeamView['members']>`
    select t.account_id, a.name, t.minutes_per_month from contract_team t join account a on a.id = t.account_id
    where t.contract_id = ${contractId} order by a.name, a.id`
  const [row] = await sql<
    { version: number }[]
  >`select version from contract_team_version where contract_id = ${contractId}`
  const guaranteedMinutes = contract ? keptMinutesOf(contract) : 0
  return { guaranteedMinutes, members: [...members], version: row?.version ?? 0 }
}
