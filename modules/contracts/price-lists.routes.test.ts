import { readFileSync } from 'node:fs'
import { createClient, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleWork } from './domain/sample-month.ts'
import { catalogueRoutes, contractRoutes, priceListRoutes } from './index.ts'
import { contractsForTests, createContract, subscription, terms, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase; api: Awaited<ReturnType<typeof serveRoutes>>; works: SampleWork[] }
const { contracts } = contractsForTests()
const admin = staffActor(1, ['ad'])
const finance = staffActor(2, ['fi'])
const manager = staffActor(3, ['am'])

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-02-20T09:00:00Z')
  await withCatalogue(state.db)
  state.works = []
  const ports = { workOfMonth: async () => state.works }
  const routes = [...catalogueRoutes(contracts), ...priceListRoutes(contracts, ports), ...contractRoutes(contracts)]
  state.api = await serveRoutes(state.db, routes)
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

type Priced = { totals: Record<string, number>; lines: { kind: string; sumKopecks: number; explanation: object[] }[] }
const listOf = async () => (await state.api.call(finance, 'GET', '/catalogue/price-lists')).body.items![0]!
const preview = async (body: object) => {
  const answer = await state.api.call(finance, 'POST', '/catalogue/preview', body)
  return { status: answer.status, body: answer.body as unknown as Priced & { code: string; field: string } }
}
const typed = (works: object[] = [], month = '2026-03') => ({ kind: 'typed', month, works, units: [] })

test('every offer of the facts that has a package gives a price for a month, line by line', async () => {
  const facts = JSON.parse(readFileSync(new URL('./catalogue/testdata/packages.json', import.meta.url), 'utf8'))
  const { items } = (await state.api.call(finance, 'GET', '/catalogue/packages')).body
  const seen = new Set<string>()
  for (const item of items!) {
    const works = [{ activity: 'development', minutes: 90, urgent: true, onSite: true }]
    const { status, body } = await preview({ offer: item['spec'], sample: typed(works) })
    expect([item['code'], status]).toEqual([item['code'], 200])
    expect(body.totals['totalKopecks']).toBe(body.lines.reduce((sum, line) => sum + line.sumKopecks, 0))
    expect(body.lines.every((line) => line.explanation.length > 0)).toBe(true)
    seen.add(String(item['offer']))
  }
  expect([...seen].sort()).toEqual(facts.offers.map((offer: { id: string }) => offer.id).sort())
})

