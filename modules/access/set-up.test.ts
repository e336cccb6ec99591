import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { staffRoles } from './domain/roles.ts'
import { createTestAccess, startTestServer, type TestAccess, type TestServer } from './testkit.ts'

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

const input = {
  company: 'Опора и партнёры',
  name: 'Первый человек',
  email: 'first@example.test',
  password: 'a tall grey lighthouse',
  locale: 'ru',
}
const setUp = (code: string, change: object = {}) =>
  app.inject({ method: 'POST', url: '/api/v1/setup', payload: { ...input, code, ...change } })
const needed = async () => (await app.inject({ method: 'GET', url: '/api/v1/setup' })).json().needed
const ensureCode = () => db.begin({ as: 'worker' }, (tx) => access.ensureSetupCode(tx))

test('no code printed means no way in; the printed one makes the first account, once, with every role', async () => {
  expect(await needed()).toBe(true)
  expect((await setUp('')).statusCode).toBe(400)
  expect((await setUp('ANYTHING')).json().code).toBe('access.set_up_code_wrong')

  const [code, other] = await Promise.all([ensureCode(), ensureCode()])
  expect(code).toMatch(/^([A-Z2-9]{4}-){6}[A-Z2-9]{4}$/)
  expect(other).toBe(code)
  const [row] = await db.owner<{ dump: string }[]>`select row_to_json(i)::text as dump from installation i`
  expect(row!.dump).not.toContain(code!.replaceAll('-', ''))

  expect((await setUp(`${code!.slice(0, -1)}?`)).json().code).toBe('access.set_up_code_wrong')
  expect((await setUp(code!, { email: 'first' })).json().code).toBe('access.email_malformed')
  expect((await setUp(code!, { password: 'opora-opora-1' })).statusCode).toBe(422)

  const [one, two] = await Promise.all([setUp(code!.toLowerCase()), setUp(code!, { email: 'second@example.test' })])
  expect([one.statusCode, two.statusCode].sort()).toEqual([201, 409])
  const done = one.statusCode === 201 ? one : two
  expect([...done.json().roles].sort()).toEqual([...staffRoles].sort())
  expect(done.json()).toMatchObject({ company: { name: input.company }, secondFactor: { needed: true, given: false } })
  expect(String(done.headers['set-cookie'])).toContain('opora_session=ses_')

  expect(await needed()).toBe(false)
  expect(await ensureCode()).toBeNull()
  expect((await setUp(code!, { email: 'third@example.test' })).json().code).toBe('access.set_up_already')
})

test('the code is not to be guessed: tries are counted', async () => {
  await db.owner`update installation set set_up_at = null`
  await db.owner`delete from sign_in_brake`
  const code = await ensureCode()
  for (let i = 0; i < 10; i++) expect((await setUp('WRONG')).statusCode).toBe(403)
  expect((await setUp(code!)).json().code).toBe('access.too_many_attempts')
})
