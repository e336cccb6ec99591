import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MoneyBench, moneyBench } from './insight.fixture.ts'
import type { RiskList, RiskRuleView } from './risks.contract.ts'

const state = {} as MoneyBench
beforeAll(async () => {
  Object.assign(state, await moneyBench())
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

const list = async (actor: MoneyBench['finance'], query = '') =>
  (await state.api.call(actor, 'GET', `/insight/risks${query}`)).body as unknown as RiskList
const brief = (found: RiskList) =>
  found.items.map((row) => [
    row.client.name,
    row.level,
    row.risks.map(({ code, value, threshold }) => [code, value, threshold]),
  ])

test('finance is told that Beta ends in 21 days and earns 6 %, each with its reason and its rule', async () => {
  const found = await list(state.finance)
  expect(brief(found)).toEqual([
    [
      'Бета',
      'warn',
      [
        ['ending', 21, 45],
        ['unprofitable', 6, 15],
      ],
    ],
  ])
  expect(found.items[0]!.risks.map(({ reason, rule }) => [reason, rule])).toEqual([
    ['заканчивается 01.05.2026, осталось 21 дн., следующего договора нет', 'до конца договора не больше 45 дн.'],
    [expect.stringMatching(/^выручка 150\s000\s₽, затраты 140\s000\s₽ за три месяца$/), 'маржа меньше 15 %'],
  ])
  expect(found.marginMonths).toEqual({ from: '2026-01', to: '2026-03' })
  expect(found.counts.find(({ code }) => code === 'unprofitable')).toEqual({ code: 'unprofitable', contracts: 1 })
})

test('an account manager is told of the same contract without a word of cost or margin, in the list, the rules and the file', async () => {
  const answer = await state.api.call(state.manager, 'GET', '/insight/risks')
  expect(brief(answer.body as unknown as RiskList)).toEqual([['Бета', 'warn', [['ending', 21, 45]]]])
  const rules = await state.api.call(state.manager, 'GET', '/insight/risk-rules')
  const file = await state.api.call(state.manager, 'GET', '/insight/risks/export?format=csv')
  for (const text of [answer.text, rules.text, file.text]) expect(text).not.toMatch(/unprofitable|маржа|затраты/i)
  expect(file.text).toContain('Бета;Д-Бета;2026-05-01;внимание;заканчивается')
})

test('who serves Alfa alone is told nothing of Beta', async () => {
  expect(await list(state.alfasManager)).toMatchObject({ items: [], contracts: 0 })
  expect(await list(state.finance, `?clientId=${state.alfa.clientId}`)).toMatchObject({ items: [] })
})

test('hours: used up to a fifth is a warning, and the pace of four weeks says when they run out', async () => {
  const [bucket] = await state.db.owner<{ id: number }[]>`
    select id from bucket where contract_id = ${state.alfa.contractId} and starts_at <= app_now() and last_instant >= app_now()`
  // April's 20 hours: 17 drawn in ten days, 3 left: a hundred and eighty minutes at 1 020 ÷ 28 a day are four days
  await state.db.owner`
    insert into ledger_entry (client_id, contract_id, bucket_id, kind, minutes, effective_at, source_type, source_id, key, period)
    values (${state.alfa.clientId}, ${state.alfa.contractId}, ${bucket!.id}, 'draw', -1020, '2026-04-09T09:00:00Z', 'time_entry', '1', 'd1', '2026-04')`
  await state.db.owner`update bucket set balance_minutes = 180 where id = ${bucket!.id}`
  const found = await list(state.manager, `?clientId=${state.alfa.clientId}`)
  expect(brief(found)).toEqual([
    [
      'Альфа',
      'warn',
      [
        ['exhausted', 15, 20],
        ['runs_out', 16, 3],
      ],
    ],
  ])
  expect(found.items[0]!.hours).toEqual({ leftMinutes: 180, ofMinutes: 1_200, runOutOn: '2026-04-14' })
})

test('work beyond the package is told with its price', async () => {
  const charge = {
    kind: 'postpaid',
    activity: 'development',
    ticketId: '1',
    ratePerHourKopecks: 200_000,
    timeEntryId: '1',
  }
  await state.db.owner`
    insert into ledger_entry (client_id, contract_id, kind, minutes, amount_kopecks, effective_at, source_type, source_id, key, period, charge)
    values (${state.alfa.clientId}, ${state.alfa.contractId}, 'charge', 180, 600000, '2026-04-09T10:00:00Z', 'time_entry', '1', 'c1', '2026-04',
      ${state.db.owner.json(charge)})`
  const found = await list(state.manager, '?code=overspent')
  expect(found.items[0]!.risks.find(({ code }) => code === 'overspent')).toMatchObject({
    value: 15,
    reason: expect.stringMatching(/^за месяц 3\sч сверх пакета в 20\sч: 6\s000\s₽$/),
  })
})

test('a rule is changed by its version; off, it is silent; the list is paged by urgency', async () => {
  const rules = (await state.api.call(state.finance, 'GET', '/insight/risk-rules')).body
    .items as unknown as RiskRuleView[]
  expect(rules.map(({ code, threshold }) => [code, threshold])).toContainEqual(['ending', 45])
  const change = (body: object, version: number, actor = state.finance) =>
    state.api.call(actor, 'PUT', '/insight/risk-rules/ending', body, version)
  expect(await change({ enabled: true, threshold: 20 }, 1, state.manager)).toMatchObject({ status: 403 })
  expect(await change({ enabled: true, threshold: 20 }, 1)).toMatchObject({ status: 200 })
  expect(brief(await list(state.finance, `?clientId=${state.beta.clientId}`))).toEqual([
    ['Бета', 'warn', [['unprofitable', 6, 15]]],
  ])
  expect(await change({ enabled: true, threshold: 30 }, 1)).toMatchObject({ status: 409 })
  expect(await change({ enabled: false, threshold: 60 }, 2)).toMatchObject({ status: 200 })
  expect((await list(state.manager, '?code=ending')).items).toEqual([])
  const first = await list(state.finance, '?limit=1')
  const second = await list(state.finance, `?limit=1&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(({ client }) => client.name)).toEqual(['Альфа', 'Бета'])
  expect(second.nextCursor).toBeNull()
})
