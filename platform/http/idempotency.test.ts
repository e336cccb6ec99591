import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { silentLog } from '../log/index.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/index.ts'
import { type Caller, createHttpServer, refuseHttp, routesFor } from './index.ts'

const { write } = routesFor<Caller>()
let db: TestDatabase
let app: FastifyInstance
/** How often a handler has had its effect. */
let effects = 0

beforeAll(async () => {
  db = await createTestDatabase()
  const common = { tag: 'things', policy: 'signed-in', status: 201 as const }
  const routes = [
    write({
      ...common,
      method: 'POST',
      path: '/things',
      summary: 'A thing',
      body: z.strictObject({ text: z.string() }),
      replies: z.object({ number: z.number(), text: z.string() }),
      handle: async ({ body }) => {
        if (body.text === 'refused') throw refuseHttp('http.not_found')
        effects += 1
        return { number: effects, text: body.text }
      },
    }),
    write({
      ...common,
      method: 'POST',
      path: '/files',
      summary: 'A file',
      multipart: true,
      replies: z.object({ text: z.string() }),
      handle: async ({ file }) => ({ text: file?.bytes.toString() ?? '' }),
    }),
  ]
  app = await createHttpServer<Caller>(
    {
      database: db,
      log: silentLog,
      version: 'test',
      authenticate: async (request) => ({
        key: String(request.headers['x-who']),
        locale: 'en',
        scope: { as: 'staff' },
      }),
      authorise: (caller) => caller as Caller,
      allowedOrigins: () => [],
    },
    routes,
  )
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

const post = (key: string, text: string, who = 'ann') =>
  app.inject({
    method: 'POST',
    url: '/api/v1/things',
    payload: { text },
    headers: { 'idempotency-key': key, 'x-who': who },
  })
const upload = (key: string, text: string, boundary: string) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/files',
    payload: `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${text}\r\n--${boundary}--\r\n`,
    headers: { 'idempotency-key': key, 'x-who': 'ann', 'content-type': `multipart/form-data; boundary=${boundary}` },
  })

test('a call that is repeated, also at the same moment, has one effect and one answer', async () => {
  const before = effects
  const answers = await Promise.all(Array.from({ length: 6 }, () => post('k1', 'a')))
  expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
  expect(answers.map((answer) => answer.statusCode)).toEqual(Array(6).fill(201))
  expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true')).toHaveLength(5)
  expect(effects).toBe(before + 1)
})

test('another request under the same key is refused, another person’s key is another', async () => {
  const first = await post('k2', 'a')
  const other = await post('k2', 'b')
  expect([other.statusCode, other.json().code]).toEqual([422, 'http.idempotency_mismatch'])
  expect((await post('k2', 'b', 'bob')).json().text).toBe('b')
  expect((await post('k2', 'a')).body).toBe(first.body)
})

test('a refused call leaves its key free for the corrected one', async () => {
  expect((await post('k3', 'refused')).statusCode).toBe(404)
  expect((await post('k3', 'a')).statusCode).toBe(201)
})

test('keys of any length are told apart by all of it', async () => {
  const long = 'k'.repeat(300)
  const first = await post(`${long}1`, 'a')
  expect((await post(`${long}2`, 'a')).json().number).toBe(first.json().number + 1)
  expect((await post(`${long}1`, 'a')).body).toBe(first.body)
})

test('a file sent again is the same request whatever parts the form; another file under its key is refused', async () => {
  expect((await upload('k4', 'one', 'x')).json()).toEqual({ text: 'one' })
  const again = await upload('k4', 'one', 'y')
  expect([again.statusCode, again.headers['idempotent-replayed']]).toEqual([201, 'true'])
  const other = await upload('k4', 'two', 'x')
  expect([other.statusCode, other.json().code]).toEqual([422, 'http.idempotency_mismatch'])
})
