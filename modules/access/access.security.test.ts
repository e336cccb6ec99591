import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { accessDefaults } from './access.config.ts'
import { createPasswordHasher } from './access.passwords.ts'
import { staffRoles } from './domain/roles.ts'
import {
  createAccount,
  createTestAccess,
  sessionCookie,
  startTestServer,
  type TestServer,
  testPasswords,
} from './testkit.ts'

let db: TestDatabase
let app: TestServer
let chief: string
const routes = () => createTestAccess(db).routes
beforeAll(async () => {
  db = await createTestDatabase()
  app = await startTestServer(db)
  chief = await sessionCookie(db, await createAccount(db, { roles: staffRoles }))
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

const generous = { ...accessDefaults, triesPerAccount: 100_000, triesPerAddress: 100_000 }
const signIn = (server: TestServer, email: string, options: { ip?: string; headers?: Record<string, string> } = {}) =>
  server.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { email, password: 'wrong password here' },
    remoteAddress: options.ip ?? '127.0.0.1',
    headers: options.headers ?? {},
  })

/** The p-value of the Mann-Whitney test (normal approximation): small when one sample tends to be slower than the other. */
function mannWhitney(a: number[], b: number[]): number {
  const u = a.reduce((sum, x) => sum + b.reduce((wins, y) => wins + (x > y ? 1 : x === y ? 0.5 : 0), 0), 0)
  const mean = (a.length * b.length) / 2
  const deviation = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12)
  const z = Math.abs(u - mean) / deviation
  return 2 * (1 - normal(z))
}
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail
}

test('S4: known and unknown addresses are answered alike, in words, headers and time', async () => {
  const passwords = createPasswordHasher({ memoryKib: 2048, passes: 1 })
  const server = await startTestServer(db, undefined, createTestAccess(db, { settings: generous, passwords }))
  const known = (await createAccount(db)).email
  await db.owner`update account set password_hash = ${await passwords.hash('another password')} where email = ${known}`
  const shape = (reply: Awaited<ReturnType<typeof signIn>>) => {
    const { 'x-request-id': _, date: __, ...headers } = reply.headers
    return [reply.statusCode, headers, { ...reply.json(), requestId: '' }]
  }
  const ask = (path: string, email: string) =>
    server.inject({ method: 'POST', url: `/api/v1${path}`, payload: { email } })
  expect(shape(await signIn(server, known))).toEqual(shape(await signIn(server, 'nobody@example.test')))
  for (const path of ['/session/magic-link', '/password/reset-request'])
    expect(shape(await ask(path, known))).toEqual(shape(await ask(path, 'nobody@example.test')))
  const timed = async (email: string) => {
    const begun = performance.now()
    await signIn(server, email)
    return performance.now() - begun
  }
  // by chance alone one comparison in a hundred looks different: three in a row do not
  const compare = async () => {
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    for (let i = 0; i < 200; i++) {
      times.known.push(await timed(known))
      times.unknown.push(await timed(`nobody-${i}@example.test`))
    }
    return mannWhitney(times.known, times.unknown)
  }
  const alike = (await compare()) > 0.01 || (await compare()) > 0.01 || (await compare()) > 0.01
  expect(alike).toBe(true)
  await server.close()
})

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|testkit|^ui\//.test(name))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), 'utf8') }))

test('S6: nothing here is drawn from a weak source, and every secret in the database is a hash of 256 random bits', async () => {
  const weak = sources.filter(({ text }) => /Math\.random|\bmd5\b|\bsha1\b|Date\.now|randomUUID/i.test(text))
  expect(weak.map(({ name }) => name)).toEqual([])
  const token = chief.split('=')[1]!
  expect(Buffer.from(token.slice('ses_'.length), 'base64url')).toHaveLength(32)
  const [row] = await db.owner<{ hash: Uint8Array }[]>`select token_hash as hash from session limit 1`
  expect(row!.hash).toHaveLength(32)
})

