import { afterAll, beforeAll, expect, test } from 'vitest'
import { logged, type MoneyBench, moneyBench } from './insight.fixture.ts'
import { type CostRows, MONEY_BY, type MoneyReport, type RevenueRows } from './money.contract.ts'

const state = {} as MoneyBench
beforeAll(async () => {
  Object.assign(state, await moneyBench())
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

const SPAN = 'from=2026-01&to=2026-03'
async function get<T>(actor: MoneyBench['finance'], path: string): Promise<T> {
  const { status, body, text } = await state.api.call(actor, 'GET', path)
  if (status !== 200) throw new Error(`${status}: ${text}`)
  return body as unknown as T
}
const report = (by: string, actor = state.finance, span = SPAN) =>
  get<MoneyReport>(actor, `/insight/money?${span}&by=${by}`)
const brief = (found: MoneyReport) =>
  found.items.map((row) => [row.name, row.revenueKopecks, row.costKopecks, row.marginPermille])

test('a quarter by client, by hand: Alfa 37 000 + 34 000 + 34 000 ₽ against 13 200 ₽ of work; Beta 150 000 against 140 000', async () => {
  const found = await report('client')
  expect(brief(found)).toEqual([
    ['Бета', 15_000_000, 14_000_000, 67],
    ['Альфа', 10_500_000, 1_320_000, 874],
  ])
  expect(found.items[1]).toMatchObject({ openKopecks: 6_800_000, minutes: 1_080, unratedMinutes: 300 })
  expect(found.total).toMatchObject({ revenueKopecks: 25_500_000, costKopecks: 15_320_000, marginKopecks: 10_180_000 })
})

test('January by activity, by hand: the subscription of 34 000 ₽ is shared out 720 : 300, work stands under its own', async () => {
  const found = await get<MoneyReport>(
    state.finance,
    `/insight/money/?from=2026-01&to=2026-01&by=activity`.replace('/?', '?'),
  )
  const byName = Object.fromEntries(found.items.map((row) => [row.name, row.revenueKopecks]))
  // Beta's January has a fee and no work
  expect(byName).toEqual({ '': 5_000_000, Разработка: 2_400_000 + 400_000 - 70_588, Тестирование: 1_000_000 - 29_412 })
})

test('by package, by contract and by month the whole stays the same, and months stand in their order', async () => {
  for (const by of MONEY_BY)
    expect((await report(by)).total).toMatchObject({ revenueKopecks: 25_500_000, costKopecks: 15_320_000 })
  expect((await report('month')).items.map(({ key }) => key)).toEqual(['2026-01', '2026-02', '2026-03'])
  expect((await report('package')).items.map(({ key, revenueKopecks }) => [key, revenueKopecks])).toEqual([
    ['crm-business', 15_000_000],
    ['', 10_500_000],
  ])
})

test('every figure is the sum of exactly the rows that it leads to, however it is grouped and paged', async () => {
  for (const by of MONEY_BY) {
    for (const row of (await report(by)).items) {
      const key = encodeURIComponent(row.key)
      const revenue = await allRows<RevenueRows>(`/insight/money/revenue?${SPAN}&by=${by}&key=${key}`)
      expect([by, row.key, sum(revenue.map((one) => one.kopecks))]).toEqual([by, row.key, row.revenueKopecks])
      const cost = await allRows<CostRows>(`/insight/money/cost?${SPAN}&by=${by}&key=${key}`)
      expect([by, row.key, sum(cost.map((one) => one.kopecks))]).toEqual([by, row.key, row.costKopecks])
      expect(sum((cost as CostRows['items']).map((one) => one.minutes))).toBe(row.minutes)
    }
  }
})

/** All rows of a figure by pages of two; each page repeats the total, which the rows must add up to. */
async function allRows<T extends RevenueRows | CostRows>(path: string): Promise<T['items'][number][]> {
  const items: T['items'][number][] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: T = await get<T>(state.finance, `${path}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    items.push(...page.items)
    if (page.nextCursor === null) {
      expect([page.total.count, page.total.kopecks]).toEqual([items.length, sum(items.map((one) => one.kopecks))])
    }
    cursor = page.nextCursor
  }
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
  return items
}
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

test('a page of figures goes on where the last one ended', async () => {
  const first = await get<MoneyReport>(state.finance, `/insight/money?${SPAN}&by=client&limit=1`)
  const second = await get<MoneyReport>(
    state.finance,
    `/insight/money?${SPAN}&by=client&limit=1&cursor=${first.nextCursor}`,
  )
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Бета', 'Альфа'])
  expect(second).toMatchObject({ nextCursor: null, total: first.total })
  const bad = await state.api.call(state.finance, 'GET', `/insight/money?${SPAN}&cursor=x`)
  expect(bad).toMatchObject({ status: 400, body: { code: 'http.bad_cursor' } })
})

test('a cost row shows the person’s rate of that day; who has none is told apart', async () => {
  const { items } = await get<CostRows>(
    state.director,
    `/insight/money/cost?${SPAN}&by=client&key=${state.alfa.clientId}`,
  )
  expect(items.map((row) => [row.date, row.person, row.perHourKopecks, row.kopecks])).toEqual([
    ['2026-03-11', 'Дмитрий', 120_000, 120_000],
    ['2026-01-21', 'Вера', null, 0],
    ['2026-01-20', 'Дмитрий', 100_000, 200_000],
    ['2026-01-13', 'Дмитрий', 100_000, 1_000_000],
  ])
})

test('an account manager sees the revenue of served clients, and nothing of what work costs', async () => {
  const found = await report('client', state.alfasManager)
  expect(brief(found)).toEqual([['Альфа', 10_500_000, null, null]])
  expect(found.total).toMatchObject({ revenueKopecks: 10_500_000, costKopecks: null, unratedMinutes: null })
  expect(await state.api.call(state.manager, 'GET', `/insight/money/cost?${SPAN}`)).toMatchObject({ status: 403 })
  const foreign = await get<RevenueRows>(
    state.alfasManager,
    `/insight/money/revenue?${SPAN}&by=client&key=${state.beta.clientId}`,
  )
  expect(foreign).toMatchObject({ items: [], total: { count: 0, kopecks: 0 } })
  const file = await state.api.call(state.manager, 'GET', `/insight/money/export?${SPAN}&format=csv`)
  expect(file.text).toContain('Альфа;105000;68000;1080')
  expect(file.text).not.toMatch(/Затраты|Маржа/)
})

test('who has no business with money is refused', async () => {
  for (const actor of [state.incidents, state.responsible, state.accountant])
    for (const path of ['money', 'money/revenue', 'money/cost', 'money/export', 'risks'])
      expect((await state.api.call(actor, 'GET', `/insight/${path}?${path === 'risks' ? '' : SPAN}`)).status).toBe(403)
})

test('finance takes the figures away as a table with margins and a total', async () => {
  const csv = await state.api.call(state.finance, 'GET', `/insight/money/export?${SPAN}&format=csv`)
  expect(csv.text.trim().split('\r\n').at(-1)).toBe('Итого;255000;218000;9480;153200;101800;39,90')
  const xlsx = await state.api.call(state.finance, 'GET', `/insight/money/export?${SPAN}&format=xlsx`)
  expect([xlsx.status, xlsx.text.slice(0, 2)]).toEqual([200, 'PK'])
})

test('only what has changed is counted anew: new work in an open month, never a closed one', async () => {
  expect(await state.insight.refreshRevenue()).toBe(0)
  await logged(state.db, state.alfa, {
    minutes: 60,
    at: '2026-02-11',
    activity: 'servers',
    account: state.people.rated,
  })
  expect(await state.insight.refreshRevenue()).toBe(1)
  const found = await get<MoneyReport>(state.finance, '/insight/money?from=2026-02&to=2026-02&by=activity')
  expect(Object.fromEntries(found.items.map((row) => [row.name, row.revenueKopecks]))).toMatchObject({
    Серверы: 3_400_000,
  })
  await state.db.owner`update period_close set state = 'undone' where contract_id = ${state.alfa.contractId}`
  expect(await state.insight.refreshRevenue()).toBe(1)
  const january = await get<MoneyReport>(state.finance, '/insight/money?from=2026-01&to=2026-01')
  expect(january.items.find(({ name }) => name === 'Альфа')).toMatchObject({
    revenueKopecks: 3_400_000,
    openKopecks: 3_400_000,
  })
})

test('a corrective act lowers the month that it corrects, on the screens of revenue, margin and budget; a void one gives it back', async () => {
  const { db, alfa, insight } = state
  const figures = async () => {
    await insight.refreshRevenue()
    const { items } = await report('client', state.finance, 'from=2026-03&to=2026-03')
    const { revenueKopecks, marginKopecks } = items.find(({ name }) => name === 'Альфа')!
    const budget = await get<{
      total: { factKopecks: number }
      categories: { category: string; factKopecks: number }[]
    }>(state.finance, `/clients/${alfa.clientId}/budget?year=2026`)
    const credits = budget.categories.find(({ category }) => category === 'credits')?.factKopecks ?? 0
    return { revenueKopecks, marginKopecks, fact: budget.total.factKopecks, credits }
  }
  const before = await figures()
  const paper = async (
    kind: string,
    netKopecks: number,
    grossKopecks: number,
    correctsId: number | null,
    sequence: number,
  ) => {
    const data = db.owner.json({ totals: { netKopecks, vatKopecks: grossKopecks - netKopecks, grossKopecks } })
    const [row] = await db.owner<{ id: number }[]>`
      insert into closing_document (client_id, contract_id, legal_entity_id, period, kind, year, sequence, number, date, data, gross_kopecks, corrects_id)
      select ${alfa.clientId}, ${alfa.contractId}, min(id), '2026-03', ${kind}, 2026, ${sequence}, ${`Т-${sequence}`}, '2026-04-01', ${data},
        ${grossKopecks}, ${correctsId} from legal_entity returning id`
    return row!.id
  }
  const act = await paper('act', 3_400_000, 4_148_000, null, 1)
  const factura = await paper('factura', 3_400_000, 4_148_000, null, 1)
  const correction = await paper('correction', 10_000, 12_200, act, 1)
  await paper('correction', 10_000, 12_200, factura, 2)
  expect(await figures()).toEqual({
    revenueKopecks: before.revenueKopecks - 10_000,
    marginKopecks: before.marginKopecks! - 10_000,
    fact: before.fact - 12_200,
    credits: before.credits - 12_200,
  })
  expect(await insight.refreshRevenue()).toBe(0)
  const rows = await get<RevenueRows>(
    state.finance,
    `/insight/money/revenue?from=2026-03&to=2026-03&by=client&key=${alfa.clientId}`,
  )
  expect(rows.items.find(({ kind }) => kind === 'correction')).toMatchObject({
    title: 'Корректировка акта № Т-1',
    kopecks: -10_000,
  })
  await db.owner`update closing_document set state = 'void' where id = ${correction}`
  expect(await figures()).toEqual(before)
})
