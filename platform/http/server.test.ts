import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Database, Tx } from '../database/index.ts'
import { silentLog } from '../log/index.ts'
import { type Caller, createHttpServer, routesFor } from './index.ts'
import { unfitText } from './unfit-text.ts'

// The transport alone: no query is sent, so the transaction is a name.
const database = {
  begin: (_scope: unknown, body: (tx: Tx) => Promise<unknown>) => body({} as Tx),
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
      handle: async ({ request }) => {
        for await (const part of request.parts()) if (part.type === 'file') await part.toBuffer()
        return undefined
      },
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

test('a form with too many parts is too large, not our fault', async () => {
  const parts = Array.from({ length: 60 }, (_, i) => `--b\r\nContent-Disposition: form-data; name="f${i}"\r\n\r\nx\r\n`)
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/files',
    payload: `${parts.join('')}--b--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  })
  expect(answer.statusCode).toBe(413)
  expect(answer.json()).toMatchObject({ code: 'http.too_large' })
})

test('whom a request came from is what the connection says, unless a proxy of ours says otherwise (S10)', async () => {
  const ask = async (trustedProxies: string[], headers: Record<string, string>) => {
    const seen: { ip: string | null; secure: boolean }[] = []
    const route = write({
      method: 'POST',
      path: '/seen',
      summary: 'Who asks',
      tag: 'things',
      policy: 'public',
      handle: async ({ ip, request }) => void seen.push({ ip, secure: request.protocol === 'https' }),
    })
    const server = await createHttpServer(
      {
        database,
        log: silentLog,
        version: 'test',
        authenticate: async () => caller,
        authorise: () => caller,
        allowedOrigins: () => [],
        trustedProxies,
      },
      [route],
    )
    await server.inject({ method: 'POST', url: '/api/v1/seen', headers, remoteAddress: '10.0.0.2' })
    await server.close()
    return seen[0]
  }
  const told = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }
  expect(await ask([], told)).toEqual({ ip: '10.0.0.2', secure: false })
  expect(await ask(['192.168.0.0/16'], told)).toEqual({ ip: '10.0.0.2', secure: false })
  expect(await ask(['10.0.0.0/8'], told)).toEqual({ ip: '203.0.113.9', secure: true })
})
