import { type Scope, scopeCondition } from '@opora/access'
import type { Instant, Locale } from '@opora/core'
import { decodeCursor, isoInstantOrNull, pageOf } from '@opora/core'
import { costRateSpans } from '@opora/people'
import type { Queryable } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { marginPermille } from './domain/revenue.ts'
import type {
  CostRows,
  MoneyBy,
  MoneyQuery,
  MoneyReport,
  MoneyRow,
  MoneyRowsQuery,
  RevenueRows,
} from './money.contract.ts'

type Fragment = ReturnType<Queryable>
type Span = Pick<MoneyQuery, 'from' | 'to' | 'by'>

/** Whose figures, and whether what work costs belongs to them: that part is read with the workers' login alone. */
export interface Sight {
  scope: Scope
  cost: boolean
  locale: Locale
}

function revenueKey(sql: Queryable, by: MoneyBy): Fragment {
  const keys: Record<MoneyBy, () => Fragment> = {
    client: () => sql`r.client_id::text`,
    contract: () => sql`r.contract_id::text`,
    package: () => sql`r.package`,
    activity: () => sql`r.activity`,
    month: () => sql`r.period`,
  }
  return keys[by]()
}

function workKey(sql: Queryable, by: MoneyBy): Fragment {
  const keys: Record<MoneyBy, () => Fragment> = {
    client: () => sql`e.client_id::text`,
    contract: () => sql`coalesce(e.contract_id::text, '')`,
    package: () => sql`coalesce(m.package, '')`,
    activity: () => sql`e.activity`,
    month: () => sql`e.period`,
  }
  return keys[by]()
}

function nameOf(sql: Queryable, by: MoneyBy, locale: Locale): Fragment {
  const name = locale === 'ru' ? sql`x.name_ru` : sql`x.name_en`
  const names: Record<MoneyBy, () => Fragment> = {
    client: () => sql`(select x.name from client x where x.id = g.key::bigint)`,
    contract: () => sql`(select x.number || ' · ' || c.name from contract x join client c on c.id = x.client_id
      where x.id = nullif(g.key, '')::bigint)`,
    package: () => sql`(select ${name} from catalogue_package x where x.code = g.key)`,
    activity: () => sql`(select ${name} from activity x where x.code = g.key)`,
    month: () => sql`g.key`,
  }
  return names[by]()
}

/** Time entries with their cost: minutes × the person's rate of that day, each rounded once to a kopeck. */
function costedEntries(sql: Queryable, withCost: boolean): Fragment {
  const rates = withCost
    ? costRateSpans(sql)
    : sql`(select null::bigint as account_id, null::date as valid_from, null::date as until, null::bigint as per_hour where false)`
  return sql`time_entry e cross join installation i
    left join revenue_month m on m.contract_id = e.contract_id and m.period = e.period
    left join ${rates} rate on rate.account_id = e.account_id
      and (e.started_at at time zone i.company_zone)::date >= rate.valid_from and (e.started_at at time zone i.company_zone)::date < rate.until
    cross join lateral (select coalesce(round(e.minutes * rate.per_hour / 60.0), 0)::bigint as kopecks) c`
}

const spanOf = (sql: Queryable, column: Fragment, { from, to }: Span) => sql`${column} between ${from} and ${to}`

interface Grouped {
  key: string
  name: string | null
  rank: number
  revenueKopecks: number
  openKopecks: number
  costKopecks: number
  minutes: number
  unratedMinutes: number
  allRevenue: number
  allOpen: number
  allCost: number
  allMinutes: number
  allUnrated: number
}

