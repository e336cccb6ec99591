import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { silentLog } from '../log/index.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/index.ts'
import { type Caller, createHttpServer, routesFor } from './index.ts'

const { read } = routesFor<Caller>()
let db: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  db = await createTestDatabase()
  const list = read({
    path: '/things',
    summary: 'Things',
    tag: 'things',
    policy: 'public',
    query: z.object({ cursor: z.string().optional(), id: z.string().optional() }),
    replies: z.object({ items: z.array(z.number()) }),
    handle: async ({ query, read: run }) => {
      await run(
        (sql) => sql`select ${query.cursor ?? '2026-01-01'}::text::timestamptz, ${query.id ?? '1'}::text::bigint`,
      )
      return { items: [] }
    },
  })
  const scope = { as: 'staff' as const }
  const caller: Caller = { key: 'test', locale: 'en', scope }
  app = await createHttpServer<Caller>(
    {
      database: db,
      log: silentLog,
      version: 'test',
      authenticate: async () => caller,
      authorise: () => caller,
      allowedOrigins: () => [],
    },
    [list],
  )
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

const get = async (query: string) => {
  const answer = await app.inject({ url: `/api/v1/things?${query}` })
  return [answer.statusCode, answer.json().code]
}

test('a cursor that the database cannot read is told as one; without a cursor such a fault is ours', async () => {
  expect(await get('cursor=2026-02-03')).toEqual([200, undefined])
  for (const cursor of ['yesterdayish', '2026-02-30', '1']) {
    expect(await get(`cursor=${cursor}`)).toEqual([400, 'http.bad_cursor'])
  }
  expect(await get('id=x')).toEqual([500, 'http.internal'])
})
