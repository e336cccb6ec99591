import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemActor } from '@opora/access'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AutomationBench, automationBench, MONDAY } from './automation.fixture.ts'
import { ATTEMPTS_MAX } from './domain/retries.ts'
import { deliveriesOf } from './webhooks.read-model.ts'

/** A receiver as they are: it may refuse, redirect, break off or never answer, and notes each call with its signature. */
class Receiver {
  readonly calls: { id: string; signature: string; body: string }[] = []
  answers: (number | 'silence' | 'break')[] = []
  private readonly server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      body += part
    })
    request.on('end', () => {
      const { 'x-opora-id': id, 'x-opora-signature': signature } = request.headers
      this.calls.push({ id: String(id), signature: String(signature), body })
      const answer = this.answers.shift() ?? 200
      if (answer === 'break') request.socket.destroy()
      else if (answer !== 'silence') {
        const to = answer >= 300 && answer < 400 ? { location: 'http://127.0.0.1:1/' } : {}
        response.writeHead(answer, to).end('internal words of a foreign server')
      }
    })
  })
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return (this.server.address() as AddressInfo).port
  }
  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

let bench: AutomationBench
let receiver: Receiver
let port: number
let hook: { id: number; secret: string }

beforeAll(async () => {
  receiver = new Receiver()
  port = await receiver.listen()
  const settings = { privateHosts: [`127.0.0.1:${port}`], timeoutMs: 400, keepLogMs: 90 * 86_400_000 }
  bench = await automationBench({ settings, lookup: async (host) => NAMES[host] ?? [] })
  hook = await create('crm', `http://127.0.0.1:${port}/in?x=1`)
})
afterAll(async () => {
  await bench.db.drop()
  await receiver.close()
})
afterEach(async () => {
  receiver.calls.length = 0
  receiver.answers = []
  await bench.db.setNow(MONDAY)
})

const NAMES: Record<string, string[]> = {
  'inside.test': ['10.0.0.7'],
  'mixed.test': ['8.8.8.8', '127.0.0.1'],
  'outside.test': ['8.8.8.8'],
}

const create = (code: string, url: string) =>
  bench.asStaff((tx) => bench.automation.createWebhook(tx, bench.admin, { code, name: code, url }))

async function ask(ticketId: number, webhook = 'crm'): Promise<void> {
  await bench.db.begin({ as: 'worker' }, async (tx) => {
    const ticket = (await bench.tickets.lockForAction(tx, systemActor(), ticketId, 'ticket.change')) as never
    await bench.automation.onAction(tx, {
      actor: systemActor(),
      ticket,
      name: 'call_webhook',
      params: { webhook },
      now: MONDAY,
    })
  })
}

const deliveries = async (id = hook.id) =>
  (await bench.db.read({ as: 'staff' }, (sql) => deliveriesOf(sql, id, { limit: 50 }))).items
const newest = async () => (await deliveries())[0]!
const deliver = async () => bench.automation.deliver((await newest()).id)

