import { NO_AGREEMENT } from '@opora/contracts/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CapacityPlan, CapacityRows } from './capacity.contract.ts'
import { logged, type MoneyBench, moneyBench } from './insight.fixture.ts'

const state = {} as MoneyBench
beforeAll(async () => {
  Object.assign(state, await moneyBench())
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

/** The present week, Monday 6 April 2026. */
const WEEK = '2026-04-06'
const plan = async (actor: MoneyBench['finance'], query = `?from=${WEEK}&weeks=5`) =>
  (await state.api.call(actor, 'GET', `/insight/capacity${query}`)).body as unknown as CapacityPlan
const rows = async (actor: MoneyBench['finance'], query: string) =>
  (await state.api.call(actor, 'GET', `/insight/capacity/rows?${query}`)).body as unknown as CapacityRows
const weekOf = (found: CapacityPlan, name: string, week = WEEK) =>
  found.people.find((one) => one.name === name)!.weeks.find((one) => one.week === week)!

test('what a subscription guarantees and nobody was given stands in a line of its own', async () => {
  const found = await plan(state.director)
  expect(found.weeks.map(({ week, present }) => [week, present])).toContainEqual([WEEK, true])
  // 1 200 minutes over April's 22 working days: twelve of 55, ten of 54; the 6th to the 10th are the 4th to the 8th of them
  expect(weekOf(found, 'Ещё не распределено')).toMatchObject({
    reservedMinutes: 275,
    availableMinutes: 0,
    loadPermille: null,
  })
})

test('the named team takes its part of it, planned effort stands in its week, logged time is told apart', async () => {
  const team = { members: [{ accountId: state.people.rated, minutesPerMonth: 880 }] }
  const path = `/contracts/${state.alfa.contractId}/team`
  expect(await state.api.call(state.alfasManager, 'GET', path)).toMatchObject({ body: { members: [], version: 0 } })
  expect(await state.api.call(state.alfasManager, 'PUT', path, team, 0)).toMatchObject({
    status: 200,
    body: { guaranteedMinutes: 1_200, version: 1 },
  })
  const late = { members: [] }
  expect(await state.api.call(state.manager, 'PUT', path, late, 0)).toMatchObject({
    status: 409,
    body: { code: 'http.version_conflict', details: { currentVersion: 1 } },
  })
  await state.db.owner`
    update ticket set planned_minutes = 400, expected_on = '2026-04-09', assignee_id = ${state.people.rated} where id = ${state.beta.ticketId}`
  await state.db.owner`delete from time_entry where ticket_id = ${state.beta.ticketId}`
  await logged(state.db, state.beta, {
    minutes: 100,
    at: '2026-04-07',
    activity: 'development',
    account: state.people.rated,
  })
  const own = weekOf(await plan(state.director), 'Дмитрий')
  // 880 ÷ 22 = 40 a day for Alfa; 300 still to do and 100 done for Beta
  expect(own).toMatchObject({
    availableMinutes: 2_400,
    reservedMinutes: 200,
    plannedMinutes: 300,
    actualMinutes: 100,
    loadMinutes: 600,
    loadPermille: 250,
    utilisationPermille: 42,
  })
  expect(weekOf(await plan(state.director), 'Ещё не распределено').reservedMinutes).toBe(75)
})

test('a week with May’s holidays has less time to give, and fewer hours a week are given from their day on', async () => {
  const found = await plan(state.director)
  // 1 May is a holiday of the production calendar
  expect(weekOf(found, 'Дмитрий', '2026-04-27').availableMinutes).toBe(1_920)
  const half = { validFrom: '2026-04-20', minutesPerWeek: 1_200 }
  const set = (actor: MoneyBench['finance']) =>
    state.api.call(actor, 'POST', `/staff/${state.people.rated}/capacity`, half)
  expect((await set(state.manager)).status).toBe(403)
  expect((await set(state.incidents)).status).toBe(201)
  const after = await plan(state.director)
  expect([WEEK, '2026-04-20', '2026-04-27'].map((week) => weekOf(after, 'Дмитрий', week).availableMinutes)).toEqual([
    2_400, 1_200, 960,
  ])
})

test('every figure of every person and week is the sum of the rows that it leads to', async () => {
  const found = await plan(state.director)
  for (const { accountId, weeks } of found.people) {
    for (const week of weeks) {
      for (const kind of ['reserved', 'planned', 'actual'] as const) {
        const who = accountId === null ? '' : `&accountId=${accountId}`
        const { items, totalMinutes } = await rows(state.director, `week=${week.week}&kind=${kind}${who}`)
        expect(totalMinutes).toBe(week[`${kind}Minutes`])
        expect(items.reduce((sum, one) => sum + one.minutes, 0)).toBe(totalMinutes)
      }
    }
  }
})

test('who serves Alfa alone sees whole loads, and Beta’s part of them without a name', async () => {
  const found = await plan(state.alfasManager)
  expect(weekOf(found, 'Дмитрий').loadMinutes).toBe(600)
  const { items } = await rows(state.alfasManager, `week=${WEEK}&accountId=${state.people.rated}`)
  expect(items.map((row) => [row.kind, row.client?.name ?? null, row.ticketNumber, row.minutes])).toEqual([
    ['reserved', 'Альфа', null, 200],
    ['planned', null, null, 300],
    ['actual', null, null, 100],
  ])
  expect(found.clients.map(({ client }) => client.name)).not.toContain('Бета')
  const foreign = `/insight/capacity/client-rows?clientId=${state.beta.clientId}&month=2026-04`
  expect((await state.api.call(state.alfasManager, 'GET', foreign)).status).toBe(404)
  for (const path of [
    '?from=9999-12-31',
    '?from=0001-01-01',
    '/rows?week=9999-12-31',
    '/client-rows?clientId=1&month=0000-01',
  ])
    expect((await state.api.call(state.alfasManager, 'GET', `/insight/capacity${path}`)).status).toBe(400)
})

test('a client’s month past its ceiling of hours warns, and leads to what it is made of', async () => {
  await state.db.owner`update ticket set planned_minutes = 119950 where id = ${state.beta.ticketId}`
  const beta = (await plan(state.finance)).clients.find((one) => one.client.name === 'Бета' && one.month === '2026-04')!
  // 119 850 still planned and 100 logged: fifty minutes to the ceiling of 2 000 hours
  expect(beta).toMatchObject({ needMinutes: 119_950, ceilingMinutes: 120_000, state: 'near' })
  await logged(state.db, state.alfa, {
    minutes: 1,
    at: '2026-04-07',
    activity: 'testing',
    account: state.people.unrated,
  })
  await state.db.owner`update ticket set planned_minutes = 120001 where id = ${state.beta.ticketId}`
  const over = (await plan(state.finance)).clients[0]!
  expect(over).toMatchObject({ client: { name: 'Бета' }, needMinutes: 120_001, state: 'over' })
  const answer = await state.api.call(
    state.finance,
    'GET',
    `/insight/capacity/client-rows?clientId=${over.client.id}&month=2026-04`,
  )
  expect(answer.body).toMatchObject({ totalMinutes: 120_001 })
})

test('people who plan work see the plan; who does not is refused; it can be taken away as a file', async () => {
  expect((await state.api.call(state.incidents, 'GET', '/insight/capacity')).status).toBe(200)
  for (const actor of [state.responsible, state.accountant])
    expect((await state.api.call(actor, 'GET', '/insight/capacity')).status).toBe(403)
  const file = await state.api.call(state.incidents, 'GET', `/insight/capacity/export?from=${WEEK}&weeks=1&format=csv`)
  expect(file.text).toContain('Дмитрий;2026-04-06;2400;200;')
})

test('what a contract reserves is kept like what a form guarantees: the greater of the two, less the named team', async () => {
  const nobody = async () => weekOf(await plan(state.director), 'Ещё не распределено').reservedMinutes
  const reserve = (minutes: number) => state.db.owner`
    update contract_version set terms = jsonb_set(terms, '{agreement}', ${JSON.stringify({ ...NO_AGREEMENT, reservedMinutesPerMonth: minutes })}::text::jsonb)
    where contract_id = ${state.alfa.contractId}`
  const before = await nobody()
  await state.db.owner`alter table contract_version disable trigger user`
  await reserve(600)
  expect(await nobody()).toBe(before)
  // 2 080 a month less the team's 880: 1 200 over April's 22 days
  await reserve(2_080)
  const path = `/contracts/${state.alfa.contractId}/team`
  expect((await state.api.call(state.alfasManager, 'GET', path)).body).toMatchObject({ guaranteedMinutes: 2_080 })
  expect(await nobody()).toBe(275)
})