/** Revenue, and cost where the reader may see it, by client, contract, package, activity or month; the greatest revenue first. */
export async function moneyReport(sql: Queryable, sight: Sight, query: MoneyQuery): Promise<MoneyReport> {
  const after = readCursor(query.cursor, ['number', 'string'])
  const rows = await sql<Grouped[]>`
    with revenue as (
      select ${revenueKey(sql, query.by)} as key, sum(r.net_kopecks) as revenue,
        coalesce(sum(r.net_kopecks) filter (where r.close_id is null), 0) as open
      from revenue_line r
      where ${spanOf(sql, sql`r.period`, query)} and ${scopeCondition(sql, sight.scope, { client: sql`r.client_id` })} group by 1),
    work as (
      select ${workKey(sql, query.by)} as key, sum(e.minutes) as minutes, sum(c.kopecks) as cost,
        coalesce(sum(e.minutes) filter (where rate.per_hour is null), 0) as unrated
      from ${costedEntries(sql, sight.cost)}
      where ${spanOf(sql, sql`e.period`, query)} and ${scopeCondition(sql, sight.scope, { client: sql`e.client_id` })} group by 1),
    grouped as (
      select key, coalesce(revenue, 0) as revenue, coalesce(open, 0) as open, coalesce(cost, 0) as cost, coalesce(minutes, 0) as minutes,
        coalesce(unrated, 0) as unrated,
        -- months stand in their own order, all else by revenue
        ${query.by === 'month' ? sql`-replace(key, '-', '')::bigint` : sql`coalesce(revenue, 0)`} as rank
      from revenue full join work using (key)),
    totalled as (
      select g.*, sum(revenue) over () as all_revenue, sum(open) over () as all_open, sum(cost) over () as all_cost,
        sum(minutes) over () as all_minutes, sum(unrated) over () as all_unrated from grouped g)
    select g.key, ${nameOf(sql, query.by, sight.locale)} as name, g.rank::bigint, g.revenue::bigint as revenue_kopecks,
      g.open::bigint as open_kopecks, g.cost::bigint as cost_kopecks, g.minutes::bigint, g.unrated::bigint as unrated_minutes,
      g.all_revenue::bigint, g.all_open::bigint, g.all_cost::bigint, g.all_minutes::bigint, g.all_unrated::bigint
    from totalled g
    ${after ? sql`where (g.rank, g.key) < (${after[0] as number}::bigint, ${after[1] as string})` : sql``}
    order by g.rank desc, g.key desc limit ${query.limit + 1}`
  const page = pageOf([...rows], query.limit, (row) => [row.rank, row.key])
  const [first] = rows
  return {
    items: page.items.map((row) => moneyRow(row, sight)),
    nextCursor: page.nextCursor,
    total: figures(
      {
        revenueKopecks: first?.allRevenue ?? 0,
        openKopecks: first?.allOpen ?? 0,
        costKopecks: first?.allCost ?? 0,
        minutes: first?.allMinutes ?? 0,
        unratedMinutes: first?.allUnrated ?? 0,
      },
      sight,
    ),
    countedAt: isoInstantOrNull(await countedAt(sql)),
  }
}

function moneyRow(row: Grouped, sight: Sight): MoneyRow {
  return { key: row.key, name: row.name ?? '', ...figures(row, sight) }
}

type Sums = Pick<Grouped, 'revenueKopecks' | 'openKopecks' | 'costKopecks' | 'minutes' | 'unratedMinutes'>

function figures({ revenueKopecks, openKopecks, costKopecks, minutes, unratedMinutes }: Sums, { cost }: Sight) {
  return {
    revenueKopecks,
    openKopecks,
    minutes,
    costKopecks: cost ? costKopecks : null,
    marginKopecks: cost ? revenueKopecks - costKopecks : null,
    marginPermille: cost ? marginPermille(revenueKopecks, costKopecks) : null,
    unratedMinutes: cost ? unratedMinutes : null,
  }
}

async function countedAt(sql: Queryable): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }[]>`
    select max(made_at) as at from revenue_month where period = to_char(app_now(), 'YYYY-MM')`
  return row!.at
}

