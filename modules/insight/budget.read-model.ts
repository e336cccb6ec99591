import { type Scope, scopeCondition } from '@opora/access'
import type { CivilDate, Locale } from '@opora/core'
import { isoInstantOrNull, pageOf } from '@opora/core'
import { companyToday } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { BudgetListRow, BudgetPlanView, BudgetRow, BudgetRows, BudgetView } from './budget.contract.ts'
import { type BilledMonth, budgetAgainstFact, monthsOver, type PlanLine } from './domain/budget.ts'
import { readCursor } from './money.read-model.ts'

type Fragment = ReturnType<Queryable>

/** A line of a bill under its heading: the first that takes its kind and, where any are named, its activity. */
function headingOf(sql: Queryable): Fragment {
  return sql`coalesce((select b.code from budget_category b
    where r.kind = any(b.kinds) and (cardinality(b.activities) = 0 or r.activity = any(b.activities)) order by b.position limit 1), 'other')`
}

export async function headings(sql: Queryable, locale: Locale): Promise<{ category: string; name: string }[]> {
  return await sql<{ category: string; name: string }[]>`
    select code as category, ${locale === 'ru' ? sql`name_ru` : sql`name_en`} as name from budget_category order by position`
}

const OTHER = { ru: 'Прочее', en: 'Other' }

interface Plan {
  version: number
  lines: PlanLine[]
  note: string
  changedBy: string | null
  changedAt: number | null
}
const NO_PLAN: Plan = { version: 0, lines: [], note: '', changedBy: null, changedAt: null }

async function planOf(sql: Queryable, clientId: number, year: number): Promise<Plan> {
  const [row] = await sql<Plan[]>`
    select p.version, p.lines, p.note, a.name as changed_by, p.created_at as changed_at
    from budget_plan p left join account a on a.id = p.created_by
    where p.client_id = ${clientId} and p.year = ${year} order by p.version desc limit 1`
  return row ?? NO_PLAN
}

async function billedOf(sql: Queryable, clientId: number, year: number): Promise<BilledMonth[]> {
  return await sql<BilledMonth[]>`
    select ${headingOf(sql)} as category, substr(r.period, 6)::int as month, sum(r.gross_kopecks)::bigint as kopecks
    from revenue_line r where r.client_id = ${clientId} and r.period between ${`${year}-01`} and ${`${year}-12`} group by 1, 2`
}

/** A client's year, plan against fact; null outside the scope. Without a year: the present one. */
export async function budgetOf(
  sql: Queryable,
  scope: Scope,
  given: { clientId: number; year: number | undefined; locale: Locale },
): Promise<BudgetPlanView | null> {
  const [client] = await sql<{ id: number; name: string }[]>`
    select c.id, c.name from client c where c.id = ${given.clientId} and ${scopeCondition(sql, scope, { client: sql`c.id` })}`
  if (!client) return null
  const today = await companyToday(sql)
  const year = given.year ?? Number(today.slice(0, 4))
  const plan = await planOf(sql, client.id, year)
  const known = await headings(sql, given.locale)
  const over = monthsOver(year, today)
  const figures = budgetAgainstFact(plan.lines, await billedOf(sql, client.id, year), over)
  const order = [...known.map(({ category }) => category), 'other']
  const nameOf = new Map(known.map(({ category, name }) => [category, name]))
  return {
    client,
    year,
    version: plan.version,
    note: plan.note,
    changedBy: plan.changedBy,
    changedAt: isoInstantOrNull(plan.changedAt),
    monthsOver: over,
    categories: figures.categories
      .map((one) => ({ ...one, name: nameOf.get(one.category) ?? OTHER[given.locale] }))
      .toSorted((a, b) => order.indexOf(a.category) - order.indexOf(b.category)),
    total: figures.total,
    expectedKopecks: figures.expectedKopecks,
    lines: plan.lines,
    headings: known,
  }
}

/** The client's own view: the same figures, without who planned them and without what the plan is edited by. */
export function forClient({ lines: _lines, headings: _headings, note: _note, ...view }: BudgetPlanView): BudgetView {
  return { ...view, note: '', changedBy: null }
}

interface FoundRow extends BudgetRow {
  period: string
}

