import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  actorOf,
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

const NEW_PASSWORD = 'a tall grey lighthouse'
const post = (url: string, body: object) => app.inject({ method: 'POST', url: `/api/v1${url}`, payload: body })
const me = (cookie: string) => app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } })
const cookieOf = (reply: { headers: Record<string, unknown> }) => String(reply.headers['set-cookie']).split(';')[0]!

/** Runs what waits in the job queue. */
async function runJobs() {
  const jobs = await db.owner<{ id: string; task: string; payload: never }[]>`
    select j.id::text, replace(t.identifier, ':', '.') as task, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`
  for (const job of jobs) {
    await access.tasks[job.task]!(job.payload)
    await db.owner`delete from graphile_worker._private_jobs where id = ${Number(job.id)}`
  }
}

/** Asks for a letter and answers the token in it; null: no letter came. */
async function tokenAsked(url: string, email: string): Promise<string | null> {
  const before = access.mails.length
  const asked = await post(url, { email })
  expect(asked.statusCode).toBe(202)
  expect(asked.json()).toEqual({ sent: true })
  await runJobs()
  return access.mails.length === before ? null : tokenOfLastMail()
}
const tokenOfLastMail = () => access.mails.at(-1)!.data.path!.split('#')[1]!

test('a contact comes in by a link in a letter, once', async () => {
  const contact = await createAccount(db, { side: 'client' })
  const token = (await tokenAsked('/session/magic-link', contact.email))!
  expect(token).toMatch(/^mgc_[\w-]{43}$/)
  const entered = await post('/session/magic', { token })
  expect(entered.json()).toMatchObject({ id: contact.id, side: 'client' })
  expect((await me(cookieOf(entered))).statusCode).toBe(200)
  const again = await post('/session/magic', { token })
  expect([again.statusCode, again.json().code]).toEqual([410, 'access.link_expired'])
})

test('a contact who never signed in gets an account with the first link that is opened', async () => {
  const [client] = await db.owner<{ id: number }[]>`insert into client (name) values ('Ромашка') returning id`
  await db.owner`insert into contact (client_id, name, email) values (${client!.id}, 'Ольга', 'Olga@romashka.test')`
  const token = (await tokenAsked('/session/magic-link', 'olga@romashka.test'))!
  const entered = await post('/session/magic', { token })
  expect(entered.json()).toMatchObject({
    name: 'Ольга',
    hasPassword: false,
    contact: { clientId: client!.id, scope: 'own' },
  })
  const changed = await app.inject({
    method: 'PUT',
    url: '/api/v1/me/password',
    headers: { cookie: cookieOf(entered) },
    payload: { password: NEW_PASSWORD },
  })
  expect(changed.statusCode).toBe(204)
  expect((await post('/session', { email: 'olga@romashka.test', password: NEW_PASSWORD })).statusCode).toBe(200)
})

test('nobody unknown, blocked, or of the provider gets a magic link, and the answer does not tell', async () => {
  const staff = await createAccount(db, { roles: ['l1'] })
  const blocked = await createAccount(db, { side: 'client' })
  await db.owner`update contact set status = 'blocked' where account_id = ${blocked.id}`
  for (const email of ['nobody@example.test', staff.email, blocked.email])
    expect(await tokenAsked('/session/magic-link', email)).toBeNull()
})

test('a new password by letter: every session ends, the brake is off', async () => {
  const staff = await createAccount(db, { roles: ['l1'] })
  const cookie = await sessionCookie(db, staff)
  for (let i = 0; i < 11; i++) await post('/session', { email: staff.email, password: 'wrong' })
  const token = (await tokenAsked('/password/reset-request', staff.email))!
  expect(token).toMatch(/^rst_/)
  const weak = await post('/password/reset', { token, password: 'short' })
  expect(weak.json()).toMatchObject({ code: 'access.password_weak', details: { reason: 'short' } })
  expect((await post('/password/reset', { token, password: NEW_PASSWORD })).statusCode).toBe(204)
  expect((await me(cookie)).statusCode).toBe(401)
  expect((await post('/session', { email: staff.email, password: NEW_PASSWORD })).statusCode).toBe(200)
})

test('S2: a reset link is dead past its time, used, after a change of password, and for who was switched off', async () => {
  const expect410 = async (token: string | null) => {
    const reply = await post('/password/reset', { token, password: NEW_PASSWORD })
    expect([reply.statusCode, reply.json().code]).toEqual([410, 'access.link_expired'])
  }
  const fresh = async () => {
    const account = await createAccount(db, { roles: ['l1'] })
    return { account, token: (await tokenAsked('/password/reset-request', account.email))! }
  }
  const late = await fresh()
  await db.owner`update one_time_token set expires_at = app_now() - interval '1 second'`
  await expect410(late.token)
  const used = await fresh()
  expect((await post('/password/reset', { token: used.token, password: NEW_PASSWORD })).statusCode).toBe(204)
  await expect410(used.token)
  const changed = await fresh()
  const second = (await tokenAsked('/password/reset-request', changed.account.email))!
  expect((await post('/password/reset', { token: second, password: NEW_PASSWORD })).statusCode).toBe(204)
  await expect410(changed.token)
  const off = await fresh()
  await db.owner`update account set active = false where id = ${off.account.id}`
  await expect410(off.token)
  const moved = await fresh()
  await db.owner`update account set email = 'moved@example.test' where id = ${moved.account.id}`
  await expect410(moved.token)
})

