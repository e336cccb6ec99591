import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Role } from './domain/roles.ts'
import {
  createAccount,
  createTestAccess,
  sessionCookie,
  startTestServer,
  type TestAccess,
  type TestAccount,
  type TestServer,
} from './testkit.ts'

let db: TestDatabase
let access: TestAccess
let app: TestServer
let admin: TestAccount
let cookie: string
beforeAll(async () => {
  db = await createTestDatabase()
  access = createTestAccess(db)
  app = await startTestServer(db, undefined, access)
})
beforeEach(async () => {
  await db.owner`update account set active = false where id in (select account_id from account_role where role = 'ad')`
  admin = await createAccount(db, { roles: ['ad'], name: 'Админ' })
  cookie = await sessionCookie(db, admin)
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const call = (method: Method, url: string, body?: object, headers: Record<string, string> = {}) =>
  app.inject({ method, url: `/api/v1${url}`, headers: { cookie, ...headers }, ...(body ? { payload: body } : {}) })
const version = async (id: number) => {
  const [row] = await db.owner<{ version: number }[]>`select version from account where id = ${id}`
  return { 'if-match': `"${row!.version}"` }
}
const setRoles = async (id: number, roles: Role[]) => call('PUT', `/staff/${id}/roles`, { roles }, await version(id))
const change = async (id: number, body: object) => call('PATCH', `/staff/${id}`, body, await version(id))

test('an administrator adds a person who serves some clients, and changes what they serve', async () => {
  const [a, b] = await db.owner<{ id: number }[]>`insert into client (name) values ('А'), ('Б') returning id`
  const body = { email: 'new@example.test', name: 'Новая', roles: ['dev', 'an'], serves: 'listed', clientIds: [a!.id] }
  const made = await call('POST', '/staff', { ...body, specialities: ['CRM'] })
  expect(made.json()).toMatchObject({
    side: 'staff',
    roles: ['an', 'dev'],
    clientIds: [a!.id],
    joined: false,
    version: 1,
  })
  const changed = await change(made.json().id, { clientIds: [b!.id], name: 'Новая Иванова' })
  expect(changed.json()).toMatchObject({ name: 'Новая Иванова', clientIds: [b!.id], specialities: ['CRM'], version: 2 })
  expect(changed.headers['etag']).toBe('"2"')
  expect((await call('POST', '/staff', body)).json().code).toBe('access.email_taken')
  expect((await change(made.json().id, { clientIds: [999_999] })).json().code).toBe('access.client_unknown')
  const [row] = await db.owner<{ detail: object }[]>`
    select detail from audit where action = 'staff.changed' and object_id = ${String(made.json().id)}`
  expect(row!.detail).toEqual({ changed: ['name'], clientIds: [b!.id] })
})

test('two who edit one person: the second is told', async () => {
  const person = await createAccount(db, { roles: ['l1'] })
  const seen = await version(person.id)
  expect((await call('PATCH', `/staff/${person.id}`, { name: 'Раз' }, seen)).statusCode).toBe(200)
  const late = await call('PATCH', `/staff/${person.id}`, { name: 'Два' }, seen)
  expect(late.json()).toMatchObject({ code: 'http.version_conflict', details: { currentVersion: 2 } })
  expect((await call('PATCH', `/staff/${person.id}`, { name: 'Три' })).json().code).toBe('http.version_required')
})

test('roles are given whole by somebody else than their bearer, who then signs in anew', async () => {
  const person = await createAccount(db, { roles: ['l1'] })
  const theirs = await sessionCookie(db, person)
  const given = await setRoles(person.id, ['im', 'qa'])
  expect(given.json().roles).toEqual(['im', 'qa'])
  expect((await app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie: theirs } })).statusCode).toBe(401)
  expect((await setRoles(admin.id, ['di'])).json().code).toBe('access.own_role')
  expect((await setRoles(person.id, ['cr'])).json().code).toBe('access.role_unknown')
  expect((await setRoles(person.id, ['in'])).json().code).toBe('access.roles_of_two_sides')
  const [row] = await db.owner<{ detail: object }[]>`
    select detail from audit where action = 'role.changed' and object_id = ${String(person.id)}`
  expect(row!.detail).toEqual({ before: ['l1'], after: ['im', 'qa'] })
})

