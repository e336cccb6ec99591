import { systemActor } from '@opora/access'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AutomationBench, automationBench, MONDAY } from './automation.fixture.ts'
import { automationJobs } from './automation.jobs.ts'
import type { NewRule } from './contract.ts'
import { RUNS_AN_HOUR_MAX } from './domain/chain.ts'
import { webhooksStore } from './webhooks.store.ts'

let bench: AutomationBench

beforeAll(async () => {
  let addresses = ['8.8.8.8']
  bench = await automationBench({ lookup: async () => addresses })
  const crm = { code: 'crm', name: 'CRM', url: 'https://example.test/' }
  await bench.asStaff((tx) => bench.automation.createWebhook(tx, bench.admin, crm))
  addresses = []
})
afterAll(() => bench.db.drop())

async function ask(ticketId: number, name: string, params: Record<string, unknown>): Promise<void> {
  await bench.db.begin({ as: 'worker' }, async (tx) => {
    const ticket = (await bench.tickets.lockForAction(tx, systemActor(), ticketId, 'ticket.change')) as never
    await bench.automation.onAction(tx, { actor: systemActor(), ticket, name, params, now: MONDAY })
  })
}

test.each([
  ['set_fields', { priority: '99' }],
  ['set_fields', { priority: 'high' }],
  ['set_fields', { kind: 'party' }],
  ['set_fields', { planned_minutes: 'soon' }],
  ['set_fields', { planned_minutes: '99999999999' }],
  ['set_fields', { topic: 'no-such-topic' }],
  ['set_fields', { category: 'no-such-category' }],
  ['send_template', { template: 'abc' }],
  ['send_template', { template: '99999999999999999999' }],
  ['send_template', {}],
  ['assign', { role: 'king' }],
  ['assign', {}],
  ['request_estimate', { role: 'x'.repeat(500) }],
  ['create_linked', { subject: 'x', kind: 'party' }],
  ['create_linked', { subject: 'x', priority: '0' }],
  ['create_linked', { subject: 'x', topic: 'none' }],
  ['create_linked', {}],
  ['call_webhook', { webhook: 'none' }],
])(
  'what somebody typed into the field that fills in %s %j is refused in the history, and their button goes through',
  async (name, params) => {
    const id = await bench.open()
    await ask(id, name, params)
    expect(await bench.facts(id)).toContain('action_refused')
  },
)

test('a drawing whose first step opens a linked ticket does not open tickets without end', async () => {
  let opened = 0
  const stop = 60
  bench.bus.on('ticket.opened', async (tx, event) => {
    if (!event.ticket.subject.startsWith('Бесконечно') || opened++ > stop) return
    await bench.automation.onAction(tx, {
      ...{ actor: systemActor(), ticket: event.ticket, name: 'create_linked', now: MONDAY },
      params: { subject: 'Бесконечно', link: 'related' },
    })
  })
  const id = await bench.open('Бесконечно')
  expect(opened).toBeLessThan(15)
  expect(await bench.facts(id)).toContain('opened')
})

test('a rule that times out is kept as failed and stops no rule after it', async () => {
  const slow = await bench.rule({ name: 'Долгое', actions: [{ name: 'assign', params: { role: 'it' } }] })
  const next = await bench.rule({ name: 'Следующее', actions: [{ name: 'set_fields', params: { add_tag: 'после' } }] })
  const real = bench.wiring.tickets.giveToRole
  bench.wiring.tickets.giveToRole = () => {
    throw Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' })
  }
  const id = await bench.open()
  try {
    await bench.drain()
  } finally {
    bench.wiring.tickets.giveToRole = real
  }
  expect(await bench.runs(slow)).toMatchObject([{ result: 'failed', ticketId: id }])
  expect(await bench.runs(next)).toMatchObject([{ result: 'done', ticketId: id }])
  await bench.db.owner`update automation_rule set enabled = false`
})

test('a rule takes no wrong types, no endless texts and no more actions than can be read', async () => {
  const long = 'я'.repeat(4_001)
  for (const actions of [
    [{ name: 'create_linked', params: { subject: 'я'.repeat(301) } }],
    [{ name: 'create_linked', params: { subject: 'x', text: long } }],
    [{ name: '__proto__', params: {} }],
    [{ name: 'constructor', params: {} }],
    [{ name: 'assign', params: { __proto__: 'x', constructor: 'x' } }],
  ] as NewRule['actions'][])
    await expect(bench.rule({ actions })).rejects.toMatchObject({ code: 'automation.action_invalid' })
})

test('sixteen events at once on sixteen workers act once each, in any order', async () => {
  const id = await bench.rule({ event: 'noted', actions: [{ name: 'set_fields', params: { add_tag: 'шум' } }] })
  const ticket = await bench.open()
  const jobs = Array.from({ length: 16 }, () => ({
    ...{ event: 'noted', ticketId: ticket, data: {}, key: crypto.randomUUID(), chain: '' },
  }))
  await Promise.all([...jobs, ...jobs].map((job) => bench.automation.runRules(job)))
  expect((await bench.runs(id)).filter((run) => run.result === 'done')).toHaveLength(16)
  await bench.db.owner`update automation_rule set enabled = false`
})

