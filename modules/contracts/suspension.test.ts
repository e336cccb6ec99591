import { createClient, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linesOf } from './domain/close-lines.ts'
import { contractRoutes } from './index.ts'
import { monthGroundsOf } from './months.read-model.ts'
import { contractsForTests, createContract, subscription, terms, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>> }
const { contracts } = contractsForTests()
const manager = staffActor(1, ['am'])

beforeAll(async () => {
  state.db = await createTestDatabase()
  await withCatalogue(state.db)
  await state.db.owner`insert into account (side, email, name) values ('staff', 'am@provider.test', 'Анна')`
  state.api = await serveRoutes(state.db, contractRoutes(contracts))
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

test('a suspended contract brings no hours and takes no fee for its days, by its own rule, and says so in the month', async () => {
  const { api, db } = state
  await db.setNow('2026-03-10T09:00:00Z')
  const { id: clientId } = await createClient(db.owner)
  const given = terms({ monthlyFeeKopecks: 3_100_000, forms: [subscription({ minutesPerMonth: 1_240 })] })
  const { id } = await createContract(db, clientId, { startsOn: '2026-03-01', terms: given })
  const version = async () => (await api.call(manager, 'GET', `/contracts/${id}`)).body['version'] as number
  const patch = async (body: object) => api.call(manager, 'PATCH', `/contracts/${id}`, body, await version())
  const granted = async () => {
    const [row] = await db.staff`select coalesce(sum(minutes), 0)::int as minutes from ledger_entry
      where contract_id = ${id} and period = '2026-03' and kind in ('grant', 'reverse')`
    return row?.['minutes']
  }
  expect(await granted()).toBe(1_240)
  const early = { status: 'suspended', reason: 'Нет оплаты', since: '2026-02-20' }
  expect((await patch(early)).body['code']).toBe('contracts.since_unfit')
  expect((await patch({ ...early, since: '2026-03-25' })).body['code']).toBe('contracts.since_unfit')
  const stopped = await patch({ status: 'suspended', reason: 'Нет оплаты', since: '2026-03-06' })
  expect(stopped.body).toMatchObject({ standing: 'suspended', suspensions: [{ from: '2026-03-06', to: null }] })
  // five of March's 31 days
  expect(await granted()).toBe(200)
  await db.setNow('2026-03-16T09:00:00Z')
  expect((await patch({ status: 'active' })).body).toMatchObject({
    standing: 'active',
    suspensions: [{ from: '2026-03-06', to: '2026-03-15' }],
  })
  // 21 of 31 days
  expect(await granted()).toBe(840)
  const ground = (await monthGroundsOf(db.staff, [id], '2026-03')).get(id)!
  const lines = linesOf(ground.versions, '2026-03', [])
  expect(lines.map((line) => [line.kind, line.sumKopecks])).toEqual([
    ['fee', 2_100_000],
    ['hours', 2_380_000],
  ])
  expect(lines[0]?.explanation.map((step) => step.ru.replaceAll('\u00a0', ' '))).toEqual([
    'договор приостановлен с 06.03 по 15.03: 10 дн. без оплаты',
    '31 000 ₽ × 21 из 31 дн. = 21 000 ₽',
  ])
  const again = await patch({ status: 'suspended', reason: 'Ещё раз', since: '2026-03-10' })
  expect(again.body['code']).toBe('contracts.since_unfit')
})

test('months that are wholly suspended bring nothing until the contract goes on, however long it stands', async () => {
  const { api, db } = state
  await db.setNow('2026-03-10T09:00:00Z')
  const { id: clientId } = await createClient(db.owner)
  const rule = { feePercent: 50, hours: 'by_days' as const }
  const given = terms({ monthlyFeeKopecks: 3_000_000, forms: [subscription()], suspension: rule })
  const { id } = await createContract(db, clientId, { startsOn: '2026-03-01', terms: given })
  const version = async () => (await api.call(manager, 'GET', `/contracts/${id}`)).body['version'] as number
  await api.call(manager, 'PATCH', `/contracts/${id}`, { status: 'suspended', reason: 'Пауза' }, await version())
  await db.setNow('2026-05-11T09:00:00Z')
  const now = Date.parse('2026-05-11T09:00:00Z')
  await db.begin({ as: 'worker' }, (tx) => contracts.grantPeriods(tx, id, now))
  const periods = async () =>
    (
      await db.staff`select period, sum(minutes)::int as minutes from ledger_entry
        where contract_id = ${id} and kind in ('grant', 'reverse') group by 1 having sum(minutes) <> 0 order by 1`
    ).map((row) => [row['period'], row['minutes']])
  // nine of March's 31 days
  expect(await periods()).toEqual([['2026-03', 349]])
  await api.call(manager, 'PATCH', `/contracts/${id}`, { status: 'active' }, await version())
  // from 11 May: 21 of 31 days
  expect(await periods()).toEqual([
    ['2026-03', 349],
    ['2026-05', 813],
  ])
  const { versions } = (await monthGroundsOf(db.staff, [id], '2026-04')).get(id)!
  const [fee] = linesOf(versions, '2026-04', [])
  expect([fee?.sumKopecks, fee?.explanation.at(-1)?.ru.replaceAll('\u00a0', ' ')]).toEqual([
    1_500_000,
    '30 000 ₽ × (0 + 30 дн. × 50 %) из 30 дн. = 15 000 ₽',
  ])
})
