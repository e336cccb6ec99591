import { actorOf, createAccount } from '@opora/access/testkit'
import { serveRoutes } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { topicRoutes } from './tickets.topics.routes.ts'
import { topicOf } from './topic.read-model.ts'

let db: TestDatabase
let api: Awaited<ReturnType<typeof serveRoutes>>

beforeAll(async () => {
  db = await createTestDatabase()
  api = await serveRoutes(db, topicRoutes())
  await db.owner`insert into topic (code, name_ru, name_en) values ('wish', 'Доработка', 'Development')`
  await db.owner`insert into catalogue_service (code, name_ru, name_en) values ('devel', 'Разработка', 'Development')`
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

it('a topic is told which service it asks for, by the administrator alone, and the audit knows', async () => {
  const admin = actorOf(await createAccount(db, { roles: ['ad'] }))
  const put = (service: string | null, code = 'wish', who = admin) =>
    api.call(who, 'PUT', `/topics/${code}/service`, { service })
  expect((await put('devel')).status).toBe(204)
  expect((await topicOf(db.staff, 'wish'))?.service).toBe('devel')
  const { items } = (await api.call(admin, 'GET', '/topics/services')).body
  expect(items).toEqual([{ code: 'wish', name: 'Доработка', service: 'devel' }])
  expect((await put('no-such')).body['code']).toBe('ticket.service_unknown')
  expect((await put('devel', 'no-such')).status).toBe(404)
  const manager = actorOf(await createAccount(db, { roles: ['im'] }))
  expect((await put(null, 'wish', manager)).status).toBe(403)
  expect((await topicOf(db.staff, 'wish'))?.service).toBe('devel')
  expect((await put(null)).status).toBe(204)
  expect((await topicOf(db.staff, 'wish'))?.service).toBeNull()
  const [kept] = await db.owner<{ n: number }[]>`select count(*) as n from audit where action = 'topic.changed'`
  expect(kept!.n).toBe(2)
})