test('giving roles asks for the password again', async () => {
  const person = await createAccount(db, { roles: ['l1'] })
  cookie = await sessionCookie(db, admin, { fresh: false })
  expect((await setRoles(person.id, ['im'])).json().code).toBe('access.confirm_again')
  const body = { email: 'x@example.test', name: 'Х', roles: ['ad'] }
  expect((await call('POST', '/staff', body)).json().code).toBe('access.confirm_again')
})

test('the last administrator stays: not switched off, not stripped, not even by two at once', async () => {
  const second = await createAccount(db, { roles: ['ad'] })
  const theirs = await sessionCookie(db, second)
  const retire = async (by: string, id: number) =>
    app.inject({
      method: 'PUT',
      url: `/api/v1/staff/${id}/roles`,
      headers: { cookie: by, ...(await version(id)) },
      payload: { roles: ['l1'] },
    })
  const replies = await Promise.all([retire(cookie, second.id), retire(theirs, admin.id)])
  expect(replies.filter((reply) => reply.statusCode === 200)).toHaveLength(1)
  const [left] = await db.owner<{ count: number }[]>`
    select count(*) from account_role join account on id = account_id where role = 'ad' and active`
  expect(left!.count).toBe(1)
})

test('nobody switches off or widens oneself', async () => {
  expect((await change(admin.id, { active: false })).json().code).toBe('access.own_account')
  expect((await change(admin.id, { serves: 'all' })).json().code).toBe('access.own_role')
  expect((await change(admin.id, { name: 'Админ Главный' })).statusCode).toBe(200)
})

test('who is switched off is out at once', async () => {
  const person = await createAccount(db, { roles: ['l1'] })
  const theirs = await sessionCookie(db, person)
  expect((await change(person.id, { active: false })).json().active).toBe(false)
  expect((await app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie: theirs } })).statusCode).toBe(401)
})

test('a lost phone is helped by another administrator, and its owner is told', async () => {
  const person = await createAccount(db, { roles: ['fi'] })
  await db.owner`update account set totp_on = true, totp_sealed = 'x' where id = ${person.id}`
  expect((await call('DELETE', `/staff/${person.id}/second-factor`)).statusCode).toBe(204)
  expect((await call('GET', `/staff/${person.id}`)).json().secondFactorOn).toBe(false)
  expect(access.mails.at(-1)).toMatchObject({ kind: 'access.second_factor_off', to: person.email })
})

test('the list goes by name, page by page, with filters; contacts of clients are not in it', async () => {
  const client = await createAccount(db, { side: 'client', name: 'Ящик' })
  for (const name of ['Ящик А', 'Ящик Б', 'Ящик В']) await createAccount(db, { roles: ['qa'], name })
  const first = (await call('GET', '/staff?q=Ящик&role=qa&limit=2')).json()
  expect(first.items.map((one: { name: string }) => one.name)).toEqual(['Ящик А', 'Ящик Б'])
  const second = (await call('GET', `/staff?q=Ящик&role=qa&limit=2&cursor=${first.nextCursor}`)).json()
  expect(second).toMatchObject({ items: [{ name: 'Ящик В' }], nextCursor: null })
  expect((await call('GET', '/staff?q=%25')).json().items).toEqual([])
  expect((await call('GET', '/staff?cursor=rubbish')).json().code).toBe('http.bad_cursor')
  expect((await call('GET', `/staff/${client.id}`)).json().code).toBe('access.not_found')
})

test('an operator sees colleagues’ names and roles, not how they sign in', async () => {
  cookie = await sessionCookie(db, await createAccount(db, { roles: ['l1'] }))
  expect((await call('GET', '/staff')).statusCode).toBe(200)
  expect((await call('GET', `/staff/${admin.id}`)).json().code).toBe('access.not_allowed')
  expect((await setRoles(admin.id, ['l1'])).json().code).toBe('access.not_allowed')
})
