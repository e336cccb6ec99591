import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount, sessionCookie, startTestServer, TEST_PASSWORD, type TestServer } from './testkit.ts'

let db: TestDatabase
let app: TestServer
beforeAll(async () => {
  db = await createTestDatabase()
  app = await startTestServer(db)
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: `/api/v1${url}`, payload: body, headers })
const get = (url: string, cookie?: string) =>
  app.inject({ method: 'GET', url: `/api/v1${url}`, headers: cookie ? { cookie } : {} })
const cookieOf = (reply: { headers: Record<string, unknown> }) => String(reply.headers['set-cookie']).split(';')[0]!

test('a person signs in by address and password, is known by the cookie, and signs out', async () => {
  const anna = await createAccount(db, { roles: ['l1'], name: 'Анна', email: 'Anna@example.test' })
  const entered = await post('/session', { email: 'anna@EXAMPLE.test', password: TEST_PASSWORD })
  expect(entered.statusCode).toBe(200)
  expect(String(entered.headers['set-cookie'])).toMatch(
    /^opora_session=ses_[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  const cookie = cookieOf(entered)
  const me = await get('/me', cookie)
  expect(me.json()).toMatchObject({
    id: anna.id,
    side: 'staff',
    name: 'Анна',
    roles: ['l1'],
    clientIds: null,
    contact: null,
    demo: false,
    secondFactor: { needed: false, on: false, given: true },
    fresh: true,
  })
  expect(me.json().can).toContain('ticket.read')
  expect(me.json().can).not.toContain('ledger.read')
  const out = await app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie } })
  expect(out.statusCode).toBe(204)
  expect((await get('/me', cookie)).statusCode).toBe(401)
})

test('a client’s contact is known with client, scope and rights of a contact', async () => {
  const contact = await createAccount(db, { side: 'client', contact: { responsible: true, scope: 'all' } })
  const me = await get('/me', await sessionCookie(db, contact))
  expect(me.json()).toMatchObject({ side: 'client', roles: ['cr'], contact: { responsible: true, scope: 'all' } })
  expect(me.json().can).toContain('estimate.decide')
})
