import type { Role } from '@opora/access'
import { createEventBus } from '@opora/platform/events'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CostRatePerson } from './cost-rates.contract.ts'
import { costRateRoutes } from './cost-rates.routes.ts'
import { createPeople, type PeopleEvents } from './index.ts'
import { createStaff, fakeAccounts, serveRoutes, staffActor } from './testkit.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>>; worker: number }

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-10T09:00:00Z')
  const people = createPeople({ bus: createEventBus<PeopleEvents>(), accounts: fakeAccounts() })
  state.api = await serveRoutes(state.db, costRateRoutes(people, state.db))
  state.worker = (await createStaff(state.db.owner, { roles: ['dev'], name: 'Дмитрий' })).id
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

const actor = async (role: Role) => staffActor((await createStaff(state.db.owner, { roles: [role] })).id, [role])
const set = async (role: Role, body: object) =>
  state.api.call(await actor(role), 'POST', `/staff/${state.worker}/cost-rates`, body)

test('a rate holds from its day on, and the past keeps its own', async () => {
  for (const [validFrom, perHourKopecks] of [
    ['2026-01-01', 90_000],
    ['2026-04-01', 110_000],
    ['2026-03-01', 100_000],
  ] as const) {
    expect((await set('fi', { validFrom, perHourKopecks })).status).toBe(201)
  }
  await set('fi', { validFrom: '2026-03-01', perHourKopecks: 101_000 })
  const { body } = await state.api.call(await actor('di'), 'GET', '/cost-rates')
  const found = (body.items as unknown as CostRatePerson[]).find((one) => one.accountId === state.worker)!
  expect(found.perHourKopecks).toBe(101_000)
  expect(found.rates.map((one) => [one.validFrom, one.perHourKopecks])).toEqual([
    ['2026-04-01', 110_000],
    ['2026-03-01', 101_000],
    ['2026-01-01', 90_000],
  ])
})

test('a year that nobody meant is refused at its field', async () => {
  for (const validFrom of ['0206-01-01', '9026-01-01'])
    expect(await set('fi', { validFrom, perHourKopecks: 90_000 })).toMatchObject({
      status: 400,
      body: { field: 'validFrom' },
    })
})

test('finance and the director see rates, finance alone sets them, everybody else is refused', async () => {
  for (const role of ['l1', 'im', 'qa', 'it', 'dev', 'an', 'rb', 'am', 'ad'] as const) {
    expect((await state.api.call(await actor(role), 'GET', '/cost-rates')).status).toBe(403)
    expect((await set(role, { validFrom: '2026-01-01', perHourKopecks: 1 })).status).toBe(403)
  }
  expect((await set('di', { validFrom: '2026-01-01', perHourKopecks: 1 })).status).toBe(403)
})

test('a query that forgot to ask the policy is refused by the database itself, and so is every outsider', async () => {
  await expect(state.db.staff`select per_hour_kopecks from cost_rate`).rejects.toMatchObject({ code: '42501' })
  for (const scope of [
    { as: 'client', clientId: 1, accountId: 1 },
    { as: 'partner', accountId: 1 },
  ] as const) {
    await expect(state.db.read(scope, (sql) => sql`select 1 from cost_rate`)).rejects.toMatchObject({ code: '42501' })
  }
})

test('the audit says that a rate was set and from when, never how much', async () => {
  await set('fi', { validFrom: '2026-05-01', perHourKopecks: 123_456 })
  const rows = await state.db.owner<
    { detail: object }[]
  >`select detail from audit where action = 'cost.rate_set' order by seq desc limit 1`
  expect(rows[0]!.detail).toEqual({ validFrom: '2026-05-01' })
})
