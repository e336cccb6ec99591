import type { Actor } from '@opora/access'
import { createEventBus } from '@opora/platform/events'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cabinetPeopleRoutes, createPeople, type KnownContact, type PeopleEvents, peopleRoutes } from './index.ts'
import { contactActor, createClient, createContact, fakeAccounts, serveRoutes, staffActor } from './testkit.ts'

const state = {} as {
  db: TestDatabase
  api: Awaited<ReturnType<typeof serveRoutes>>
  a: { id: number }
  b: { id: number }
  boss: KnownContact
  worker: KnownContact
  stranger: KnownContact
}
const manager = staffActor(1, ['am'])

beforeAll(async () => {
  state.db = await createTestDatabase()
  const { owner } = state.db
  state.a = await createClient(owner, { name: 'А' })
  state.b = await createClient(owner, { name: 'Б' })
  state.boss = await createContact(owner, state.a.id, { name: 'Борис', responsible: true, scope: 'all' })
  state.worker = await createContact(owner, state.a.id, { name: 'Вера' })
  state.stranger = await createContact(owner, state.b.id, { name: 'Гость', email: 'taken@elsewhere.test' })
  const people = createPeople({ bus: createEventBus<PeopleEvents>(), accounts: fakeAccounts() })
  state.api = await serveRoutes(state.db, [...peopleRoutes(people), ...cabinetPeopleRoutes(people)])
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

test('lists page by key without gaps, find by name and by INN, and take wildcards literally', async () => {
  const { db, api } = state
  const names = Array.from({ length: 7 }, (_, n) => `Список ${n}`)
  for (const [n, name] of names.entries()) await createClient(db.owner, { name, inn: `55000000${n}0` })
  await createClient(db.owner, { name: 'Сто_процентов %' })
  const seen: unknown[] = []
  let cursor = ''
  do {
    const page = await api.call(
      manager,
      'GET',
      `/clients?q=${encodeURIComponent('список')}&limit=3${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...page.body.items!.map((item) => item['name']))
    cursor = String(page.body['nextCursor'] ?? '')
  } while (cursor)
  expect(seen).toEqual(names)
  const byInn = await api.call(manager, 'GET', '/clients?q=550000003')
  expect(byInn.body.items).toHaveLength(1)
  const wild = await api.call(manager, 'GET', `/clients?q=${encodeURIComponent('%')}`)
  expect(wild.body.items!.map((item) => item['name'])).toEqual(['Сто_процентов %'])
  expect((await api.call(manager, 'GET', '/clients?cursor=nonsense')).body['code']).toBe('http.bad_cursor')
})

test('a client outside the scope answers exactly as one that does not exist', async () => {
  const { api, a, b } = state
  const narrow = staffActor(2, ['am'], [a.id])
  const foreign = await api.call(narrow, 'GET', `/clients/${b.id}`)
  const never = await api.call(narrow, 'GET', '/clients/999999')
  expect(foreign.status).toBe(404)
  expect({ ...foreign.body, requestId: '' }).toEqual({ ...never.body, requestId: '' })
  const list = await api.call(narrow, 'GET', '/clients?limit=200')
  expect(list.body.items!.map((item) => item['id'])).toEqual([a.id])
  expect((await api.call(narrow, 'GET', `/contacts/${state.stranger.id}`)).status).toBe(404)
})

test('a change demands the version that was seen, and unknown fields are refused by name', async () => {
  const { api, a } = state
  expect((await api.call(manager, 'PATCH', `/clients/${a.id}`, { notes: 'x' })).body['code']).toBe(
    'http.version_required',
  )
  const extra = await api.call(manager, 'PATCH', `/clients/${a.id}`, { version: 9, createdAt: 'x' }, 1)
  expect(extra).toMatchObject({ status: 400, body: { code: 'http.invalid_request' } })
  const changed = await api.call(manager, 'PATCH', `/clients/${a.id}`, { legalName: 'ООО «А»', notes: '' }, 1)
  expect(changed).toMatchObject({ status: 200, body: { legalName: 'ООО «А»', version: 2 } })
})

test('the cabinet shows the own company and as many colleagues as the contact may see', async () => {
  const { api, boss, worker } = state
  const company = await api.call(contactActor(worker), 'GET', '/cabinet/company')
  expect(company.body).toEqual({
    id: state.a.id,
    name: 'А',
    legalName: 'ООО «А»',
    inn: null,
    kpp: null,
    zone: 'Europe/Moscow',
    accountManager: null,
  })
  const names = async (actor: Actor) =>
    (await api.call(actor, 'GET', '/cabinet/colleagues')).body.items!.map((item) => [item['name'], item['self']])
  expect(await names(contactActor(worker))).toEqual([['Вера', true]])
  expect(await names(contactActor(boss))).toEqual([
    ['Борис', true],
    ['Вера', false],
  ])
})

test('P10: adding a colleague answers the same whether the address is known elsewhere or not', async () => {
  const { api, boss, db } = state
  await db.owner`insert into account (side, email, name) values ('client', 'taken@elsewhere.test', 'Гость')`
  const add = (email: string) =>
    api.call(contactActor(boss), 'POST', '/cabinet/colleagues', { name: 'Новый', email, responsible: true })
  const [fresh, taken] = [await add('fresh@nowhere.test'), await add('taken@elsewhere.test')]
  const same = (answer: { body: object }) => ({ ...answer.body, id: 0, email: '', createdAt: '' })
  expect(fresh.status).toBe(201)
  expect(taken.status).toBe(201)
  expect(same(taken)).toEqual(same(fresh))
  const again = (email: string) => api.call(contactActor(boss), 'POST', '/cabinet/colleagues', { name: 'Новый', email })
  expect((await again('fresh@nowhere.test')).status).toBe(409)
})

test('an ordinary contact adds nobody, and nobody of a client reaches a foreign contact', async () => {
  const { api, boss, worker, stranger } = state
  const body = { name: 'X', email: 'x@y.test' }
  expect((await api.call(contactActor(worker), 'POST', '/cabinet/colleagues', body)).status).toBe(403)
  expect(
    (await api.call(contactActor(boss), 'PATCH', `/cabinet/colleagues/${stranger.id}`, { name: 'X' }, 1)).status,
  ).toBe(404)
  expect((await api.call(contactActor(boss), 'POST', `/cabinet/colleagues/${stranger.id}/invitation`)).status).toBe(404)
  expect((await api.call(manager, 'GET', '/cabinet/company')).status).toBe(403)
})