test('new prices from a date: contracts before it begin by the old ones, contracts after it by the new', async () => {
  const { api } = state
  const [first] = (await listOf())['versions'] as { spec: { rates: object } & Record<string, unknown> }[]
  const raised = {
    ...first!.spec,
    rates: { ...first!.spec.rates, postpaidPerHourKopecks: 220_000 },
    subscriptionPerHourKopecks: 190_000,
    packagePrices: { 'crm-basic': { kind: 'fixed', monthlyKopecks: 2_600_000 } },
    discounts: [{ months: 24, basisPoints: 500 }],
  }
  const version = { validFrom: '2026-04-01', reason: 'Новые цены с апреля', spec: raised }
  const path = '/catalogue/price-lists/standard/versions'
  expect((await api.call(admin, 'POST', path, version)).status).toBe(403)
  expect((await api.call(finance, 'POST', path, { ...version, validFrom: '2026-02-19' })).body.code).toBe(
    'contracts.price_list_past',
  )
  for (const [unknown, code] of [
    ['packagePrices', 'package'],
    ['unitPrices', 'service'],
  ] as const) {
    const prices = { packagePrices: { 'crm-bazic': { kind: 'by_hours' } }, unitPrices: { bakups: 100 } }[unknown]
    const refused = { code: `contracts.${code}_unknown`, field: `spec.${unknown}.${Object.keys(prices)[0]}` }
    const spec = { ...raised, [unknown]: prices }
    expect(await api.call(finance, 'POST', path, { ...version, spec })).toMatchObject({ status: 422, body: refused })
    const list = { code: 'misspelt', nameRu: 'Опечатка', nameEn: 'Misspelt', validFrom: '2026-04-01', spec }
    expect((await api.call(finance, 'POST', '/catalogue/price-lists', list)).body).toMatchObject(refused)
  }
  const option = { code: 'night', name: { ru: 'Ночь', en: 'Night' }, monthlyKopecks: 1, duty: null }
  for (const twice of [
    { options: [option, option] },
    { discounts: [500, 700].map((basisPoints) => ({ months: 24, basisPoints })) },
    {
      rates: {
        ...raised.rates,
        rows: [1, 2].map((perHourKopecks) => ({ activity: 'analysis', grade: null, perHourKopecks })),
      },
    },
  ])
    expect((await api.call(finance, 'POST', path, { ...version, spec: { ...raised, ...twice } })).status).toBe(400)
  // the day is the company's: in Moscow the twenty-first has begun
  await state.db.setNow('2026-02-20T22:30:00Z')
  expect((await api.call(finance, 'POST', path, { ...version, validFrom: '2026-02-20' })).body.code).toBe(
    'contracts.price_list_past',
  )
  await state.db.setNow('2026-02-20T09:00:00Z')
  expect((await api.call(finance, 'POST', path, version)).status).toBe(201)
  expect((await api.call(finance, 'POST', path, version)).body.code).toBe('contracts.price_list_dated')
  const standings = async () => ((await listOf())['versions'] as { standing: string }[]).map(({ standing }) => standing)
  expect(await standings()).toEqual(['future', 'in_force'])
  await state.db.setNow('2026-03-31T21:30:00Z')
  expect(await standings()).toEqual(['in_force', 'past'])
  await state.db.setNow('2026-02-20T09:00:00Z')
  const termsOn = async (code: string, query: string) =>
    (await api.call(finance, 'GET', `/catalogue/packages/${code}/terms?${query}`)).body as unknown as {
      monthlyFeeKopecks: number
      forms: { ratePerHourKopecks: number }[]
      agreement?: { discount: object }
    }
  expect((await termsOn('crm-basic', 'startsOn=2026-03-31')).monthlyFeeKopecks).toBe(2_400_000)
  expect((await termsOn('crm-basic', 'startsOn=2026-04-01')).monthlyFeeKopecks).toBe(2_600_000)
  expect((await termsOn('studio-subscription', 'startsOn=2026-03-01')).forms[0]?.ratePerHourKopecks).toBe(170_000)
  expect((await termsOn('studio-subscription', 'startsOn=2026-05-01')).forms[0]?.ratePerHourKopecks).toBe(190_000)
  const long = await termsOn('crm-basic', 'startsOn=2026-05-01&endsOn=2028-04-30')
  expect(long.agreement?.discount).toEqual({ months: 24, basisPoints: 500 })
  const sample = await preview({ terms: { ...long }, sample: typed([], '2026-05') })
  expect(sample.body.totals['monthlyKopecks']).toBe(2_470_000)
})

test('contracts always have a list to begin from: the default one is in force and is only ever replaced by another', async () => {
  const { api } = state
  const { versions, version } = (await listOf()) as { versions: { spec: object }[]; version: number }
  const { spec } = versions[0]!
  const put = (code: string, isDefault: boolean, version: number) =>
    api.call(finance, 'PUT', `/catalogue/price-lists/${code}`, { nameRu: code, nameEn: code, isDefault }, version)
  expect((await put('standard', false, version)).body).toMatchObject({
    code: 'contracts.price_list_needed',
    field: 'isDefault',
  })
  for (const [code, validFrom] of [
    ['later', '2026-02-22'],
    ['now', '2026-02-20'],
  ])
    await api.call(finance, 'POST', '/catalogue/price-lists', { code, nameRu: code, nameEn: code, validFrom, spec })
  expect((await put('later', true, 1)).body).toMatchObject({
    code: 'contracts.price_list_not_begun',
    field: 'isDefault',
  })
  expect((await put('now', true, 1)).body).toMatchObject({ isDefault: true })
  expect((await put('standard', true, version + 1)).body).toMatchObject({ isDefault: true })
})