test('S12: of 200 wrong tries at once, no more are looked at than the limit, for one account and for one address', async () => {
  let looks = 0
  const passwords = {
    ...testPasswords,
    verify: (password: string, stored: string | null) => {
      looks += 1
      return testPasswords.verify(password, stored)
    },
  }
  const server = await startTestServer(db, undefined, createTestAccess(db, { passwords }))
  const account = await createAccount(db)
  const many = <T>(make: (n: number) => Promise<T>) => Promise.all(Array.from({ length: 200 }, (_, n) => make(n)))
  const one = await many((n) => signIn(server, account.email, { ip: `10.1.0.${n}` }))
  expect(looks).toBe(accessDefaults.triesPerAccount)
  expect(one.filter((reply) => reply.statusCode === 429)).toHaveLength(200 - looks)
  const right = { email: account.email, password: account.password }
  const held = await server.inject({ method: 'POST', url: '/api/v1/session', payload: right })
  expect(held.json().code).toBe('access.too_many_attempts')

  looks = 0
  await many((n) => signIn(server, `nobody-${n}@example.test`, { ip: '10.2.0.1' }))
  expect(looks).toBe(accessDefaults.triesPerAddress)

  // S10: the address is the socket's, whatever a header says
  const before = looks
  await signIn(server, 'other@example.test', {
    ip: '10.2.0.1',
    headers: { 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '1.2.3.4' },
  })
  expect(looks).toBe(before)

  await db.owner`update installation set clock_offset = '15 minutes'`
  const later = await server.inject({ method: 'POST', url: '/api/v1/session', payload: right })
  await db.owner`update installation set clock_offset = '0'`
  expect(later.statusCode).toBe(200)
  await server.close()
})

test('S13: secrets are compared in constant time, never by an operator', () => {
  const byOperator = /\b\w*(hash|secret|digest)\w*\s*[!=]==?(?![=\s]*(?:null|undefined))/i
  const found = sources.filter(({ text }) => byOperator.test(text.replace(/import .*/g, '')))
  expect(found.map(({ name }) => name)).toEqual([])
})

test('S15: lists sort and filter by nothing but what they name', async () => {
  for (const query of [
    'sort=password_hash',
    'fields=totp_sealed',
    'order=hash',
    'filter[password_hash]=x',
    'q[]=x',
    'limit=1e9',
  ])
    for (const path of ['/staff', '/audit']) {
      const reply = await app.inject({ method: 'GET', url: `/api/v1${path}?${query}`, headers: { cookie: chief } })
      expect([path, query, reply.statusCode]).toEqual([path, query, 400])
    }
})

const fill = (path: string) => path.replace(':id', '1')

test('S18: no GET changes anything, and no page of another site can change anything with our cookie', async () => {
  for (const route of routes().filter((one) => one.method !== 'GET'))
    for (const origin of ['https://evil.example', 'null', 'http://localhost:80.evil.example']) {
      const reply = await app.inject({
        method: route.method,
        url: `/api/v1${fill(route.path)}`,
        headers: { cookie: chief, origin, host: 'localhost:80', authorization: 'Basic eDp4' },
        payload: {},
      })
      expect([route.path, reply.json().code]).toEqual([route.path, 'http.foreign_origin'])
    }
})

test('A10: on an empty installation every route that is not public answers nobody, and little to who has no role', async () => {
  const nobody = await sessionCookie(db, await createAccount(db, { roles: [] }))
  for (const route of routes().filter((one) => one.policy !== 'public')) {
    const request = { method: route.method, url: `/api/v1${fill(route.path)}` }
    expect([route.path, (await app.inject(request)).statusCode]).toEqual([route.path, 401])
    if (route.policy === 'profile') continue
    const reply = await app.inject({ ...request, headers: { cookie: nobody } })
    expect([route.path, reply.statusCode]).toEqual([route.path, 403])
  }
  expect(
    routes()
      .filter((one) => one.policy === 'public')
      .map((one) => one.path),
  ).toEqual([
    '/session',
    '/session/magic-link',
    '/session/magic',
    '/password/reset-request',
    '/password/reset',
    '/invitations/accept',
    '/setup',
    '/setup',
  ])
})