/** The lines of bills that a figure of fact is the sum of, the latest month first. */
export async function budgetRows(
  sql: Queryable,
  scope: Scope,
  query: {
    clientId: number
    year: number
    month?: number | undefined
    category?: string | undefined
    limit: number
    cursor?: string | undefined
    locale: Locale
  },
): Promise<BudgetRows> {
  const after = readCursor(query.cursor, ['string', 'number'])
  const month = query.month === undefined ? null : `${query.year}-${String(query.month).padStart(2, '0')}`
  const asked = sql`from revenue_line r
    where r.client_id = ${query.clientId} and ${scopeCondition(sql, scope, { client: sql`r.client_id` })}
      and ${month === null ? sql`r.period between ${`${query.year}-01`} and ${`${query.year}-12`}` : sql`r.period = ${month}`}
      ${query.category === undefined ? sql`` : sql`and ${headingOf(sql)} = ${query.category}`}`
  const rows = await sql<FoundRow[]>`
    select r.id, r.period, r.period as month, k.number as contract_number, ${query.locale === 'ru' ? sql`r.title_ru` : sql`r.title_en`} as title,
      coalesce((select ${query.locale === 'ru' ? sql`a.name_ru` : sql`a.name_en`} from activity a where a.code = r.activity), '') as activity,
      t.number as ticket_number, r.close_id is null as open, r.gross_kopecks as kopecks
    from (select r.* ${asked} ${after ? sql`and (r.period, r.id) < (${after[0] as string}, ${after[1] as number}::bigint)` : sql``}
        order by r.period desc, r.id desc limit ${query.limit + 1}) r
      join contract k on k.id = r.contract_id left join ticket t on t.id = r.ticket_id
    order by r.period desc, r.id desc`
  const [total] = await sql<{ count: number; kopecks: number }[]>`
    select count(*)::int as count, coalesce(sum(r.gross_kopecks), 0)::bigint as kopecks ${asked}`
  const page = pageOf([...rows], query.limit, (row) => [row.period, row.id])
  return { items: page.items.map(({ period: _period, ...row }) => row), nextCursor: page.nextCursor, total: total! }
}

interface ListedClient {
  id: number
  name: string
  sort: string
  lines: PlanLine[] | null
  billed: { month: number; kopecks: number }[]
}

/** Clients with a contract or a plan of the year, by name. */
export async function listBudgets(
  sql: Queryable,
  scope: Scope,
  query: { year: number; today: CivilDate; limit: number; cursor?: string | undefined },
): Promise<{ items: BudgetListRow[]; nextCursor: string | null }> {
  const after = readCursor(query.cursor, ['string', 'number'])
  const { year } = query
  const rows = await sql<ListedClient[]>`
    select c.id, c.name, lower(c.name) as sort,
      (select p.lines from budget_plan p where p.client_id = c.id and p.year = ${year} order by p.version desc limit 1) as lines,
      coalesce((select jsonb_agg(jsonb_build_object('month', x.month, 'kopecks', x.kopecks))
        from (select substr(r.period, 6)::int as month, sum(r.gross_kopecks) as kopecks from revenue_line r
          where r.client_id = c.id and r.period between ${`${year}-01`} and ${`${year}-12`} group by 1) x), '[]') as billed
    from client c
    where ${scopeCondition(sql, scope, { client: sql`c.id` })} and c.kind = 'customer'
      and (exists (select 1 from budget_plan p where p.client_id = c.id and p.year = ${year})
        or exists (select 1 from contract k where k.client_id = c.id and k.status <> 'draft' and k.starts_on <= make_date(${year}, 12, 31)
          and coalesce(k.ends_on, 'infinity') >= make_date(${year}, 1, 1)))
      ${after ? sql`and (lower(c.name), c.id) > (${after[0] as string}, ${after[1] as number}::bigint)` : sql``}
    order by lower(c.name), c.id limit ${query.limit + 1}`
  const page = pageOf([...rows], query.limit, (row) => [row.sort, row.id])
  const over = monthsOver(year, query.today)
  return { nextCursor: page.nextCursor, items: page.items.map((row) => listed(row, year, over)) }
}

function listed({ id, name, lines, billed }: ListedClient, year: number, over: number): BudgetListRow {
  const facts = billed.map((one) => ({ ...one, category: '' }))
  const { total, expectedKopecks } = budgetAgainstFact(lines ?? [], facts, over)
  const { annualKopecks, toDateKopecks, factKopecks } = total
  const client = { id, name }
  return { client, year, planned: lines !== null, annualKopecks, toDateKopecks, factKopecks, expectedKopecks }
}
