import { serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueRoutes, slaPolicyAt } from './index.ts'
import { contractsForTests, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>> }
const { contracts } = contractsForTests()
const admin = staffActor(1, ['ad'])
const finance = staffActor(2, ['fi'])

beforeAll(async () => {
  state.db = await createTestDatabase()
  await withCatalogue(state.db)
  state.api = await serveRoutes(state.db, catalogueRoutes(contracts))
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

test('loading the catalogue twice changes nothing, and what was edited stays', async () => {
  const { db } = state
  const count = async () => {
    const [row] =
      await db.staff`select (select count(*) from calendar) as calendars, (select count(*) from sla_policy_version) as policies,
      (select count(*) from catalogue_package) as packages, (select count(*) from catalogue_service) as services,
      (select count(*) from activity) as activities, (select count(*) from production_year) as years`
    return row
  }
  const before = await count()
  expect(before).toMatchObject({ calendars: 6, years: 4 })
  await db.owner`update catalogue_package set name_ru = 'Своё имя' where code = 'crm-basic'`
  await withCatalogue(db)
  expect(await count()).toEqual(before)
  const packages = await state.api.call(finance, 'GET', '/catalogue/packages')
  expect(packages.body.items!.find((item) => item['code'] === 'crm-basic')).toMatchObject({
    nameRu: 'Своё имя',
    version: 1,
  })
})

test('the terms of a package are what a contract begins from', async () => {
  const answer = await state.api.call(finance, 'GET', '/catalogue/packages/studio-deposit/terms?startsOn=2026-05-01')
  expect(answer.body['forms']).toMatchObject([
    { kind: 'deposit', minutes: 3600, ratePerHourKopecks: 170_000, boughtOn: '2026-05-01' },
  ])
  expect((await state.api.call(finance, 'GET', '/catalogue/packages/none/terms?startsOn=2026-05-01')).status).toBe(404)
})

test('an offer is changed by finance, and one that no contract could begin from is refused', async () => {
  const { api } = state
  const found = (await api.call(finance, 'GET', '/catalogue/packages')).body.items!.find(
    (item) => item['code'] === 'crm-business',
  )!
  const change = { nameRu: 'Бизнес', nameEn: 'Business', spec: found['spec'] as object }
  expect((await api.call(admin, 'PUT', '/catalogue/packages/crm-business', change, 1)).status).toBe(403)
  expect((await api.call(finance, 'PUT', '/catalogue/packages/crm-business', change, 1)).body).toMatchObject({
    version: 2,
  })
  const [{ spec: kept }] = (await api.call(finance, 'GET', '/catalogue/packages')).body.items!.filter(
    (item) => item['code'] === 'crm-business',
  ) as [{ spec: object }]
  expect(kept).toMatchObject({ name: { ru: 'Бизнес', en: 'Business' } })
  const broken = { ...change, spec: { ...change.spec, calendarCode: 'moon' } }
  const refused = await api.call(finance, 'PUT', '/catalogue/packages/crm-business', broken, 2)
  expect(refused).toMatchObject({ status: 422, body: { code: 'contracts.offer_invalid', field: 'spec.calendarCode' } })
  expect((await api.call(finance, 'PUT', '/catalogue/packages/crm-business', { ...change, spec: {} }, 2)).status).toBe(
    422,
  )
})

test('a policy is changed by versions, and two rows for the same requests are refused', async () => {
  const { api, db } = state
  const policy = (await slaPolicyAt(db.staff, 'crm-basic'))!
  const rows = policy.spec.rows
  const body = { nameRu: 'CRM', nameEn: 'CRM', spec: { ...policy.spec, rows: rows.slice(0, 1) } }
  const director = staffActor(3, ['di'])
  expect((await api.call(director, 'PUT', '/sla-policies/crm-basic', body, 1)).body['version']).toBe(2)
  expect((await slaPolicyAt(db.staff, 'crm-basic', 1))?.spec.rows).toHaveLength(rows.length)
  expect((await slaPolicyAt(db.staff, 'crm-basic'))?.spec.rows).toHaveLength(1)
  const twice = { ...body, spec: { ...policy.spec, rows: [rows[0], rows[0]] } }
  expect((await api.call(director, 'PUT', '/sla-policies/crm-basic', twice, 2)).body).toMatchObject({
    code: 'contracts.policy_invalid',
    field: 'spec.rows.1.when',
  })
  const foreign = { reaction: { amount: 1, unit: 'working_days', dayCalendar: 'moon' } }
  const lost = { ...body, spec: { ...policy.spec, rows: [{ ...rows[0], targets: foreign }] } }
  expect((await api.call(director, 'PUT', '/sla-policies/crm-basic', lost, 2)).body['field']).toBe(
    'spec.rows.0.targets.reaction.dayCalendar',
  )
})
