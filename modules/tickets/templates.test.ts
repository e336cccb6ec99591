import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { serveRoutes } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDesk } from './desk.service.ts'
import { deskRoutes } from './tickets.desk.routes.ts'

let db: TestDatabase
let api: Awaited<ReturnType<typeof serveRoutes>>
let manager: TestAccount

beforeAll(async () => {
  db = await createTestDatabase()
  api = await serveRoutes(db, deskRoutes(createDesk()))
  manager = await createAccount(db, { roles: ['im'] })
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, who = manager) =>
  api.call(actorOf(who), method, path, body)
const names = async (query = '') =>
  (await call('GET', `/templates${query}`)).body.items!.map((row: Record<string, unknown>) => row['name'])

it('a template that is put away is offered no more and can be taken back as it was', async () => {
  const { body } = await call('POST', '/templates', { name: 'Приветствие', body: 'Здравствуйте, {{contact}}!' })
  const id = body['id']
  expect((await call('DELETE', `/templates/${id}`)).status).toBe(204)
  expect(await names()).not.toContain('Приветствие')
  expect(await names('?archived=true')).toEqual(['Приветствие'])
  expect((await call('DELETE', `/templates/${id}`)).body['code']).toBe('ticket.template_unknown')
  expect((await call('POST', `/templates/${id}/restore`)).status).toBe(204)
  expect(await names()).toContain('Приветствие')
  expect((await call('POST', `/templates/${id}/restore`)).status).toBe(404)
})

it('only those who write templates put them away', async () => {
  const { body } = await call('POST', '/templates', { name: 'Прощание', body: 'До свидания' })
  const operator = await createAccount(db, { roles: ['l1'] })
  expect((await call('DELETE', `/templates/${body['id']}`, undefined, operator)).status).toBe(403)
})
