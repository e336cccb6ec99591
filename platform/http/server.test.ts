import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Database, Tx } from '../database/index.ts'
import { silentLog } from '../log/index.ts'
import { type Caller, createHttpServer, routesFor } from './index.ts'
import { unfitText } from './unfit-text.ts'

// The transport alone: no query is sent, so the transaction is a name.
let begun = 0
const database = {
  begin: (_scope: unknown, body: (tx: Tx) => Promise<unknown>) => {
    begun += 1
    return body({} as Tx)
  },
} as unknown as Database
const caller: Caller = { key: 'test', locale: 'en', scope: { as: 'staff' } }
const { write } = routesFor<Caller>()
let app: FastifyInstance

beforeAll(async () => {
  const routes = [
    write({
      method: 'PUT',
      path: '/things/:name',
      summary: 'A thing',
      tag: 'things',
      policy: 'public',
      params: z.object({ name: z.string() }),
      body: z.strictObject({ text: z.string(), more: z.record(z.string(), z.unknown()).optional() }),
      replies: z.object({ text: z.string() }),
      handle: async ({ body }) => ({ text: body.text }),
    }),
    write({
      method: 'POST',
      path: '/files',
      summary: 'A file',
      tag: 'things',
      policy: 'public',
      multipart: true,
      status: 201,
      replies: z.object({ name: z.string(), mime: z.string(), text: z.string() }).nullable(),
      handle: async ({ file }) => file && { name: file.name, mime: file.mime, text: file.bytes.toString() },
    }),
  ]
  app = await createHttpServer(
    {
      database,
      log: silentLog,
      version: 'test',
      authenticate: async () => caller,
      authorise: () => caller,
      allowedOrigins: () => [],
    },
    routes,
  )
  await app.ready()
})
afterAll(() => app.close())

const put = (url: string, body: unknown) =>
  app.inject({ method: 'PUT', url, payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

test.each([
  ['an address that nobody has', '/api/v1/nothing/here', 404, 'http.not_found'],
  ['an address outside the API', '/nowhere', 404, 'http.not_found'],
  ['an address that is broken', '/api/v1/things/%E0%A4%A', 400, 'http.invalid_request'],
  ['a part of an address without end', `/api/v1/things/${'x'.repeat(400)}`, 404, 'http.not_found'],
])('%s is refused in the one shape', async (_name, url, status, code) => {
  const answer = await put(url, { text: 'a' })
  expect(answer.statusCode).toBe(status)
  expect(answer.json()).toEqual({ code, message: expect.any(String), requestId: expect.any(String) })
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
})

test.each([
  ['a NUL byte', { text: 'a\0b' }, 'text'],
  ['half of a character', { text: 'a\ud800' }, 'text'],
  ['half of a character deep inside', { text: 'a', more: { list: ['b', '\udfff'] } }, 'more.list.1'],
  ['half of a character in a name', { text: 'a', more: { '\ud800': 1 } }, 'more'],
])('%s is refused at the door, with its field', async (_name, body, field) => {
  const answer = await put('/api/v1/things/1', body)
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'http.invalid_text', field })
})

test('a NUL byte in an address is refused as well', async () => {
  expect((await put('/api/v1/things/%00', { text: 'a' })).json()).toMatchObject({
    code: 'http.invalid_text',
    field: 'name',
  })
})

test('whole characters of every kind pass', async () => {
  const text = 'Привет, 😀 \u202e \n'
  expect((await put('/api/v1/things/1', { text })).json()).toEqual({ text })
  expect(unfitText({ a: [1, null, true, { b: 'x' }] })).toBeNull()
})

const upload = (payload: string) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/files',
    payload,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  })

test('a form with too many parts is too large, not our fault', async () => {
  const parts = Array.from({ length: 60 }, (_, i) => `--b\r\nContent-Disposition: form-data; name="f${i}"\r\n\r\nx\r\n`)
  const answer = await upload(`${parts.join('')}--b--\r\n`)
  expect(answer.statusCode).toBe(413)
  expect(answer.json()).toMatchObject({ code: 'http.too_large' })
})

test('a form’s file is read whole before a transaction begins: one that never ends holds no connection', async () => {
  const head =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello'
  begun = 0
  expect((await upload(head)).statusCode).toBe(400)
  expect(begun).toBe(0)
  const answer = await upload(`${head}\r\n--b--\r\n`)
  expect(answer.json()).toEqual({ name: 'a.txt', mime: 'text/plain', text: 'hello' })
  expect(begun).toBe(1)
})

test.each(['ENOSPC', 'EDQUOT', '53100'])(
  'a full disk (%s) is told as such, with nothing of where it is',
  async (code) => {
    const route = write({
      method: 'POST',
      path: '/full',
      summary: 'Keeps something',
      tag: 'things',
      policy: 'public',
      handle: async () => {
        throw Object.assign(new Error('no space left on device, write /secret/place'), { code })
      },
    })
    const server = await createHttpServer(
      {
        database,
        log: silentLog,
        version: 'test',
        authenticate: async () => caller,
        authorise: () => caller,
        allowedOrigins: () => [],
      },
      [route],
    )
    const answer = await server.inject({ method: 'POST', url: '/api/v1/full' })
    await server.close()
    expect([answer.statusCode, answer.json().code]).toEqual([507, 'http.storage_full'])
    expect(answer.body).not.toContain('secret')
  },
)