test('S2: the life of a link is counted by the database’s clock: half an hour', async () => {
  const account = await createAccount(db, { side: 'client' })
  const [one, two] = [
    (await tokenAsked('/session/magic-link', account.email))!,
    (await tokenAsked('/session/magic-link', account.email))!,
  ]
  const age = (text: string) => db.owner`update installation set clock_offset = ${text}::interval`
  await age('29 minutes')
  expect((await post('/session/magic', { token: one })).statusCode).toBe(200)
  await age('31 minutes')
  expect((await post('/session/magic', { token: two })).statusCode).toBe(410)
  await age('0')
})

test('of many who open one link at the same moment, one gets in', async () => {
  const contact = await createAccount(db, { side: 'client' })
  const token = (await tokenAsked('/session/magic-link', contact.email))!
  const replies = await Promise.all(Array.from({ length: 10 }, () => post('/session/magic', { token })))
  expect(replies.filter((reply) => reply.statusCode === 200)).toHaveLength(1)
})

test('S7: an invitation works for seven days, once, and not after the address was changed', async () => {
  const admin = await createAccount(db, { roles: ['ad'] })
  const cookie = await sessionCookie(db, admin)
  const invite = async (email: string) => {
    const payload = { email, name: 'Новый человек', roles: ['l1'] }
    const reply = await app.inject({ method: 'POST', url: '/api/v1/staff', headers: { cookie }, payload })
    expect(reply.statusCode).toBe(201)
    return { person: reply.json(), token: tokenOfLastMail() }
  }
  const accept = (token: string) => post('/invitations/accept', { token, password: NEW_PASSWORD, name: 'Ирина' })

  const first = await invite('irina@example.test')
  expect(first.token).toMatch(/^inv_[\w-]{43}$/)
  expect(access.mails.at(-1)).toMatchObject({ kind: 'access.invitation', to: 'irina@example.test', locale: 'ru' })
  const joined = await accept(first.token)
  expect(joined.json().me).toMatchObject({ name: 'Ирина', roles: ['l1'] })
  expect((await me(cookieOf(joined))).statusCode).toBe(200)
  expect((await accept(first.token)).statusCode).toBe(410)

  const late = await invite('late@example.test')
  await db.owner`update installation set clock_offset = '7 days 1 minute'`
  expect((await accept(late.token)).statusCode).toBe(410)
  await db.owner`update installation set clock_offset = '0'`
  expect((await accept(late.token)).statusCode).toBe(200)

  const moved = await invite('old@example.test')
  await app.inject({
    method: 'PATCH',
    url: `/api/v1/staff/${moved.person.id}`,
    headers: { cookie, 'if-match': `"${moved.person.version}"` },
    payload: { email: 'new@example.test' },
  })
  expect((await accept(moved.token)).statusCode).toBe(410)
  const again = await app.inject({
    method: 'POST',
    url: `/api/v1/staff/${moved.person.id}/invitation`,
    headers: { cookie },
  })
  expect(again.statusCode).toBe(204)
  expect(access.mails.at(-1)).toMatchObject({ to: 'new@example.test' })
  expect((await accept(tokenOfLastMail())).statusCode).toBe(200)
})

test('a contact is invited to the cabinet; who has joined gets a link to sign in; a taken address gets nothing', async () => {
  const chief = await createAccount(db, { side: 'client', contact: { responsible: true } })
  const { clientId } = chief.contact!
  const actor = actorOf(chief)
  const [colleague] = await db.owner<{ id: number }[]>`
    insert into contact (client_id, name, email) values (${clientId}, 'Коллега', 'colleague@example.test') returning id`
  const words = { name: 'Коллега', locale: 'ru', zone: 'Europe/Moscow' } as const
  const invitation = { ...words, contactId: colleague!.id, clientId, accountId: null as number | null }
  const invite = (change: object = {}) =>
    db.begin({ as: 'worker' }, async (tx) => {
      const made = await access.inviteToCabinet(tx, actor, {
        ...invitation,
        email: 'colleague@example.test',
        ...change,
      })
      if (made) await tx`update contact set account_id = ${made.accountId} where id = ${colleague!.id}`
      return made
    })
  const made = await invite()
  expect(access.mails.at(-1)).toMatchObject({ kind: 'access.invitation', to: 'colleague@example.test' })
  const joined = await post('/invitations/accept', { token: tokenOfLastMail(), password: NEW_PASSWORD })
  expect(joined.json().me).toMatchObject({ side: 'client', contact: { clientId } })
  expect(await invite({ accountId: made!.accountId })).toEqual(made)
  expect(access.mails.at(-1)).toMatchObject({ kind: 'access.magic_link', to: 'colleague@example.test' })
  const before = access.mails.length
  expect(await invite({ email: chief.email })).toBeNull()
  expect(access.mails).toHaveLength(before)
})

test('an unconfirmed person of a client does not come in, a prospect does', async () => {
  const account = await createAccount(db, { side: 'client' })
  await db.owner`update contact set status = 'unconfirmed' where account_id = ${account.id}`
  expect(await tokenAsked('/session/magic-link', account.email)).toBeNull()
  await db.owner`update client set kind = 'prospect' where id = ${account.contact!.clientId}`
  const token = (await tokenAsked('/session/magic-link', account.email))!
  expect((await post('/session/magic', { token })).statusCode).toBe(200)
})
