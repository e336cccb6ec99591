import { createClient, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linesOf } from './domain/close-lines.ts'
import { monthGroundsOf } from './months.read-model.ts'
import { contractsForTests, createContract, terms, withCatalogue } from './testkit.ts'
import type { UnitUseList } from './unit-use.contract.ts'
import { unitUseRoutes } from './unit-use.routes.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>>; contractId: number }
const { contracts, closed } = contractsForTests()
const operator = staffActor(1, ['l1'])
const stranger = staffActor(2, ['l1'], [999])
const developer = staffActor(3, ['qa'])

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-20T09:00:00Z')
  await withCatalogue(state.db)
  const { owner } = state.db
  await owner`insert into account (side, email, name) values ('staff', 'l1@provider.test', 'Ольга')`
  const { id: clientId } = await createClient(owner)
  const services = [
    { service: 'backups', allowance: { kind: 'units' as const, unitsPerMonth: 5 } },
    { service: 'monitoring', allowance: { kind: 'excluded' as const } },
  ]
  const given = terms({ forms: [{ kind: 'flat', code: 'services', services }], unitPrices: { backups: 30_000 } })
  const { id } = await createContract(state.db, clientId, { startsOn: '2026-03-01', terms: given })
  state.contractId = id
  const isMonthClosed = async (_sql: unknown, of: number, month: string) => closed.has(`${of}/${month}`)
  state.api = await serveRoutes(state.db, unitUseRoutes(contracts, { isMonthClosed }))
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

const path = (rest = '') => `/contracts/${state.contractId}/units${rest}?month=2026-03`
const use = (body: object, actor = operator) => state.api.call(actor, 'POST', path(), body)
const bill = async () => {
  const ground = (await monthGroundsOf(state.db.staff, [state.contractId], '2026-03')).get(state.contractId)!
  return linesOf(ground.versions, '2026-03', [], ground.units).filter((line) => line.kind === 'units')
}

test('units draw what the package has of them first; those beyond are a line of the month at the contract’s price', async () => {
  expect(await use({ service: 'backups', units: 4, note: 'Март' })).toMatchObject({ status: 201 })
  expect((await bill()).map((line) => line.sumKopecks)).toEqual([0])
  const { body } = await use({ service: 'backups', units: 3, date: '2026-03-05' })
  expect(body).toMatchObject({
    closed: false,
    services: [{ code: 'backups', includedUnits: 5, usedUnits: 7, beyondUnits: 2 }],
    items: [
      { units: 4, date: '2026-03-20', by: 'Ольга' },
      { units: 3, date: '2026-03-05' },
    ],
  })
  const [line] = await bill()
  expect(line).toMatchObject({ sumKopecks: 60_000, units: { count: 2, priceKopecks: 30_000 } })
  expect(line!.explanation.map((step) => step.ru.replaceAll('\u00a0', ' '))).toEqual([
    'использовано 7 шт., включено 5',
    'сверх включённого: 2 × 300 ₽ = 600 ₽',
  ])
})

test('what has no price, is left out, is of another day or of another client is refused', async () => {
  for (const [body, code] of [
    [{ service: 'monitoring', units: 1 }, 'contracts.use_excluded'],
    [{ service: 'specification', units: 1 }, 'contracts.unit_price_missing'],
    [{ service: 'no-such', units: 1 }, 'contracts.service_unknown'],
    [{ service: 'backups', units: 1, date: '2026-03-21' }, 'contracts.use_ahead'],
    [{ service: 'backups', units: 1, date: '2026-02-28' }, 'contracts.date_not_covered'],
    [{ service: 'backups', units: 1, ticketNumber: 77 }, 'contracts.use_ticket_unknown'],
  ] as const)
    expect((await use(body)).body).toMatchObject({ code })
  for (const units of [0, -1, 1.5, 1e9]) expect((await use({ service: 'backups', units })).status).toBe(400)
  expect((await use({ service: 'backups', units: 1 }, stranger)).status).toBe(404)
  expect((await use({ service: 'backups', units: 1 }, developer)).status).toBe(403)
})

test('a wrong record is taken back while its month is open, once; a closed month takes and gives nothing', async () => {
  const { items } = (await state.api.call(operator, 'GET', path())).body as unknown as UnitUseList
  const own = `/${items.find((one) => one.units === 3)!.id}`
  closed.add(`${state.contractId}/2026-03`)
  expect((await use({ service: 'backups', units: 1 })).body).toMatchObject({ code: 'contracts.month_closed' })
  expect((await state.api.call(operator, 'DELETE', path(own))).body).toMatchObject({ code: 'contracts.month_closed' })
  closed.delete(`${state.contractId}/2026-03`)
  expect((await state.api.call(stranger, 'DELETE', path(own))).status).toBe(404)
  expect((await state.api.call(operator, 'DELETE', path(own))).body).toMatchObject({ items: [{ units: 4 }] })
  expect((await state.api.call(operator, 'DELETE', path(own))).status).toBe(404)
  expect((await bill()).map((line) => line.sumKopecks)).toEqual([0])
})