test('a call is signed with the webhook’s secret, carries the head of the ticket and no word that people wrote', async () => {
  const ticket = await bench.open('Не приходит почта')
  await bench.asStaff((tx) =>
    bench.tickets.note(tx, systemActor(), ticket, { text: 'TAJNA-42', files: [], mentions: [], forPartner: false }),
  )
  await ask(ticket)
  await bench.drain()
  const [call] = receiver.calls
  const { number } = await bench.ticket(ticket)
  expect(JSON.parse(call!.body)).toMatchObject({
    event: 'process.action',
    ticket: { number, subject: 'Не приходит почта' },
  })
  expect(call!.body).not.toContain('TAJNA-42')
  expect(call!.body).not.toContain('Белый экран')
  const [, at, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(call!.signature)!
  expect(hex).toBe(createHmac('sha256', hook.secret).update(`${at}.${call!.body}`).digest('hex'))
  expect(Math.abs(Number(at) * 1_000 - MONDAY)).toBeLessThan(60_000)
  expect(await newest()).toMatchObject({
    publicId: call!.id,
    state: 'delivered',
    attempts: [{ status: 200, fault: null }],
  })
})

test('a receiver that refuses, breaks off and is silent is called again later, under the same id, until it has understood', async () => {
  receiver.answers = [500, 'break', 'silence', 302, 204]
  await ask(await bench.open())
  await bench.drain()
  for (let turn = 0; turn < 4; turn++) {
    const { state, nextAt } = await newest()
    expect(state).toBe('waiting')
    await deliver()
    expect((await newest()).attempts, 'not before its time').toHaveLength(turn + 1)
    await bench.db.setNow(nextAt!)
    await deliver()
  }
  const { state, attempts } = await newest()
  expect(state).toBe('delivered')
  expect(attempts.map(({ status, fault }) => [status, fault])).toEqual([
    [204, null],
    [302, 'redirect'],
    [null, 'timeout'],
    [null, 'network'],
    [500, null],
  ])
  expect(new Set(receiver.calls.map((call) => call.id)).size).toBe(1)
})

test('after the last attempt a call is given up; it can be sent again by hand and then has all its attempts anew', async () => {
  receiver.answers = Array.from({ length: ATTEMPTS_MAX }, () => 503)
  await ask(await bench.open())
  await bench.drain()
  for (let { nextAt } = await newest(); nextAt !== null; { nextAt } = await newest()) {
    await bench.db.setNow(nextAt)
    await deliver()
  }
  const given = await newest()
  expect(given).toMatchObject({ state: 'failed', nextAt: null })
  expect(given.attempts).toHaveLength(ATTEMPTS_MAX)
  receiver.answers = [503]
  await bench.asStaff((tx) => bench.automation.resend(tx, bench.admin, given.id))
  await expect(bench.asStaff((tx) => bench.automation.resend(tx, bench.admin, given.id))).rejects.toMatchObject({
    code: 'automation.delivery_waits',
  })
  await deliver()
  const waiting = await newest()
  expect(waiting.state).toBe('waiting')
  await bench.db.setNow(waiting.nextAt!)
  await deliver()
  expect(await newest()).toMatchObject({ state: 'delivered', id: given.id, publicId: given.publicId })
})

test('two workers do not make one call twice; one that says "gone" is not called again', async () => {
  await ask(await bench.open())
  const { id } = await newest()
  await Promise.all([1, 2, 3].map(() => bench.automation.deliver(id)))
  expect(receiver.calls).toHaveLength(1)
  await bench.drain()
  receiver.answers = [410]
  await ask(await bench.open())
  await bench.drain()
  expect(await newest()).toMatchObject({ state: 'failed', attempts: [{ status: 410 }] })
})

test('a webhook that is switched off is not called, and the list says so', async () => {
  const off = await create('off', `http://127.0.0.1:${port}/`)
  await bench.asStaff((tx) =>
    bench.automation.changeWebhook(tx, bench.admin, { id: off.id, version: 1, change: { enabled: false } }),
  )
  await ask(await bench.open(), 'off')
  await bench.drain()
  expect(receiver.calls).toHaveLength(0)
  expect(await deliveries(off.id)).toMatchObject([
    { state: 'failed', attempts: [{ status: null, fault: 'switched_off' }] },
  ])
})

test.each([
  ['http://127.0.0.1:1/', 'automation.address_invalid'],
  ['https://127.0.0.1/', 'automation.address_private'],
  ['https://[::1]/', 'automation.address_private'],
  ['https://0x7f000001/', 'automation.address_private'],
  ['https://2130706433/', 'automation.address_private'],
  ['https://[::ffff:10.0.0.1]/', 'automation.address_private'],
  ['https://[64:ff9b::7f00:1]/', 'automation.address_private'],
  ['https://169.254.169.254/latest/meta-data', 'automation.address_private'],
  ['https://inside.test/', 'automation.address_private'],
  ['https://mixed.test/', 'automation.address_private'],
  ['https://nowhere.test/', 'automation.address_unknown'],
  ['http://outside.test/', 'automation.address_invalid'],
  ['https://user:password@outside.test/', 'automation.address_invalid'],
  ['file:///etc/passwd', 'automation.address_invalid'],
  ['gopher://outside.test/', 'automation.address_invalid'],
  ['javascript:alert(1)', 'automation.address_invalid'],
  ['no address', 'automation.address_invalid'],
])('the address %s is refused when it is saved: %s (R1, R4, R6)', async (url, code) => {
  await expect(create('bad', url)).rejects.toMatchObject({ code, options: { field: 'url' } })
})

test('a name that leads inside since it was saved is refused at the call (R1)', async () => {
  const moving = await create('moving', 'https://outside.test/hook')
  await ask(await bench.open(), 'moving')
  NAMES['outside.test'] = ['127.0.0.1']
  await bench.drain()
  NAMES['outside.test'] = ['8.8.8.8']
  expect((await deliveries(moving.id))[0]).toMatchObject({ attempts: [{ status: null, fault: 'forbidden_host' }] })
})

test('the desk reads no secret and no body of a call; codes are one of a kind; what rules need is not put away', async () => {
  await expect(bench.asStaff((tx) => tx`select secret_sealed from webhook`)).rejects.toThrow('permission denied')
  await expect(create('crm', 'https://outside.test/')).rejects.toMatchObject({ code: 'automation.webhook_taken' })
  const rule = await bench.rule({
    name: 'Зовёт',
    actions: [{ name: 'call_webhook', params: { webhook: 'crm' } }],
    enabled: false,
  })
  await expect(
    bench.asStaff((tx) => bench.automation.archiveWebhook(tx, bench.admin, hook.id, 1)),
  ).rejects.toMatchObject({
    code: 'automation.webhook_used',
  })
  await bench.asStaff((tx) => bench.automation.archiveRule(tx, bench.admin, rule, 1))
  const { secret, version } = await bench.asStaff((tx) => bench.automation.renewSecret(tx, bench.admin, hook.id, 1))
  expect(secret).not.toBe(hook.secret)
  await expect(bench.asStaff((tx) => bench.automation.renewSecret(tx, bench.admin, hook.id, 1))).rejects.toMatchObject({
    code: 'http.version_conflict',
  })
  await bench.asStaff((tx) => bench.automation.archiveWebhook(tx, bench.admin, hook.id, version))
  await create('crm', 'https://outside.test/')
})
