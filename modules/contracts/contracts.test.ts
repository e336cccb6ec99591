import { createClient, createContact, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { createPortal } from '@opora/portals/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { balanceOf, contractRoutes, versionsOf } from './index.ts'
import { contractsForTests, createContract, rates, subscription, terms, withCatalogue } from './testkit.ts'

const state = {} as {
  db: TestDatabase
  api: Awaited<ReturnType<typeof serveRoutes>>
  clientId: number
}
const { contracts, bus, closed } = contractsForTests()
const heard: number[] = []
bus.on('contract.changed', async (_tx, payload) => void heard.push(payload.contractId))
const manager = staffActor(1, ['am'])

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-10T09:00:00Z')
  await withCatalogue(state.db)
  state.clientId = (await createClient(state.db.owner)).id
  await state.db.owner`insert into account (side, email, name) values ('staff', 'am@provider.test', 'Анна')`
  state.api = await serveRoutes(state.db, contractRoutes(contracts))
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

const wish = (number: string, extra: object = {}) => ({
  clientId: state.clientId,
  number,
  title: 'Поддержка',
  startsOn: '2026-01-01',
  ...extra,
})
const codesOf = (answer: { body: Record<string, unknown> }) =>
  (answer.body['errors'] as { field: string }[]).map((error) => error.field)

test('a contract on a package takes what the offer leaves open and keeps to its range', async () => {
  const { api } = state
  const made = await api.call(
    manager,
    'POST',
    '/contracts',
    wish('П-1', { packageCode: 'integrator-standard', monthlyFeeKopecks: 3_000_000, minutesPerMonth: 1_500 }),
  )
  expect(made).toMatchObject({
    status: 201,
    body: { standing: 'active', packageCode: 'integrator-standard', version: 1 },
  })
  expect(made.body['terms']).toMatchObject({ monthlyFeeKopecks: 3_000_000, slaPolicyCode: 'integrator-standard' })
  const balance = await balanceOf(state.db.staff, made.body['id'] as number, Date.parse('2026-03-10T09:00:00Z'))
  expect(balance?.leftMinutes).toBe(1_500)
  const dear = await api.call(
    manager,
    'POST',
    '/contracts',
    wish('П-2', { packageCode: 'integrator-standard', monthlyFeeKopecks: 9_000_000 }),
  )
  expect(dear).toMatchObject({ status: 422, body: { code: 'contracts.fee_outside_offer', field: 'monthlyFeeKopecks' } })
  const short = await api.call(
    manager,
    'POST',
    '/contracts',
    wish('П-3', { packageCode: 'crm-basic', endsOn: '2026-06-30' }),
  )
  expect(short).toMatchObject({ status: 422, body: { code: 'contracts.term_too_short' } })
})

test('every fault of the terms is told at once with its field', async () => {
  const { api, db } = state
  const foreign = await createContact(db.owner, (await createClient(db.owner)).id)
  const bad = terms({
    calendarCode: 'moon',
    forms: [subscription({ minutesPerMonth: 60 })],
    rates: rates({ urgentPercent: 50 }),
  })
  const answer = await api.call(manager, 'POST', '/contracts', wish('П-4', { terms: bad, contactIds: [foreign.id] }))
  expect(answer).toMatchObject({ status: 422, body: { code: 'contracts.terms_invalid' } })
  expect(codesOf(answer)).toEqual([
    'terms.calendarCode',
    'terms.forms.0.minutesPerMonth',
    'terms.rates.urgentPercent',
    'terms.entitlement.contactIds.0',
  ])
  const shape = await api.call(manager, 'POST', '/contracts', wish('П-5', { terms: { ...terms(), forms: 'none' } }))
  expect(shape).toMatchObject({ status: 400, body: { code: 'http.invalid_request' } })
})

test('a number is taken once, and either a package or terms are named', async () => {
  const { api } = state
  expect((await api.call(manager, 'POST', '/contracts', wish('П-6', { terms: terms() }))).status).toBe(201)
  const again = await api.call(manager, 'POST', '/contracts', wish('П-6', { terms: terms() }))
  expect(again).toMatchObject({ status: 409, body: { code: 'contracts.number_taken', field: 'number' } })
  expect((await api.call(manager, 'POST', '/contracts', wish('П-7'))).body['code']).toBe('contracts.terms_or_package')
})

test('new terms begin on a date and leave the past alone', async () => {
  const { api, db } = state
  const contract = await createContract(db, state.clientId, { terms: terms({ forms: [subscription()] }) })
  const version = (validFrom: string, minutesPerMonth: number) => ({
    validFrom,
    reason: 'Больше часов',
    terms: terms({ forms: [subscription({ minutesPerMonth })] }),
  })
  const path = `/contracts/${contract.id}/versions`
  const made = await api.call(manager, 'POST', path, version('2026-04-01', 2_400), 1)
  expect(made).toMatchObject({ status: 201, body: { version: 2 } })
  expect(heard.at(-1)).toBe(contract.id)
  const early = await api.call(manager, 'POST', path, version('2026-04-01', 2_400), 2)
  expect(early).toMatchObject({ status: 409, body: { code: 'contracts.version_overlaps', field: 'validFrom' } })
  expect((await api.call(manager, 'POST', path, version('2026-05-01', 1_200), 1)).body['code']).toBe(
    'http.version_conflict',
  )
  const zone = { ...version('2026-05-01', 1_200), terms: terms({ zone: 'Asia/Omsk' }) }
  expect((await api.call(manager, 'POST', path, zone, 2)).body['code']).toBe('contracts.zone_fixed')
  closed.add(`${contract.id}/2026-05`)
  expect((await api.call(manager, 'POST', path, version('2026-05-01', 1_200), 2)).body['code']).toBe(
    'contracts.version_in_closed_month',
  )
  const versions = await versionsOf(db.staff, contract.id)
  expect(versions.map(({ from, to }) => [from, to])).toEqual([
    ['2026-01-01', '2026-03-31'],
    ['2026-04-01', null],
  ])
  const listed = await api.call(manager, 'GET', path)
  expect(listed.body.items).toMatchObject([
    { validFrom: '2026-04-01', reason: 'Больше часов', by: 'Анна' },
    { validFrom: '2026-01-01' },
  ])
  await expect(db.owner`update contract_version set terms = '{}'`).rejects.toThrow(/facts/)
})

test('new terms inside a month share its hours by days, and hours that are drawn are not taken back', async () => {
  const { api, db } = state
  const contract = await createContract(db, state.clientId, {
    terms: terms({ forms: [subscription({ minutesPerMonth: 3_100 })] }),
  })
  const path = `/contracts/${contract.id}/versions`
  const left = async () => (await balanceOf(db.staff, contract.id, Date.parse('2026-03-31T00:00:00Z')))!.leftMinutes
  expect(await left()).toBe(3_100)
  const more = {
    validFrom: '2026-03-16',
    reason: 'x',
    terms: terms({ forms: [subscription({ minutesPerMonth: 6_200 })] }),
  }
  expect((await api.call(manager, 'POST', path, more, 1)).status).toBe(201)
  expect(await left()).toBe(15 * 100 + 16 * 200)
  await db.owner`update contract set ends_on = null where id = ${contract.id}`
  const ended = await api.call(
    manager,
    'PATCH',
    `/contracts/${contract.id}`,
    { status: 'ended', endsOn: '2026-03-20' },
    2,
  )
  expect(ended).toMatchObject({ status: 200, body: { status: 'ended', standing: 'ended', endsOn: '2026-03-20' } })
  expect(await left()).toBe(15 * 100 + 5 * 200)
})

test('a status goes only where it may, and a draft brings hours when it becomes active', async () => {
  const { api, db } = state
  const draft = await createContract(db, state.clientId, { status: 'draft', terms: terms({ forms: [subscription()] }) })
  const count = async () => {
    const [row] = await db.staff<
      { count: number }[]
    >`select count(*) as count from ledger_entry where contract_id = ${draft.id}`
    return row!.count
  }
  expect(await count()).toBe(0)
  const patch = (body: object, version: number) => api.call(manager, 'PATCH', `/contracts/${draft.id}`, body, version)
  expect((await patch({ status: 'suspended' }, 1)).body['code']).toBe('contracts.status_step')
  expect((await patch({ status: 'active' }, 1)).body).toMatchObject({ status: 'active', version: 2 })
  expect(await count()).toBe(3)
  expect((await patch({ status: 'ended' }, 2)).body).toMatchObject({ status: 'ended', endsOn: '2026-03-10' })
  expect((await patch({ status: 'active' }, 3)).body['code']).toBe('contracts.status_step')
})

test('who works by a contract sees what it includes and no money', async () => {
  const { api, db } = state
  const portal = await createPortal(db.owner, state.clientId, { name: 'Главный' })
  const contract = await createContract(db, state.clientId, { packageCode: 'crm-premium', portalIds: [portal.id] })
  const it = staffActor(2, ['it'])
  expect((await api.call(it, 'GET', `/contracts/${contract.id}`)).status).toBe(403)
  const seen = await api.call(it, 'GET', `/contracts/${contract.id}/service`)
  expect(seen.body).toMatchObject({ calendarCode: '24x7', portals: [{ name: 'Главный' }], contacts: [] })
  expect(seen.text).not.toMatch(/kopeck/i)
  const list = await api.call(staffActor(3, ['l1']), 'GET', `/contracts?clientId=${state.clientId}&limit=200`)
  expect(list.body.items!.map((item) => item['id'])).toContain(contract.id)
  expect(list.text).not.toMatch(/kopeck/i)
})

test('contracts page by key, and foreign ones are not there', async () => {
  const { api, db } = state
  const own = await createClient(db.owner)
  for (const startsOn of ['2025-01-01', '2025-02-01', '2025-02-01', '2025-03-01'])
    await createContract(db, own.id, { startsOn })
  const narrow = staffActor(4, ['am'], [own.id])
  const seen: unknown[] = []
  let cursor = ''
  do {
    const page = await api.call(narrow, 'GET', `/contracts?limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...page.body.items!.map((item) => item['startsOn']))
    cursor = String(page.body['nextCursor'] ?? '')
  } while (cursor)
  expect(seen).toEqual(['2025-03-01', '2025-02-01', '2025-02-01', '2025-01-01'])
  const foreign = await createContract(db, state.clientId)
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/service'],
    ['GET', '/versions'],
  ] as const) {
    expect((await api.call(narrow, method, `/contracts/${foreign.id}${path}`)).status).toBe(404)
  }
  expect((await api.call(narrow, 'PATCH', `/contracts/${foreign.id}`, { title: 'X' }, 1)).status).toBe(404)
  expect((await api.call(narrow, 'POST', '/contracts', wish('Ч-1', { terms: terms() }))).status).toBe(404)
})
