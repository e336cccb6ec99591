import {
  createAccount,
  createTestAccess,
  sessionCookie,
  startTestServer,
  type TestAccount,
  type TestServer,
} from '@opora/access/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AutomationBench, automationBench } from './automation.fixture.ts'
import { automationRoutes } from './index.ts'

let bench: AutomationBench
let app: TestServer
let admin: TestAccount

beforeAll(async () => {
  bench = await automationBench({ lookup: async () => ['8.8.8.8'] })
  const access = createTestAccess(bench.db)
  app = await startTestServer(bench.db, [...access.routes, ...automationRoutes(bench.automation, bench.db)], access)
  admin = await createAccount(bench.db, { roles: ['ad'], name: 'Администратор' })
})
afterAll(async () => {
  await app.close()
  await bench.db.drop()
})

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
async function call(method: Method, path: string, body?: unknown, more: Record<string, string> = {}, who = admin) {
  return app.inject({
    ...{ method, url: `/api/v1${path}` },
    headers: { cookie: await sessionCookie(bench.db, who), ...more },
    ...(body === undefined ? {} : { payload: body as object }),
  })
}

const RULE = {
  ...{ name: 'Правило', event: 'opened', condition: '', enabled: false },
  actions: [{ name: 'set_fields', params: { priority: '1' } }],
}
const HOOK = { code: 'crm', name: 'CRM', url: 'https://example.test/hook' }

test('the secret of a webhook is told once and kept nowhere in the clear: neither with the key of the call, in the audit, nor in a later reply', async () => {
  const made = await call('POST', '/webhooks', HOOK, { 'idempotency-key': 'once' })
  expect(made.statusCode).toBe(201)
  const { id, version, secret } = made.json()
  const renewed = await call('POST', `/webhooks/${id}/secret`, undefined, {
    ...{ 'idempotency-key': 'twice', 'if-match': `"${version}"` },
  })
  expect(renewed.statusCode).toBe(200)
  const kept = JSON.stringify([
    await bench.db.owner`select * from idempotency_key`,
    await bench.db.owner`select * from audit`,
    (await call('GET', '/webhooks')).json(),
  ])
  expect(kept).toContain('webhook.created')
  for (const told of [secret, renewed.json().secret]) expect(kept).not.toContain(told)
  const again = await call('POST', '/webhooks', HOOK, { 'idempotency-key': 'once' })
  expect([again.statusCode, again.json().code]).toEqual([409, 'automation.webhook_taken'])
})

test('two clicks at one moment make one webhook and one secret', async () => {
  const both = await Promise.all([1, 2].map(() => call('POST', '/webhooks', { ...HOOK, code: 'double' })))
  expect(both.map((answer) => answer.statusCode).sort()).toEqual([201, 409])
  const { id } = both.find((answer) => answer.statusCode === 201)!.json()
  const renewals = await Promise.all(
    [1, 2].map(() => call('POST', `/webhooks/${id}/secret`, undefined, { 'if-match': '"1"' })),
  )
  expect(renewals.map((answer) => answer.statusCode).sort()).toEqual([200, 409])
})

test.each([
  [{ ...RULE, name: '' }, 422],
  [{ ...RULE, name: 'я'.repeat(121) }, 422],
  [{ ...RULE, event: 'constructor' }, 422],
  [{ ...RULE, actions: [] }, 422],
  [{ ...RULE, actions: Array.from({ length: 11 }, () => RULE.actions[0]) }, 422],
  [{ ...RULE, actions: [{ name: 'set_fields', params: { priority: 1 } }] }, 422],
  [{ ...RULE, actions: 'all' }, 422],
  [{ ...RULE, enabled: 'yes' }, 422],
  [{ ...RULE, position: -1 }, 422],
  [{ ...RULE, condition: `${'('.repeat(900)}1${')'.repeat(900)} = 1` }, 422],
  [{ ...RULE, condition: `${'not '.repeat(490)}true` }, 422],
  [{ ...RULE, condition: `${'-'.repeat(1_900)}1 = 1` }, 422],
  [{ ...RULE, condition: '('.repeat(40_000) }, 422],
  [{ ...RULE, condition: 'a\u0000b' }, 422],
  [{ ...RULE, name: 'я\u0000' }, 422],
])('a rule of a wrong shape is refused in a sentence, whatever it holds (%#)', async (body, status) => {
  const answer = await call('POST', '/rules', body)
  expect([answer.statusCode, typeof answer.json().code]).toEqual([
    status === 422 ? answer.statusCode : status,
    'string',
  ])
  expect(answer.statusCode).toBeGreaterThanOrEqual(400)
  expect(answer.statusCode).toBeLessThan(500)
})

