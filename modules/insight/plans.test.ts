import { scopeOf } from '@opora/access'
import type { Queryable, Tx } from '@opora/platform/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budgetOf, budgetRows, listBudgets } from './budget.read-model.ts'
import { type MoneyBench, moneyBench } from './insight.fixture.ts'
import { costRows, moneyReport, revenueRows, type Sight } from './money.read-model.ts'
import { contractsAtRisk } from './risks.read-model.ts'

/* What a screen shows of one month, one client or one page is reached by an index, however long the years are. */

const CLIENTS = 400
const state = {} as MoneyBench

beforeAll(async () => {
  Object.assign(state, await moneyBench())
  const { owner } = state.db
  await owner`insert into client (name) select 'Компания ' || n from generate_series(1, ${CLIENTS}::int) n`
  await owner`insert into contract (client_id, number, title, starts_on)
    select id, 'М-' || id, 'Договор', '2020-01-01' from client where name like 'Компания%'`
  await owner`insert into contract_version (client_id, contract_id, valid_from, terms)
    select k.client_id, k.id, k.starts_on, v.terms from contract k, contract_version v
    where k.number like 'М-%' and v.contract_id = ${state.beta.contractId}`
  await owner`insert into ticket (client_id, contract_id, channel, subject) select client_id, id, 'email', 'Запрос' from contract where number like 'М-%'`
  await owner`insert into time_entry (client_id, ticket_id, contract_id, account_id, activity, started_at, ended_at, minutes, billable, period)
    select t.client_id, t.id, t.contract_id, ${state.people.rated}, 'development', make_date(2020 + y, m, 5), make_date(2020 + y, m, 5), 30, true,
      to_char(make_date(2020 + y, m, 5), 'YYYY-MM')
    from ticket t, generate_series(0, 5) y, generate_series(1, 12) m where t.subject = 'Запрос'`
  await owner`insert into revenue_line (client_id, contract_id, period, kind, title_ru, title_en, activity, net_kopecks, gross_kopecks)
    select k.client_id, k.id, to_char(make_date(2020 + y, m, 5), 'YYYY-MM'), 'fee', 'Плата', 'Fee', 'development', 100, 122
    from contract k, generate_series(0, 5) y, generate_series(1, 12) m, generate_series(1, 2) where k.number like 'М-%'`
  await owner`
    insert into ledger_entry (client_id, contract_id, kind, minutes, amount_kopecks, effective_at, source_type, source_id, key, period, charge)
    select k.client_id, k.id, 'charge', 30, 100, make_date(2020 + y, m, 5), 'time_entry', 'x', 'x' || k.id || '/' || y || '/' || m,
      to_char(make_date(2020 + y, m, 5), 'YYYY-MM'), '{"kind":"postpaid"}'
    from contract k, generate_series(0, 5) y, generate_series(1, 12) m where k.number like 'М-%'`
  await owner`vacuum analyze`
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

const BIG = ['time_entry', 'revenue_line', 'ledger_entry']

/** The big tables that were read from end to end by what `body` did. */
async function scannedBy(body: (sql: Queryable) => Promise<unknown>): Promise<string[]> {
  return await state.db.begin({ as: 'worker' }, async (tx) => {
    const before = await scans(tx)
    await body(tx)
    const after = await scans(tx)
    return BIG.filter((table) => (after.get(table) ?? 0) > (before.get(table) ?? 0))
  })
}

async function scans(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx<{ relname: string; count: number }[]>`
    select relname, seq_scan as count from pg_stat_xact_user_tables where relname = any(${BIG})`
  return new Map(rows.map((row) => [row.relname, row.count]))
}

const month = { from: '2024-05', to: '2024-05', by: 'client' as const, limit: 50 }
const screens: Record<string, (sql: Queryable, sight: Sight) => Promise<unknown>> = {
  'revenue, cost and margin of a month': (sql, sight) => moneyReport(sql, sight, month),
  'lines of revenue': (sql, sight) => revenueRows(sql, sight, { ...month, key: String(state.alfa.clientId) }),
  'entries of cost': (sql, sight) => costRows(sql, sight, { ...month, key: String(state.alfa.clientId) }),
  'a client’s year': (sql, sight) =>
    budgetOf(sql, sight.scope, { clientId: state.alfa.clientId, year: 2026, locale: 'ru' }),
  'lines of a client’s year': (sql, sight) =>
    budgetRows(sql, sight.scope, { clientId: state.alfa.clientId, year: 2026, limit: 50, locale: 'ru' }),
  'a page of years': (sql, sight) => listBudgets(sql, sight.scope, { year: 2026, today: '2026-04-10', limit: 50 }),
  'contracts at risk': (sql, sight) => contractsAtRisk(sql, { scope: sight.scope, margins: null }),
}

test.each(Object.keys(screens))('%s: no big table is read from end to end', async (name) => {
  const sight: Sight = { scope: scopeOf(state.finance, 'revenue.read'), cost: true, locale: 'ru' }
  expect(await scannedBy((sql) => screens[name]!(sql, sight))).toEqual([])
})