/** The lines that a figure of revenue is the sum of, the latest month first. */
export async function revenueRows(sql: Queryable, sight: Sight, query: MoneyRowsQuery): Promise<RevenueRows> {
  const after = readCursor(query.cursor, ['string', 'number'])
  const asked = sql`from revenue_line r
    where ${spanOf(sql, sql`r.period`, query)} and ${scopeCondition(sql, sight.scope, { client: sql`r.client_id` })}
      ${query.key === undefined ? sql`` : sql`and ${revenueKey(sql, query.by)} = ${query.key}`}`
  const rows = await sql<FoundRevenue[]>`
    select r.id, r.period as month, r.client_id, cl.name as client_name, r.contract_id, k.number as contract_number, r.kind,
      ${sight.locale === 'ru' ? sql`r.title_ru` : sql`r.title_en`} as title,
      coalesce((select ${sight.locale === 'ru' ? sql`a.name_ru` : sql`a.name_en`} from activity a where a.code = r.activity), '') as activity,
      t.number as ticket_number, r.close_id is null as open, r.net_kopecks as kopecks
    from (select r.* ${asked} ${after ? sql`and (r.period, r.id) < (${after[0] as string}, ${after[1] as number}::bigint)` : sql``}
        order by r.period desc, r.id desc limit ${query.limit + 1}) r
      join client cl on cl.id = r.client_id join contract k on k.id = r.contract_id left join ticket t on t.id = r.ticket_id
    order by r.period desc, r.id desc`
  const [total] = await sql<{ count: number; kopecks: number }[]>`
    select count(*)::int as count, coalesce(sum(r.net_kopecks), 0)::bigint as kopecks ${asked}`
  const page = pageOf([...rows], query.limit, (row) => [row.month, row.id])
  const items = page.items.map(({ clientId, clientName, contractId, contractNumber, ...row }) => ({
    ...row,
    client: { id: clientId, name: clientName },
    contract: { id: contractId, number: contractNumber },
  }))
  return { items, nextCursor: page.nextCursor, total: total! }
}

interface FoundRevenue {
  id: number
  month: string
  clientId: number
  clientName: string
  contractId: number
  contractNumber: string
  kind: string
  title: string
  activity: string
  ticketNumber: number | null
  open: boolean
  kopecks: number
}

interface FoundCost {
  id: number
  month: string
  date: string
  person: string
  clientId: number
  clientName: string
  contractNumber: string | null
  activity: string
  ticketNumber: number
  minutes: number
  perHourKopecks: number | null
  kopecks: number
}

/** The time entries that a figure of cost is the sum of, each with its person's rate. For who may see cost alone. */
export async function costRows(sql: Queryable, sight: Sight, query: MoneyRowsQuery): Promise<CostRows> {
  const after = readCursor(query.cursor, ['string', 'number'])
  const asked = sql`from ${costedEntries(sql, true)}
    where ${spanOf(sql, sql`e.period`, query)} and ${scopeCondition(sql, sight.scope, { client: sql`e.client_id` })}
      ${query.key === undefined ? sql`` : sql`and ${workKey(sql, query.by)} = ${query.key}`}`
  const rows = await sql<FoundCost[]>`
    select x.id, x.period as month, x.date, p.name as person, x.client_id, cl.name as client_name, k.number as contract_number,
      ${sight.locale === 'ru' ? sql`a.name_ru` : sql`a.name_en`} as activity, t.number as ticket_number, x.minutes, x.per_hour as per_hour_kopecks,
      x.kopecks
    from (select e.*, (e.started_at at time zone i.company_zone)::date as date, rate.per_hour, c.kopecks ${asked}
        ${after ? sql`and (e.period, e.id) < (${after[0] as string}, ${after[1] as number}::bigint)` : sql``}
        order by e.period desc, e.id desc limit ${query.limit + 1}) x
      join account p on p.id = x.account_id join client cl on cl.id = x.client_id join activity a on a.code = x.activity
      join ticket t on t.id = x.ticket_id left join contract k on k.id = x.contract_id
    order by x.period desc, x.id desc`
  const [total] = await sql<{ count: number; kopecks: number; minutes: number }[]>`
    select count(*)::int as count, coalesce(sum(c.kopecks), 0)::bigint as kopecks, coalesce(sum(e.minutes), 0)::bigint as minutes ${asked}`
  const page = pageOf([...rows], query.limit, (row) => [row.month, row.id])
  const items = page.items.map(({ clientId, clientName, month: _month, ...row }) => ({
    ...row,
    client: { id: clientId, name: clientName },
  }))
  return { items, nextCursor: page.nextCursor, total: total! }
}

/** The parts of a cursor, each of its type; refuses what is none of ours. */
export function readCursor(cursor: string | undefined, types: ('string' | 'number')[]): (string | number)[] | null {
  if (cursor === undefined) return null
  const values = decodeCursor(cursor, types.length)
  if (!values?.every((value, index) => typeof value === types[index]))
    throw refuseHttp('http.bad_cursor', { field: 'cursor' })
  return values as (string | number)[]
}
