import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BudgetListRow, BudgetPlanView, BudgetRows, BudgetView } from './budget.contract.ts'
import { type MoneyBench, moneyBench } from './insight.fixture.ts'

const state = {} as MoneyBench
beforeAll(async () => {
  Object.assign(state, await moneyBench())
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

const EVEN = Array.from({ length: 12 }, () => 1)
const PLAN = {
  lines: [
    { category: 'fees', annualKopecks: 48_000_000, seasonality: EVEN },
    { category: 'licences', annualKopecks: 12_000_000, seasonality: [0, 0, 1, ...EVEN.slice(3).map(() => 0)] },
  ],
  note: 'Согласовано с Ириной',
}
const path = () => `/clients/${state.alfa.clientId}/budget`
const put = (actor: MoneyBench['finance'], body: object, version: number) =>
  state.api.call(actor, 'PUT', `${path()}/2026`, body, version)

test('a plan is written by versions; a stale one is refused; a heading must be known and stand once', async () => {
  expect((await state.api.call(state.manager, 'GET', path())).body).toMatchObject({ version: 0, lines: [] })
  expect(await put(state.manager, { ...PLAN, lines: PLAN.lines.slice(0, 1) }, 0)).toMatchObject({
    status: 200,
    body: { version: 1 },
  })
  expect(await put(state.finance, PLAN, 0)).toMatchObject({ status: 409, body: { code: 'http.version_conflict' } })
  expect(await put(state.finance, PLAN, 1)).toMatchObject({ status: 200, body: { version: 2 } })
  const twice = { lines: [PLAN.lines[0], PLAN.lines[0]] }
  expect(await put(state.finance, twice, 2)).toMatchObject({ status: 422, body: { code: 'insight.category_twice' } })
  const strange = { lines: [{ ...PLAN.lines[0], category: 'moon' }] }
  expect(await put(state.finance, strange, 2)).toMatchObject({
    status: 422,
    body: { code: 'insight.category_unknown' },
  })
  expect(await state.db.owner`select 1 from budget_plan`).toHaveLength(2)
})

test('the year by hand: three months over, fees of 41 480 ₽ a month with VAT, work of 4 880 ₽, a credit of 1 220 ₽', async () => {
  const view = (await state.api.call(state.director, 'GET', path())).body as unknown as BudgetPlanView
  // of April's fee, which is open, the fact has its part; the plan to date is of January to March
  const fact = Object.fromEntries(view.categories.map((one) => [one.category, [one.toDateKopecks, one.factKopecks]]))
  expect(fact).toEqual({
    fees: [12_000_000, 4 * 4_148_000],
    licences: [12_000_000, 0],
    development: [0, 488_000],
    credits: [0, -122_000],
  })
  expect(view.total).toMatchObject({ annualKopecks: 60_000_000, toDateKopecks: 24_000_000, factKopecks: 16_958_000 })
  expect(view.total.months[0]).toEqual({ planKopecks: 4_000_000, factKopecks: 4_148_000 + 488_000 - 122_000 })
  expect(view.total.months[2]).toEqual({ planKopecks: 16_000_000, factKopecks: 4_148_000 })
  expect(view.expectedKopecks).toBe(16_958_000 + 8 * 4_000_000)
})

test('every figure of fact is the sum of the lines that it leads to, for the desk and in the cabinet', async () => {
  const view = (await state.api.call(state.accountant, 'GET', '/cabinet/budget')).body as unknown as BudgetView
  for (const [actor, under] of [
    [state.finance, path()],
    [state.accountant, '/cabinet/budget'],
  ] as const) {
    for (const { category, months } of view.categories) {
      for (const [index, { factKopecks }] of months.entries()) {
        const rows = (
          await state.api.call(actor, 'GET', `${under}/rows?year=2026&category=${category}&month=${index + 1}`)
        ).body as unknown as BudgetRows
        expect(rows.total.kopecks).toBe(factKopecks)
        expect(rows.items.reduce((sum, one) => sum + one.kopecks, 0)).toBe(factKopecks)
      }
    }
  }
})

test('in the cabinet the year is for who answers for it and for people of finance, each of their own company', async () => {
  for (const actor of [state.responsible, state.accountant]) {
    const { status, text } = await state.api.call(actor, 'GET', '/cabinet/budget')
    expect(status).toBe(200)
    // what the provider noted for itself, and who planned, stays with the provider
    expect(text).not.toMatch(/Согласовано|Сотрудник/)
  }
  expect((await state.api.call(state.ordinary, 'GET', '/cabinet/budget')).status).toBe(403)
  const foreign = (await state.api.call(state.foreign, 'GET', '/cabinet/budget')).body as unknown as BudgetView
  expect(foreign.client.name).toBe('Бета')
  expect(foreign.total.annualKopecks).toBe(0)
  expect((await state.api.call(state.accountant, 'GET', path())).status).toBe(403)
  const file = await state.api.call(state.accountant, 'GET', '/cabinet/budget/export?format=csv')
  expect(file.text).toContain('Лицензии и услуги поштучно;120000;120000;0')
})

test('the database shows a client its own revenue and plans only, and never a rate', async () => {
  const seen = await state.db.read(
    state.foreign.scope,
    (sql) => sql<{ clientId: number }[]>`select distinct client_id from revenue_line`,
  )
  expect(seen.map((row) => row.clientId)).toEqual([state.beta.clientId])
  expect(await state.db.read(state.foreign.scope, (sql) => sql`select 1 from budget_plan`)).toEqual([])
})

test('the list of years says who has a plan and how it goes, by name and in the reader’s reach', async () => {
  const { items } = (await state.api.call(state.finance, 'GET', '/insight/budgets')).body as unknown as {
    items: BudgetListRow[]
  }
  expect(items.map((row) => [row.client.name, row.planned, row.toDateKopecks, row.factKopecks])).toEqual([
    ['Альфа', true, 24_000_000, 16_958_000],
    ['Бета', false, 0, 4 * 6_100_000],
  ])
  const own = await state.api.call(state.alfasManager, 'GET', '/insight/budgets')
  expect(own.body.items).toHaveLength(1)
  expect((await state.api.call(state.alfasManager, 'GET', `/clients/${state.beta.clientId}/budget`)).status).toBe(404)
})

test('a client billed past its plan is at risk, by the year’s months that are over', async () => {
  const lines = [{ category: 'fees', annualKopecks: 12_000_000, seasonality: EVEN }]
  await put(state.finance, { lines }, 2)
  const { body } = await state.api.call(state.manager, 'GET', `/insight/risks?clientId=${state.alfa.clientId}`)
  // 128 100 ₽ of January to March against 30 000 ₽
  expect(body.items).toMatchObject([{ risks: [{ code: 'over_budget', level: 'danger', value: 427, threshold: 110 }] }])
})
