import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, openPool, roleStatements, type Sql } from './database/index.ts'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from './testkit/index.ts'

const FOLDER = join(import.meta.dirname, '../database/migrations')
const name = `opora_plain_${randomBytes(4).toString('hex')}`
let db: TestDatabase
let superuser: Sql
let url: string

beforeAll(async () => {
  db = await createTestDatabase()
  const address = new URL(process.env['OPORA_TEST_DATABASE_URL'] ?? '')
  superuser = openPool(address.href, { max: 1 })
  // as managed PostgreSQL gives it: the owner of one database, who makes no roles
  await superuser.unsafe(`create role ${name} login nosuperuser nocreatedb nocreaterole password 'plain'`)
  await superuser.unsafe(`create database ${name} owner ${name}`)
  Object.assign(address, { username: name, password: 'plain', pathname: `/${name}` })
  url = address.href
})
afterAll(async () => {
  await superuser.unsafe(`drop database ${name} with (force)`)
  await superuser.unsafe(`drop role ${name}`)
  await superuser.end()
  await db.drop()
})

test('an owner who may not make roles is told that they are not ready, and where to read what to run', async () => {
  const refused = migrate({ url, secret: randomBytes(32), folder: FOLDER })
  await expect(refused).rejects.toMatchObject({ code: 'database.roles_not_ready' })
})

test('roles that an administrator has made ready are taken as they are, at every start', async () => {
  for (const statement of [...roleStatements(TEST_SECRET), ...roleStatements(TEST_SECRET)])
    await superuser.unsafe(statement)
  expect((await migrate({ url, secret: TEST_SECRET, folder: FOLDER })).applied.length).toBeGreaterThan(0)
  expect((await migrate({ url, secret: TEST_SECRET, folder: FOLDER })).applied).toEqual([])
})