async function delivery(): Promise<number> {
  await ask(await bench.open(), 'call_webhook', { webhook: 'crm' })
  const [row] = await bench.db.owner<{ id: number }[]>`select id from webhook_delivery order by id desc limit 1`
  return row!.id
}

test('a worker that wakes after another has made its call changes nothing of it', async () => {
  const id = await delivery()
  const late = await webhooksStore.take(bench.db.worker, id, 0)
  const second = await webhooksStore.take(bench.db.worker, id, 60_000)
  expect([late?.attempts, second?.attempts]).toEqual([1, 2])
  await bench.db.begin({ as: 'worker' }, (tx) => webhooksStore.settle(tx, second!, 'delivered'))
  expect(await bench.db.begin({ as: 'worker' }, (tx) => webhooksStore.settle(tx, late!, 'failed'))).toBe(false)
  expect(await bench.db.begin({ as: 'worker' }, (tx) => webhooksStore.tryAgainAt(tx, late!, MONDAY))).toBe(false)
  const [row] = await bench.db.owner`select state, next_at from webhook_delivery where id = ${id}`
  expect(row).toEqual({ state: 'delivered', nextAt: null })
})

test('the log of rules and the calls of webhooks are forgotten after ninety days, never a call still under way', async () => {
  const rule = await bench.rule({})
  const [settled, waiting] = [await delivery(), await delivery()]
  await bench.drain()
  await bench.db
    .owner`update webhook_delivery set state = 'failed', settled_at = to_timestamp(${MONDAY / 1_000}) where id = ${settled}`
  await bench.db
    .owner`insert into webhook_attempt (delivery_id, number, client_id, took_ms) values (${settled}, 99, ${bench.clientId}, 1)`
  await bench.db.owner`update webhook_delivery set state = 'waiting', settled_at = null where id = ${waiting}`
  const left = async () => {
    await bench.automation.forgetLog()
    const [row] = await bench.db.owner<{ runs: number; settled: number; waiting: number; attempts: number }[]>`
      select (select count(*)::int from automation_run where rule_id = ${rule}) as runs,
        (select count(*)::int from webhook_delivery where id = ${settled}) as settled,
        (select count(*)::int from webhook_delivery where id = ${waiting}) as waiting,
        (select count(*)::int from webhook_attempt where delivery_id = ${settled} and number = 99) as attempts`
    return row
  }
  await bench.db.setNow(MONDAY + 89 * 86_400_000)
  expect(await left()).toMatchObject({ runs: 2, settled: 1, waiting: 1, attempts: 1 })
  await bench.db.setNow(MONDAY + 91 * 86_400_000)
  expect(await left()).toEqual({ runs: 0, settled: 0, waiting: 1, attempts: 0 })
  await bench.db.setNow(MONDAY)
  await expect(bench.asStaff((tx) => tx`delete from automation_run`)).rejects.toThrow('permission denied')
  await bench.db.owner`update automation_rule set enabled = false`
})

test('a call that was asked for by a drawing tells the process by a job, so that its fault calls nobody twice', async () => {
  const real = bench.wiring.tickets.reportDone
  bench.wiring.tickets.reportDone = async () => {
    throw new Error('this process cannot go on now')
  }
  await bench.db.owner`update webhook set enabled = false`
  const id = await delivery()
  try {
    await bench.automation.deliver(id)
    await expect(bench.drain()).rejects.toThrow('cannot go on now')
  } finally {
    bench.wiring.tickets.reportDone = real
  }
  const [row] = await bench.db.owner`select attempts, state from webhook_delivery where id = ${id}`
  expect(row).toEqual({ attempts: 1, state: 'failed' })
  await bench.db.owner`update webhook set enabled = true`
})

test('a drawing that leads back to its own call stops calling, and in the end stands still', async () => {
  const id = await bench.open()
  const counts = async () => {
    const [row] = await bench.db.owner<{ calls: number; reports: number }[]>`
      select (select count(*)::int from webhook_delivery where ticket_id = ${id}) as calls,
        (select count(*)::int from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
          where t.identifier = 'automation:report' and (j.payload ->> 'ticketId')::bigint = ${id}) as reports`
    return row
  }
  for (let turn = 0; turn < RUNS_AN_HOUR_MAX * 3; turn++) await ask(id, 'call_webhook', { webhook: 'crm' })
  expect(await counts()).toEqual({ calls: RUNS_AN_HOUR_MAX, reports: RUNS_AN_HOUR_MAX })
  await bench.drain()
})

