import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createAccount,
  createTestAccess,
  sessionCookie,
  startTestServer,
  type TestAccess,
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

const make = (cookie: string, body: object) =>
  app.inject({ method: 'POST', url: '/api/v1/me/tokens', payload: body, headers: { cookie } })
const by = (token: string, url: string, method: 'GET' | 'POST' = 'GET', payload?: object) =>
  app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload ? { payload } : {}),
  })
const month = { name: 'script', expiresInDays: 30 }

test('a token acts for its maker within its scopes, and the secret is shown once and kept only as a hash', async () => {
  const manager = await createAccount(db, { roles: ['im'] })
  const cookie = await sessionCookie(db, manager)
  const made = (await make(cookie, { ...month, scopes: ['staff.read'] })).json()
  expect(made.token).toMatch(/^pat_\d+_[\w-]{43}$/)
  expect((await by(made.token, '/staff')).statusCode).toBe(200)
  expect((await by(made.token, '/me')).json().can).toEqual(['staff.read'])
  const listed = await app.inject({ method: 'GET', url: '/api/v1/me/tokens', headers: { cookie } })
  expect(listed.json().items).toMatchObject([{ id: made.id, name: 'script', scopes: ['staff.read'] }])
  expect(listed.json().items[0].lastUsedAt).not.toBeNull()
  // the secret itself may begin with the separator
  const secret = made.token.slice(-43)
  expect(listed.body).not.toContain(secret)
  const [row] = await db.owner<
    { dump: string }[]
  >`select row_to_json(t)::text as dump from api_token t where id = ${made.id}`
  expect(row!.dump).not.toContain(secret)
})

test('scopes that the maker does not have are refused, and what the maker loses the token loses', async () => {
  const manager = await createAccount(db, { roles: ['im'] })
  const cookie = await sessionCookie(db, manager)
  const refused = await make(cookie, { ...month, scopes: ['ticket.read', 'ledger.correct', 'role.*', 'nonsense'] })
  expect([refused.statusCode, refused.json().code]).toEqual([422, 'access.scope_not_yours'])
  expect(refused.json().message).toContain('ledger.correct, role.*, nonsense')
  const { token } = (await make(cookie, { ...month, scopes: ['*'] })).json()
  expect((await by(token, '/me')).json().can).toContain('intake.rerun')
  await db.owner`update account_role set role = 'l1' where account_id = ${manager.id}`
  expect((await by(token, '/me')).json().can).not.toContain('intake.rerun')
  await db.owner`update account set active = false where id = ${manager.id}`
  expect((await by(token, '/me')).json().code).toBe('access.token_expired')
})

test('a role gained later brings its second factor with it: an old token does not go round it', async () => {
  const operator = await createAccount(db, { roles: ['l1'] })
  const cookie = await sessionCookie(db, operator, { secondFactor: false })
  const { token } = (await make(cookie, { ...month, scopes: ['*'] })).json()
  expect((await by(token, '/staff')).statusCode).toBe(200)
  await db.owner`insert into account_role (account_id, role) values (${operator.id}, 'ad')`
  expect((await by(token, '/staff')).json().code).toBe('access.second_factor_required')
})

test('unknown, mangled, revoked and outlived tokens are refused alike', async () => {
  const cookie = await sessionCookie(db, await createAccount(db, { roles: ['l1'] }))
  const { token, id } = (await make(cookie, { ...month, scopes: ['read'] })).json()
  const flipped = token.slice(0, -2) + (token.endsWith('A') ? 'BB' : 'AA')
  for (const bad of [
    '',
    'pat_',
    'x',
    flipped,
    token.replace(`pat_${id}_`, 'pat_999999_'),
    `${token}A`,
    `ses_${token}`,
  ]) {
    const reply = await by(bad, '/me')
    expect([bad, reply.statusCode, reply.json().code]).toEqual([bad, 401, 'access.token_expired'])
  }
  await db.owner`update api_token set expires_at = app_now() - interval '1 second' where id = ${id}`
  expect((await by(token, '/me')).json().code).toBe('access.token_expired')
  const second = (await make(cookie, { ...month, scopes: ['read'] })).json()
  const gone = await app.inject({ method: 'DELETE', url: `/api/v1/me/tokens/${second.id}`, headers: { cookie } })
  expect(gone.statusCode).toBe(204)
  expect((await by(second.token, '/me')).json().code).toBe('access.token_expired')
})