test('a preview counts a real contract’s month with the terms that are edited, and what cannot be priced is told by its field', async () => {
  const { id: clientId } = await createClient(state.db.owner)
  const { id } = await createContract(state.db, clientId, { terms: terms({ forms: [subscription()] }) })
  const work = { ticketId: '1', personId: '1', activity: 'development', grade: null, service: null }
  const when = { date: '2026-01-12', minutes: 25 * 60, outOfHours: false }
  state.works = [{ ...work, urgent: false, onSite: false, when }]
  const sample = { kind: 'contract', contractId: id, month: '2026-01' }
  const cheaper = terms({ forms: [subscription({ minutesPerMonth: 25 * 60 })] })
  const before = await preview({ terms: terms({ forms: [subscription()] }), sample })
  const after = await preview({ terms: cheaper, sample })
  expect([before.body.totals['totalKopecks'], after.body.totals['totalKopecks']]).toEqual([4_400_000, 4_250_000])
  expect((await preview({ terms: cheaper, sample: { ...sample, contractId: 999 } })).status).toBe(404)
  expect((await preview({ offer: {}, sample: typed() })).body.code).toBe('contracts.offer_invalid')
  expect((await preview({ sample: typed() })).body.code).toBe('contracts.terms_or_package')
  const odd = await preview({ terms: cheaper, sample: typed([{ activity: 'flying', minutes: 5 }]) })
  expect(odd.body).toMatchObject({ code: 'contracts.activity_unknown', field: 'sample.works.0.activity' })
  const elsewhere = await preview({ terms: cheaper, sample, priceListCode: 'standrad' })
  expect(elsewhere).toMatchObject({
    status: 422,
    body: { code: 'contracts.price_list_unknown', field: 'priceListCode' },
  })
  expect((await preview({ terms: cheaper, sample, priceListCode: 'standard' })).body.totals).toEqual(after.body.totals)
  const option = { offer: await offerOf('studio-postpaid'), options: ['round-the-clock-duty'], sample: typed() }
  expect((await preview(option)).body.totals['monthlyKopecks']).toBe(5_000_000)
})

async function offerOf(code: string) {
  const { items } = (await state.api.call(finance, 'GET', '/catalogue/packages')).body
  return items!.find((item) => item['code'] === code)!['spec']
}

test('services and packages are added and changed; put away they are offered no more', async () => {
  const { api } = state
  const service = {
    nameRu: 'Аудит',
    nameEn: 'Audit',
    activity: 'analysis',
    unit: 'piece',
    price: 'by_piece',
    role: 'analyst',
  }
  const added = await api.call(finance, 'POST', '/catalogue/services', { code: 'audit', ...service })
  expect(added).toMatchObject({ status: 201, body: { code: 'audit', unit: 'piece', role: 'analyst', version: 1 } })
  expect((await api.call(finance, 'POST', '/catalogue/services', { code: 'audit', ...service })).body.code).toBe(
    'contracts.code_taken',
  )
  const away = await api.call(finance, 'PUT', '/catalogue/services/audit', { ...service, archived: true }, 1)
  expect(away.body).toMatchObject({ archived: true, version: 2 })
  expect((await api.call(finance, 'PUT', '/catalogue/services/audit', service, 1)).status).toBe(409)
  const unknown = { ...service, activity: 'flying' }
  expect((await api.call(finance, 'PUT', '/catalogue/services/audit', unknown, 2)).body.field).toBe('activity')
  const services = [
    { service: 'audit', allowance: { kind: 'units', unitsPerMonth: 1 } },
    {
      service: 'backups',
      allowance: { kind: 'minutes', minutesPerMonth: 120, leftover: { kind: 'carries', capMinutes: 60 } },
    },
  ]
  const spec = {
    ...((await offerOf('crm-basic')) as object),
    services,
    price: { kind: 'fixed', monthlyKopecks: 1_000_000 },
  }
  const made = await api.call(finance, 'POST', '/catalogue/packages', {
    code: 'own-care',
    offer: 'own',
    nameRu: 'Забота',
    nameEn: 'Care',
    spec,
  })
  expect(made).toMatchObject({ status: 201, body: { code: 'own-care', spec: { code: 'own-care', services } } })
  const { id: clientId } = await createClient(state.db.owner)
  const contract = await createContract(state.db, clientId, { packageCode: 'own-care', startsOn: '2026-02-01' })
  expect(contract.terms).toMatchObject({ packageCode: 'own-care', monthlyFeeKopecks: 1_000_000 })
})

test('a contract cannot begin in a year that was never meant: its months would be granted one by one', async () => {
  const { id: clientId } = await createClient(state.db.owner)
  const body = { clientId, number: 'Г-1', title: 'Опечатка в годе', packageCode: 'crm-basic' }
  for (const startsOn of ['0026-01-01', '0206-01-01', '9026-01-01'])
    expect(await state.api.call(manager, 'POST', '/contracts', { ...body, startsOn })).toMatchObject({
      status: 400,
      body: { field: 'startsOn' },
    })
  expect((await preview({ offer: {}, sample: typed([], '0000-01') })).status).toBe(400)
})