/** Everything that these routes could write. */
async function dump(): Promise<string> {
  const tables = [
    'account',
    'account_role',
    'session',
    'api_token',
    'one_time_token',
    'sign_in_brake',
    'audit',
    'installation',
    'contact',
  ]
  const parts = await Promise.all(
    tables.map((table) =>
      db.owner.unsafe(
        `select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)), '[]')::text as rows from ${table} t`,
      ),
    ),
  )
  return JSON.stringify(parts)
}

test('A17: replies hold what their contract lists and no secret, and reading writes nothing', async () => {
  const before = await dump()
  const made = routes().filter((one) => one.method === 'GET' && one.path !== '/audit')
  for (const route of made) {
    const reply = await app.inject({ method: 'GET', url: `/api/v1${fill(route.path)}`, headers: { cookie: chief } })
    expect([route.path, reply.statusCode]).toEqual([route.path, 200])
    expect(reply.body).not.toMatch(/argon2|"[^"]*(hash|sealed|secret)[^"]*":|(ses|rst|mgc|inv|lnk)_[\w-]{20}|pat_\d/i)
    const schema = route.replies as z.ZodType
    expect(schema.safeParse(reply.json()).success).toBe(true)
  }
  expect(await dump()).toBe(before)
  const trail = await app.inject({ method: 'GET', url: '/api/v1/audit', headers: { cookie: chief } })
  expect(trail.body).not.toMatch(/argon2|(ses|rst|mgc|inv|lnk)_[\w-]{20}/)
})

test('A20: nobody raises oneself by one’s own profile, nor gives what only an administrator gives', async () => {
  const manager = await createAccount(db, { roles: ['am'] })
  const cookie = await sessionCookie(db, manager)
  for (const extra of [
    'role',
    'roles',
    'rights',
    'side',
    'clientId',
    'clientIds',
    'serves',
    'active',
    'email',
    'orgId',
    'id',
    'totpOn',
    '__proto__',
  ]) {
    const payload = `{"name":"Я","${extra}":"admin"}`
    const headers = { cookie, 'content-type': 'application/json' }
    const reply = await app.inject({ method: 'PATCH', url: '/api/v1/me', headers, payload })
    expect([extra, reply.statusCode]).toEqual([extra, 400])
  }
  const roles = { method: 'PUT' as const, url: `/api/v1/staff/${manager.id}/roles`, payload: { roles: ['ad'] } }
  expect((await app.inject({ ...roles, headers: { cookie, 'if-match': '"1"' } })).statusCode).toBe(403)
  const person = { email: 'a20@example.test', name: 'Друг', roles: ['ad'] }
  expect(
    (await app.inject({ method: 'POST', url: '/api/v1/staff', headers: { cookie }, payload: person })).statusCode,
  ).toBe(403)
  const me = await app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } })
  expect(me.json()).toMatchObject({ roles: ['am'], name: manager.name })
})

test('A21: a column of the database sent as an extra property is refused by every route, and nothing changes', async () => {
  const columns = await db.owner<{ name: string }[]>`
    select distinct column_name as name from information_schema.columns
    where table_name in ('account', 'account_role', 'session', 'api_token', 'one_time_token', 'installation', 'contact', 'client')`
  const before = await dump()
  for (const route of routes()) {
    if (route.method === 'GET' || !route.body) continue
    const known = Object.keys((route.body as z.ZodObject).shape)
    for (const name of columns.map((column) => column.name).filter((column) => !known.includes(column))) {
      const reply = await app.inject({
        method: route.method,
        url: `/api/v1${fill(route.path)}`,
        headers: { cookie: chief, 'if-match': '"1"' },
        payload: { [name]: 'x' },
      })
      expect(reply.statusCode).toBe(400)
      expect(reply.json().errors).toContainEqual(
        expect.objectContaining({ code: 'http.unrecognized_keys', field: name }),
      )
    }
  }
  expect(await dump()).toBe(before)
})