test('a token bound to addresses works from them alone, also when it is remembered; elsewhere it is as unknown as any', async () => {
  const cookie = await sessionCookie(db, await createAccount(db, { roles: ['l1'] }))
  const wish = { ...month, scopes: ['read'] }
  for (const networks of [['office'], ['10.0.0.0/33'], ['*']])
    expect([networks, (await make(cookie, { ...wish, networks })).statusCode]).toEqual([networks, 400])
  const remembering = createTestAccess(db, { cacheTtlMs: 60_000 })
  const server = await startTestServer(db, undefined, remembering)
  const { token } = (await make(cookie, { ...wish, networks: ['10.1.0.0/16', '2001:db8::7'] })).json()
  const from = async (remoteAddress: string, spoofed = '10.1.0.1') =>
    (
      await server.inject({
        url: '/api/v1/me',
        remoteAddress,
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': spoofed },
      })
    ).statusCode
  expect(await Promise.all(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::7'].map((ip) => from(ip)))).toEqual([
    200, 200, 200,
  ])
  expect(await Promise.all(['10.2.0.1', '2001:db8::8', '127.0.0.1'].map((ip) => from(ip)))).toEqual([401, 401, 401])
  await server.close()
})

test('a token lives a year at most and begets no token, session or password', async () => {
  const cookie = await sessionCookie(db, await createAccount(db, { roles: ['l1'] }))
  expect((await make(cookie, { ...month, scopes: ['read'], expiresInDays: 366 })).statusCode).toBe(400)
  const { token } = (await make(cookie, { ...month, scopes: ['*'], expiresInDays: 365 })).json()
  const codes = [
    (await by(token, '/me/tokens', 'POST', { ...month, scopes: ['*'] })).json().code,
    (await by(token, '/me/sessions')).json().code,
    (await by(token, '/me/totp', 'POST')).json().code,
    (await by(token, '/session/confirm', 'POST', { password: 'x' })).json().code,
  ]
  expect(codes).toEqual(Array(4).fill('access.not_allowed'))
})

test('use is noted at most once a minute', async () => {
  const cookie = await sessionCookie(db, await createAccount(db, { roles: ['l1'] }))
  const { token, id } = (await make(cookie, { ...month, scopes: ['read'] })).json()
  const used = async () => {
    await by(token, '/me')
    const [row] = await db.owner<{ at: number }[]>`select last_used_at as at from api_token where id = ${id}`
    return row!.at
  }
  const first = await used()
  expect(await used()).toBe(first)
  await db.owner`update api_token set last_used_at = app_now() - interval '61 seconds' where id = ${id}`
  expect(await used()).toBeGreaterThanOrEqual(first)
})

test('at the console a user and a token are made, and both are on record', async () => {
  const wish = { email: 'ops@example.test', name: 'Оператор', roles: ['ad', 'it'], password: 'a tall grey lighthouse' }
  const token = await db.begin({ as: 'worker' }, async (tx) => {
    await access.createUser(tx, wish)
    return access.createToken(tx, 'OPS@example.test', { name: 'ops', scopes: ['*'], expiresInDays: 365 })
  })
  expect((await by(token.token, '/staff')).statusCode).toBe(200)
  for (const expiresInDays of [0, 366, 9_999, 1.5, Number.NaN]) {
    const eternal = { name: 'ops', scopes: ['*'], expiresInDays }
    await expect(db.begin({ as: 'worker' }, (tx) => access.createToken(tx, wish.email, eternal))).rejects.toMatchObject(
      {
        code: 'access.token_life',
      },
    )
  }
  const rows = await db.owner<{ action: string; actorName: string }[]>`
    select action, actor_name from audit where object_id in (select id::text from account where email = 'ops@example.test')`
  expect(rows[0]).toEqual({ action: 'staff.created', actorName: 'console' })
  const refuse = (change: object) =>
    db.begin({ as: 'worker' }, (tx) => access.createUser(tx, { ...wish, email: 'b@example.test', ...change }))
  await expect(refuse({ roles: ['king'] })).rejects.toMatchObject({ code: 'access.role_unknown' })
  await expect(refuse({ roles: ['in', 'l1'] })).rejects.toMatchObject({ code: 'access.roles_of_two_sides' })
  await expect(refuse({ password: 'password1234' })).rejects.toMatchObject({ code: 'access.password_weak' })
  await expect(refuse({ email: '"a b"@example.test' })).rejects.toMatchObject({ code: 'access.email_malformed' })
  await expect(refuse({ email: wish.email })).rejects.toMatchObject({ code: 'access.email_taken' })
})