test('a call whose secret does not open any more is an attempt that failed, and holds up no other', async () => {
  const [bad, good] = [await delivery(), await delivery()]
  const sealed = await bench.db
    .owner`update webhook w set secret_sealed = null from webhook o where w.id = o.id returning o.secret_sealed as sealed`
  await bench.automation.deliver(bad)
  await bench.db.owner`update webhook set secret_sealed = ${sealed[0]!['sealed']}`
  await bench.automation.deliver(good)
  const rows = await bench.db.owner`
    select fault from webhook_attempt where delivery_id in (${bad}, ${good}) order by delivery_id`
  expect(rows).toEqual([{ fault: 'secret' }, { fault: 'name' }])
})

test('what goes wrong with one of those left behind keeps none behind it waiting', async () => {
  const tried: number[] = []
  const automation = {
    ...bench.automation,
    leftBehind: async () => ({ tickets: [], deliveries: [1, 2] }),
    deliver: async (id: number) => {
      tried.push(id)
      throw new Error('no')
    },
  }
  await expect(automationJobs(bench.db, automation)['automation.sweep']!(undefined as never)).rejects.toThrow(
    'left behind',
  )
  expect(tried).toEqual([1, 2])
})

test('a webhook that was put away fails what waits for it, under the name that drawings know; nothing is sent again by it', async () => {
  const told: unknown[] = []
  const real = bench.wiring.tickets.reportDone
  bench.wiring.tickets.reportDone = async (_tx, _actor, _id, work) => {
    told.push(work)
    return true
  }
  const id = await delivery()
  await bench.db
    .owner`update webhook set archived_at = now(), enabled = false, code = code || '~' || id where code = 'crm'`
  await bench.drain()
  await ask(await bench.open(), 'call_webhook', { webhook: 'crm' })
  await bench.drain()
  bench.wiring.tickets.reportDone = real
  const work = { action: 'call_webhook', params: { webhook: 'crm' }, failed: 'webhook_failed' }
  expect(told).toEqual([work, work])
  await expect(bench.asStaff((tx) => bench.automation.resend(tx, bench.admin, id))).rejects.toMatchObject({
    code: 'automation.webhook_not_found',
  })
})

test('three rules that go round by a field, a tag and a linked ticket come to an end, each told of', async () => {
  const field = await bench.rule({
    name: 'Поле',
    event: 'opened',
    actions: [{ name: 'set_fields', params: { priority: '1' } }],
  })
  const tag = await bench.rule({
    ...{ name: 'Метка', event: 'field_changed', condition: 'field = "priority"' },
    actions: [{ name: 'set_fields', params: { add_tag: 'круг' } }],
  })
  const linked = await bench.rule({
    ...{ name: 'Связанное', event: 'field_changed', condition: 'field = "tags" or field = "priority"' },
    actions: [{ name: 'create_linked', params: { subject: 'Круг', link: 'related' } }],
  })
  const before = await bench.db.owner`select count(*)::int as count from ticket`
  await bench.open('Начало круга')
  expect(await bench.drain()).toBeLessThan(60)
  const after = await bench.db.owner`select count(*)::int as count from ticket`
  expect(after[0]!['count'] - before[0]!['count']).toBeLessThan(10)
  const results = (await Promise.all([field, tag, linked].map(bench.runs))).flat()
  expect(results.some((run) => run.result === 'stopped' && run.chain[0] === run.chain.at(-1))).toBe(true)
  expect(results.every((run) => new Set(run.chain).size >= run.chain.length - 1)).toBe(true)
  await bench.db.owner`update automation_rule set enabled = false`
})

test('what a client does reaches rules with a client’s rights, who reads nothing of the rules and forges no chain', async () => {
  const id = await bench.rule({
    event: 'client_wrote',
    actions: [{ name: 'set_fields', params: { add_tag: 'от клиента' } }],
  })
  const ticket = await bench.open()
  const [account] = await bench.db.owner<{ id: number }[]>`
    insert into account (side, email, name) values ('client', 'rules@example.test', 'Клиент') returning id`
  const scope = { as: 'client' as const, clientId: bench.clientId, accountId: account!.id }
  await bench.db.begin(scope, (tx) => bench.automation.clientWrote(tx, { ticket: { id: ticket } } as never))
  for (const table of ['automation_run', 'webhook', 'webhook_delivery', 'linked_by_action'])
    await expect(bench.db.begin(scope, (tx) => tx`select * from ${tx(table)}`)).rejects.toThrow('permission denied')
  await expect(bench.db.begin(scope, (tx) => tx`select name, actions from automation_rule`)).rejects.toThrow(
    'permission',
  )
  await bench.drain()
  expect((await bench.ticket(ticket))['tags']).toEqual(['от клиента'])
  expect(await bench.runs(id)).toMatchObject([{ result: 'done', chain: [id] }])
  await bench.db.owner`update automation_rule set enabled = false`
})
