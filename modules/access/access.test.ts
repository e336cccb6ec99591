import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createAccount,
  createTestAccess,
  sessionCookie,
  startTestServer,
  TEST_PASSWORD,
  type TestAccess,
  type TestAccount,
  type TestServer,
} from './testkit.ts'

let db: TestDatabase
let access: TestAccess
let app: TestServer
beforeAll(async () => {
  db = await createTestDatabase()
  access = createTestAccess(db)
  app = await startTestServer(db, undefined, access)
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const call = (method: Method, url: string, options: { cookie?: string; body?: object } = {}) =>
  app.inject({
    method,
    url: `/api/v1${url}`,
    ...(options.body ? { payload: options.body } : {}),
    headers: options.cookie ? { cookie: options.cookie } : {},
  })
const cookieOf = (reply: { headers: Record<string, unknown> }) => String(reply.headers['set-cookie']).split(';')[0]!
const signIn = (account: TestAccount, code?: string) =>
  call('POST', '/session', { body: { email: account.email, password: account.password, ...(code ? { code } : {}) } })
/** A code of this step or the next: one step either way is forgiven, and time goes on while a test runs. */
const codeOf = (secret: string, stepsAhead = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + stepsAhead * 30 })

async function enrol(account: TestAccount) {
  const cookie = await sessionCookie(db, account, { secondFactor: false })
  const begun = (await call('POST', '/me/totp', { cookie })).json()
  const confirmed = await call('POST', '/me/totp/confirm', { cookie, body: { code: codeOf(begun.secret) } })
  return { secret: begun.secret as string, confirmed, begun, cookie }
}

test('a person signs in by address and password, is known by the cookie, and signs out', async () => {
  const anna = await createAccount(db, { roles: ['l1'], name: 'Анна', email: 'Anna@example.test' })
  const entered = await call('POST', '/session', { body: { email: ' anna@EXAMPLE.test', password: TEST_PASSWORD } })
  expect(entered.statusCode).toBe(200)
  expect(String(entered.headers['set-cookie'])).toMatch(
    /^opora_session=ses_[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  const cookie = cookieOf(entered)
  const me = await call('GET', '/me', { cookie })
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
  expect((await call('DELETE', '/session', { cookie })).statusCode).toBe(204)
  expect((await call('GET', '/me', { cookie })).statusCode).toBe(401)
})

test('behind https the cookie is bound to the host and to TLS', async () => {
  const account = await createAccount(db)
  const secure = await startTestServer(db, undefined, createTestAccess(db, { publicUrl: 'https://help.example.ru' }))
  const body = { email: account.email, password: TEST_PASSWORD }
  const entered = await secure.inject({ method: 'POST', url: '/api/v1/session', payload: body })
  expect(String(entered.headers['set-cookie'])).toMatch(/^__Host-opora_session=ses_.*; HttpOnly; Secure; SameSite=Lax$/)
  await secure.close()
})

test('a client’s contact is known with client, scope and the rights of a contact', async () => {
  const contact = await createAccount(db, { side: 'client', contact: { responsible: true, scope: 'all' } })
  const me = await call('GET', '/me', { cookie: await sessionCookie(db, contact) })
  expect(me.json()).toMatchObject({ side: 'client', roles: ['cr'], contact: { responsible: true, scope: 'all' } })
  expect(me.json().can).toContain('estimate.decide')
})

test('who was switched off, blocked, or whose client is in the archive, is nobody', async () => {
  const staff = await createAccount(db, { roles: ['l1'] })
  const blocked = await createAccount(db, { side: 'client' })
  const archived = await createAccount(db, { side: 'client' })
  const cookies = await Promise.all([staff, blocked, archived].map((one) => sessionCookie(db, one)))
  await db.owner`update account set active = false where id = ${staff.id}`
  await db.owner`update contact set status = 'blocked' where account_id = ${blocked.id}`
  await db.owner`update client set archived_at = app_now() where id = ${archived.contact!.clientId}`
  for (const cookie of cookies) expect((await call('GET', '/me', { cookie })).statusCode).toBe(401)
  for (const one of [staff, blocked, archived]) expect((await signIn(one)).json().code).toBe('access.bad_credentials')
})

test('a role that needs a second factor reaches its profile only, until the factor is on', async () => {
  const director = await createAccount(db, { roles: ['di'] })
  const cookie = await sessionCookie(db, director, { secondFactor: false })
  expect((await call('GET', '/staff', { cookie })).json().code).toBe('access.second_factor_required')
  expect((await call('GET', '/me', { cookie })).json().secondFactor).toEqual({ needed: true, on: false, given: false })
  const { confirmed, begun } = await enrol(director)
  expect(begun.qr).toMatch(/^data:image\/png;base64,/)
  expect(begun.uri).toMatch(/^otpauth:\/\/totp\//)
  expect(confirmed.json().recoveryCodes).toHaveLength(10)
  expect((await call('GET', '/staff', { cookie: cookieOf(confirmed) })).statusCode).toBe(200)
})

test('turning the factor on changes the session’s token, and the secret in the database is sealed', async () => {
  const account = await createAccount(db, { roles: ['fi'] })
  const { secret, cookie } = await enrol(account)
  expect((await call('GET', '/me', { cookie })).statusCode).toBe(401)
  const [row] = await db.owner<{ totpSealed: Uint8Array }[]>`select totp_sealed from account where id = ${account.id}`
  expect(Buffer.from(row!.totpSealed).toString('latin1')).not.toContain(secret)
  const again = await sessionCookie(db, account)
  expect((await call('POST', '/me/totp', { cookie: again })).json().code).toBe('access.totp_on_already')
})

test('with the factor on, the password alone asks for the code, and each code opens once', async () => {
  const account = await createAccount(db, { roles: ['it'] })
  const { secret } = await enrol(account)
  expect((await signIn(account)).json().code).toBe('access.totp_required')
  expect((await signIn(account, '000000')).json().code).toBe('access.totp_wrong')
  // the step of the enrolment is spent, so is every one before it
  expect((await signIn(account, codeOf(secret, -1))).json().code).toBe('access.totp_wrong')
  const code = codeOf(secret, 1)
  const [one, two] = await Promise.all([signIn(account, code), signIn(account, code)])
  expect([one.statusCode, two.statusCode].sort()).toEqual([200, 401])
  expect((await signIn(account, code)).json().code).toBe('access.totp_wrong')
})

test('a recovery code opens once', async () => {
  const account = await createAccount(db, { roles: ['it'] })
  const { confirmed } = await enrol(account)
  const [code, other] = confirmed.json().recoveryCodes as [string, string]
  expect((await signIn(account, code.toUpperCase())).statusCode).toBe(200)
  expect((await signIn(account, code)).json().code).toBe('access.totp_wrong')
  const cookie = cookieOf(await signIn(account, other))
  const renewed = await call('POST', '/me/totp/recovery-codes', { cookie })
  expect(renewed.json().recoveryCodes).toHaveLength(10)
  expect((await signIn(account, confirmed.json().recoveryCodes[2])).json().code).toBe('access.totp_wrong')
})

test('the factor goes off by a code only, and whoever it was is told by mail', async () => {
  const account = await createAccount(db, { roles: ['qa'] })
  const { secret, confirmed } = await enrol(account)
  const cookie = cookieOf(confirmed)
  expect((await call('POST', '/me/totp/off', { cookie, body: { code: '123456' } })).json().code).toBe(
    'access.totp_wrong',
  )
  const off = await call('POST', '/me/totp/off', { cookie, body: { code: codeOf(secret, 1) } })
  expect(off.statusCode).toBe(204)
  expect((await signIn(account)).statusCode).toBe(200)
  expect(access.mails.at(-1)).toMatchObject({ kind: 'access.second_factor_off', to: account.email })
})

test('demo data waives the second factor and says so', async () => {
  const director = await createAccount(db, { roles: ['di'] })
  const cookie = await sessionCookie(db, director, { secondFactor: false })
  await db.owner`update installation set demo = true`
  const [me, staff] = [await call('GET', '/me', { cookie }), await call('GET', '/staff', { cookie })]
  await db.owner`update installation set demo = false`
  expect(me.json()).toMatchObject({ demo: true, secondFactor: { needed: false, on: false, given: true } })
  expect(staff.statusCode).toBe(200)
  expect((await call('GET', '/staff', { cookie })).statusCode).toBe(403)
})

test('what is grave asks for the password again, and it holds for ten minutes', async () => {
  const admin = await createAccount(db, { roles: ['ad', 'dev'] })
  const cookie = await sessionCookie(db, admin, { fresh: false })
  const body = { name: 'script', scopes: ['read'], expiresInDays: 30 }
  expect((await call('POST', '/me/tokens', { cookie, body })).json().code).toBe('access.confirm_again')
  const wrong = await call('POST', '/session/confirm', { cookie, body: { password: 'not the password' } })
  expect(wrong.json().code).toBe('access.bad_credentials')
  const right = await call('POST', '/session/confirm', { cookie, body: { password: TEST_PASSWORD } })
  expect(right.statusCode).toBe(204)
  expect((await call('POST', '/me/tokens', { cookie, body })).statusCode).toBe(201)
})

test('a changed password ends every other session and gives this one a new token', async () => {
  const account = await createAccount(db, { roles: ['l1'] })
  const [here, there] = [await sessionCookie(db, account), await sessionCookie(db, account)]
  const body = { current: TEST_PASSWORD, password: 'a tall grey lighthouse' }
  const weak = await call('PUT', '/me/password', { cookie: here, body: { ...body, password: 'password1234' } })
  expect(weak.json()).toMatchObject({ code: 'access.password_weak', field: 'password' })
  const changed = await call('PUT', '/me/password', { cookie: here, body })
  expect(changed.statusCode).toBe(204)
  expect((await call('GET', '/me', { cookie: there })).statusCode).toBe(401)
  expect((await call('GET', '/me', { cookie: here })).statusCode).toBe(401)
  expect((await call('GET', '/me', { cookie: cookieOf(changed) })).statusCode).toBe(200)
  expect((await signIn({ ...account, password: body.password })).statusCode).toBe(200)
  expect(access.mails.at(-1)).toMatchObject({ kind: 'access.password_changed', to: account.email })
})

test('one sees where one is signed in and ends one session or all others', async () => {
  const account = await createAccount(db)
  const stranger = await createAccount(db)
  const cookies = [await sessionCookie(db, account), await sessionCookie(db, account), await sessionCookie(db, account)]
  const [here, second, third] = cookies as [string, string, string]
  const { items } = (await call('GET', '/me/sessions', { cookie: second })).json()
  expect(items).toHaveLength(3)
  const current = items.find((one: { current: boolean }) => one.current)
  const foreign = await call('DELETE', `/me/sessions/${current.id}`, { cookie: await sessionCookie(db, stranger) })
  expect(foreign.json().code).toBe('access.not_found')
  expect((await call('DELETE', `/me/sessions/${current.id}`, { cookie: here })).statusCode).toBe(204)
  expect((await call('GET', '/me', { cookie: second })).statusCode).toBe(401)
  expect((await call('DELETE', '/me/sessions', { cookie: here })).json()).toEqual({ ended: 1 })
  expect((await call('GET', '/me', { cookie: third })).statusCode).toBe(401)
})

test('a session ends after half a day without use for staff, a week for clients, a month for all', async () => {
  const later = async (cookie: string, age: string) => {
    await db.owner`update session set seen_at = app_now() - ${age}::interval`
    return (await call('GET', '/me', { cookie })).statusCode
  }
  const staff = await sessionCookie(db, await createAccount(db))
  const client = await sessionCookie(db, await createAccount(db, { side: 'client' }))
  expect(await later(staff, '11 hours 59 minutes')).toBe(200)
  expect(await later(staff, '12 hours 1 minute')).toBe(401)
  expect(await later(client, '6 days 23 hours')).toBe(200)
  expect(await later(client, '7 days 1 minute')).toBe(401)
  const long = await sessionCookie(db, await createAccount(db))
  await db.owner`update session set expires_at = app_now() - interval '1 second'`
  expect((await call('GET', '/me', { cookie: long })).statusCode).toBe(401)
})

test('one changes one’s own name, language, zone and preferences', async () => {
  const cookie = await sessionCookie(db, await createAccount(db))
  const body = { name: 'Пётр', locale: 'en', zone: 'Asia/Omsk', preferences: { density: 'compact', sound: true } }
  const changed = await call('PATCH', '/me', { cookie, body })
  expect(changed.json()).toMatchObject(body)
  const again = await call('PATCH', '/me', { cookie, body: { preferences: { sound: null } } })
  expect(again.json()).toMatchObject({ name: 'Пётр', preferences: { density: 'compact' } })
  expect((await call('PATCH', '/me', { cookie, body: { zone: 'Mars/Olympus' } })).statusCode).toBe(400)
})

test('signing in again in the same browser ends the session that it had', async () => {
  const account = await createAccount(db)
  const old = await sessionCookie(db, account)
  const body = { email: account.email, password: TEST_PASSWORD }
  expect((await call('POST', '/session', { cookie: old, body })).statusCode).toBe(200)
  expect((await call('GET', '/me', { cookie: old })).statusCode).toBe(401)
})

test('what stays open is asked again: an ended session or another reach is told', async () => {
  const account = await createAccount(db, { roles: ['l1'] })
  const cookie = await sessionCookie(db, account)
  const request = { headers: {}, cookies: { opora_session: cookie.split('=')[1] }, ip: '127.0.0.1', id: 'r' }
  const enter = async () => (await access.authenticate(request as never))!
  const actor = await enter()
  expect(await access.revalidate(actor)).toBe(true)
  await db.owner`insert into account_role values (${account.id}, 'qa')`
  expect(await access.revalidate(actor)).toBe(false)
  const again = await enter()
  expect(await access.revalidate(again)).toBe(true)
  await db.owner`update session set revoked_at = app_now() where account_id = ${account.id}`
  expect(await access.revalidate(again)).toBe(false)
})
