import { contactActor, createClient, createContact, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPortals, portalsOfClient, portalsRoutes } from './index.ts'
import { createPortal } from './testkit.ts'

const state = {} as {
  db: TestDatabase
  api: Awaited<ReturnType<typeof serveRoutes>>
  a: { id: number }
  b: { id: number }
}
const it = staffActor(1, ['it'])

beforeAll(async () => {
  state.db = await createTestDatabase()
  await state.db.setNow('2026-03-10T09:00:00Z')
  state.a = await createClient(state.db.owner, { name: 'А' })
  state.b = await createClient(state.db.owner, { name: 'Б' })
  state.api = await serveRoutes(state.db, portalsRoutes(createPortals()))
})
afterAll(async () => {
  await state.api.close()
  await state.db.drop()
})

const portal = (extra: object = {}) => ({
  clientId: state.a.id,
  name: 'Основной',
  address: 'Corp.Bitrix24.ru/',
  product: 'bitrix24-cloud',
  ...extra,
})

test('a portal is added with its address in one form, once for a client', async () => {
  const { api } = state
  const made = await api.call(it, 'POST', '/portals', portal({ licenceUntil: '2026-03-20' }))
  expect(made).toMatchObject({
    status: 201,
    body: { address: 'https://corp.bitrix24.ru', licenceState: 'ending', product: { hosting: 'cloud' }, version: 1 },
  })
  const again = await api.call(it, 'POST', '/portals', portal({ address: 'https://corp.bitrix24.ru' }))
  expect(again).toMatchObject({ status: 409, body: { code: 'portals.address_taken', field: 'address' } })
})

test('every fault of a portal is told at once', async () => {
  const { api, b, db } = state
  const stranger = await createContact(db.owner, b.id)
  const bad = portal({
    address: 'ftp://x',
    product: 'lotus',
    licenceActivatedOn: '2026-02-02',
    licenceUntil: '2026-01-01',
    adminContactId: stranger.id,
  })
  const answer = await api.call(it, 'POST', '/portals', bad)
  expect(answer.status).toBe(422)
  expect((answer.body['errors'] as { code: string }[]).map((error) => error.code)).toEqual([
    'portals.address_malformed',
    'portals.product_unknown',
    'portals.licence_dates',
    'portals.admin_foreign',
  ])
})

test('measured values are added and never changed, and the newest is shown', async () => {
  const { api, a, db } = state
  const { id } = await createPortal(db.owner, a.id)
  const add = (value: unknown, measuredAt?: string) =>
    api.call(it, 'POST', `/portals/${id}/facts/active_users`, { value, ...(measuredAt ? { measuredAt } : {}) })
  await add(240, '2026-01-01T00:00:00Z')
  await add(251, '2026-03-01T00:00:00Z')
  const late = await add(245, '2026-02-01T00:00:00Z')
  expect(late.body.items).toMatchObject([{ name: 'active_users', value: 251, measuredAt: '2026-03-01T00:00:00.000Z' }])
  expect((await add(1, '2027-01-01T00:00:00Z')).body['code']).toBe('portals.measured_in_future')
  const first = await api.call(it, 'GET', `/portals/${id}/facts/active_users?limit=2`)
  const second = await api.call(
    it,
    'GET',
    `/portals/${id}/facts/active_users?limit=2&cursor=${first.body['nextCursor']}`,
  )
  expect([...first.body.items!, ...second.body.items!].map((fact) => fact['value'])).toEqual([251, 245, 240])
  await expect(db.owner`update portal_fact set value = '1'`).rejects.toThrow(/facts/)
})

test('the cabinet shows the own portals and nobody reaches a foreign one', async () => {
  const { api, b, db } = state
  const mine = await createPortal(db.owner, b.id, { name: 'Сайт', notes: 'внутреннее', licenceUntil: '2026-03-09' })
  const guest = contactActor(await createContact(db.owner, b.id))
  const list = await api.call(guest, 'GET', '/cabinet/portals')
  expect(list.body.items).toMatchObject([{ id: mine.id, name: 'Сайт', licenceState: 'expired' }])
  expect(list.text).not.toContain('внутреннее')
  const narrow = staffActor(2, ['it'], [state.a.id])
  expect((await api.call(narrow, 'GET', `/portals/${mine.id}`)).status).toBe(404)
  expect((await api.call(narrow, 'PATCH', `/portals/${mine.id}`, { name: 'X' }, 1)).status).toBe(404)
  expect((await api.call(narrow, 'POST', '/portals', portal({ clientId: b.id }))).status).toBe(404)
  expect((await api.call(narrow, 'POST', `/portals/${mine.id}/facts/disk`, { value: 1 })).status).toBe(404)
  expect((await api.call(guest, 'POST', '/portals', portal())).status).toBe(403)
})

test('an archived portal leaves the lists and keeps its card', async () => {
  const { api, a, db } = state
  const { id } = await createPortal(db.owner, a.id)
  const archived = await api.call(it, 'PATCH', `/portals/${id}`, { archived: true }, 1)
  expect(archived.body).toMatchObject({ archivedAt: expect.stringContaining('2026-03-10T09:00'), version: 2 })
  expect((await portalsOfClient(db.staff, a.id)).map((known) => known.id)).not.toContain(id)
  expect((await api.call(it, 'GET', `/portals/${id}`)).status).toBe(200)
})

test('the dictionary of products is changed by the administrator alone', async () => {
  const { api } = state
  const body = { nameRu: 'Новая CRM', nameEn: 'New CRM', hosting: 'other' }
  expect((await api.call(it, 'PUT', '/portal-products/new-crm', body)).status).toBe(403)
  expect((await api.call(staffActor(3, ['ad']), 'PUT', '/portal-products/new-crm', body)).status).toBe(200)
  const list = await api.call(it, 'GET', '/portal-products')
  expect(list.body.items!.map((item) => item['code'])).toContain('new-crm')
})