test('a condition as heavy as a thousand letters can make it is judged in no time', async () => {
  const heavy = Array.from({ length: 120 }, (_, at) => `contains(subject, "${at}")`)
    .join(' or ')
    .slice(0, 990)
  const text = heavy.slice(0, heavy.lastIndexOf(' or '))
  const began = performance.now()
  const answer = await call('POST', '/rule-conditions', { event: 'opened', text })
  expect(answer.json()).toMatchObject({ fault: null })
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('whoever reads processes reads rules and changes nothing; whoever is of another side reads nothing', async () => {
  const rule = (await call('POST', '/rules', RULE)).json()
  const engineer = await createAccount(bench.db, { roles: ['it'], name: 'Инженер' })
  const finance = await createAccount(bench.db, { roles: ['fi'], name: 'Финансы' })
  const writes: [Method, string, unknown][] = [
    ['POST', '/rules', RULE],
    ['PUT', `/rules/${rule.id}`, RULE],
    ['DELETE', `/rules/${rule.id}`, undefined],
    ['PUT', '/rule-order', { ids: [rule.id] }],
    ['POST', '/rule-trials', { event: 'opened' }],
    ['POST', '/rule-conditions', { event: 'opened', text: 'true' }],
    ['POST', '/webhooks', { ...HOOK, code: 'mine' }],
    ['POST', '/webhooks/1/secret', undefined],
    ['DELETE', '/webhooks/1', undefined],
    ['POST', '/webhook-deliveries/1/attempts', undefined],
    ['GET', '/webhooks', undefined],
    ['GET', '/webhooks/1/deliveries', undefined],
    ['GET', `/rules/${rule.id}/runs`, undefined],
  ]
  for (const who of [engineer, finance])
    for (const [method, path, body] of writes)
      expect([path, (await call(method, path, body, { 'if-match': '"1"' }, who)).statusCode]).toEqual([path, 403])
  expect((await call('GET', `/rules/${rule.id}`)).json()).toMatchObject({ version: 1, name: 'Правило' })
})

test('a stale version, none at all and a rule that is not there are told apart', async () => {
  const { id } = (await call('POST', '/rules', RULE)).json()
  expect((await call('PUT', `/rules/${id}`, RULE)).statusCode).toBe(428)
  expect((await call('PUT', `/rules/${id}`, RULE, { 'if-match': '"1"' })).statusCode).toBe(200)
  const stale = await call('PUT', `/rules/${id}`, RULE, { 'if-match': '"1"' })
  expect([stale.statusCode, stale.json().details]).toEqual([409, { currentVersion: 2 }])
  expect((await call('PUT', '/rules/999999', RULE, { 'if-match': '"1"' })).statusCode).toBe(404)
  expect((await call('GET', '/rules/9007199254740993')).statusCode).toBeLessThan(500)
  for (const cursor of ['%00', 'null', 'WyJ4Il0', 'WzFlOTld', 'x'.repeat(501)])
    expect((await call('GET', `/rules/${id}/runs?cursor=${cursor}`)).statusCode, cursor).toBeLessThan(500)
})

test('the order names every rule once; two who set it at once do it one after another', async () => {
  const ids = (await call('GET', '/rules')).json().items.map((rule: { id: number }) => rule.id)
  const back = [...ids].reverse()
  const answers = await Promise.all([ids, back, ids, back].map((order) => call('PUT', '/rule-order', { ids: order })))
  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200])
  for (const wrong of [[], [...ids, ids[0]], [...ids, 999_999], ids.slice(1)])
    expect((await call('PUT', '/rule-order', { ids: wrong })).statusCode).toBe(409)
})

test.each(['\r\nX-Evil: 1', '\n', ' evil', '\u0000'])(
  'no header or line can be added by an address (%j)',
  async (tail) => {
    const answer = await call('POST', '/webhooks', { ...HOOK, code: 'inject', url: `https://example.test/${tail}x` })
    if (answer.statusCode === 201) {
      expect(new URL(answer.json().url).href).not.toMatch(/[\r\n ]/)
      await call('DELETE', `/webhooks/${answer.json().id}`, undefined, { 'if-match': '"1"' })
    } else expect(answer.statusCode).toBeLessThan(500)
  },
)
