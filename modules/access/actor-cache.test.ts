import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Access } from './access.service.ts'
import { createActorCache } from './actor-cache.ts'
import { actorOf, createAccount, createTestAccess, sessionCookie, startTestServer, type TestServer } from './testkit.ts'

let db: TestDatabase
let access: Access
let app: TestServer
let stop: () => Promise<void>
let queries = 0
beforeAll(async () => {
  db = await createTestDatabase()
  const staff = new Proxy(db.staff, {
    apply(target, self, args) {
      queries += 1
      return Reflect.apply(target as never, self, args)
    },
  })
  // far longer than the test: whatever is noticed was announced
  access = createTestAccess(db, { database: { ...db, staff }, cacheTtlMs: 600_000 })
  app = await startTestServer(db, undefined, access)
  stop = await access.start()
})
afterAll(async () => {
  await stop()
  await app.close()
  await db.drop()
})

const sessions = (cookie: string) => app.inject({ method: 'GET', url: '/api/v1/me/sessions', headers: { cookie } })
const me = (cookie: string) => app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } })

test('a known session costs a request no query', async () => {
  const cookie = await sessionCookie(db, await createAccount(db))
  await sessions(cookie)
  const before = queries
  for (let i = 0; i < 5; i++) expect((await sessions(cookie)).statusCode).toBe(200)
  // one query of the list itself, with its one piece
  expect(queries - before).toBe(5)
})

test.each([
  ['the session was ended', 'update session set revoked_at = app_now() where account_id = $1'],
  ['the account was switched off', 'update account set active = false where id = $1'],
  ['the contact was blocked', `update contact set status = 'blocked' where account_id = $1`],
])('another process did it, and this one notices: %s', async (_what, change) => {
  const account = await createAccount(db, { side: 'client' })
  const cookie = await sessionCookie(db, account)
  expect((await me(cookie)).statusCode).toBe(200)
  await db.owner.unsafe(change, [account.id])
  await vi.waitFor(async () => expect((await me(cookie)).statusCode).toBe(401), { timeout: 5_000, interval: 5 })
})

test.each([
  ['a role', `insert into account_role values ($1, 'fi')`, { roles: ['fi', 'l1'] }],
  ['the clients served', `update account set serves = 'listed' where id = $1`, { clientIds: [] }],
  ['the name', `update account set name = 'Новое имя' where id = $1`, { name: 'Новое имя' }],
])('another process changed %s', async (_what, change, expected) => {
  const account = await createAccount(db, { roles: ['l1'] })
  const cookie = await sessionCookie(db, account)
  await me(cookie)
  await db.owner.unsafe(change, [account.id])
  await vi.waitFor(async () => expect((await me(cookie)).json()).toMatchObject(expected), {
    timeout: 5_000,
    interval: 5,
  })
})

test('what was read before a change is not kept after it', () => {
  const cache = createActorCache(1000)
  const actor = { accountId: 7, freshUntil: 0, networks: [], actor: actorOf({ ...person, id: 7 }) }
  const since = cache.mark()
  cache.forget(8)
  cache.put('k', actor, since)
  expect(cache.get('k')).toBeUndefined()
  cache.put('k', actor, cache.mark())
  expect(cache.get('k')).toMatchObject({ accountId: 7 })
  cache.forget(7)
  expect(cache.get('k')).toBeUndefined()
  // the change is perhaps not committed yet, so nothing is kept for a moment
  cache.put('k', actor, cache.mark())
  expect(cache.get('k')).toBeUndefined()
})

const person = {
  side: 'staff' as const,
  roles: [],
  name: 'П',
  email: 'p@example.test',
  locale: 'ru' as const,
  clientIds: null,
  contact: null,
  password: '',
}
