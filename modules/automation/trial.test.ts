import { systemActor } from '@opora/access'
import { actorOf } from '@opora/access/testkit'
import { isoInstant, MINUTE_MS } from '@opora/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AutomationBench, automationBench, MONDAY } from './automation.fixture.ts'
import { ruleOf, runsOfRule, versionsOfRule } from './rules.read-model.ts'
import { tryRule } from './trial.service.ts'

let bench: AutomationBench

beforeAll(async () => {
  bench = await automationBench()
})
afterAll(() => bench.db.drop())

const read = <T>(body: Parameters<typeof bench.db.read<T>>[1]) => bench.db.read({ as: 'staff' }, body)
const trial = (wish: object) =>
  read((sql) => tryRule(sql, { ...{ event: 'opened', condition: '', actions: [], days: 31 }, ...wish } as never))

test('a trial judges what was known of each ticket when it happened, and does nothing', async () => {
  const [low, high] = [await bench.open('Низкий', { priority: 4 }), await bench.open('Высокий', { priority: 2 })]
  await bench.asStaff((tx) => bench.tickets.change(tx, systemActor(), low, null, { priority: 1 }))
  const before = await bench.db.owner`select count(*)::int as n from ticket_event`
  const now = await trial({ condition: 'priority <= 2', actions: [{ name: 'set_fields', params: { priority: '1' } }] })
  const { number } = await bench.ticket(high)
  expect(now).toMatchObject({ events: 2, hits: 1, tickets: 1, more: false, items: [{ ticketId: high, number }] })
  expect(now.does).toEqual([{ ru: 'Изменить поля: приоритет 1 — критический', en: 'Set fields: priority 1, critical' }])
  const changed = await trial({ event: 'field_changed', condition: 'field = "priority" and from = 4 and to = 1' })
  expect(changed).toMatchObject({ events: 1, hits: 1, items: [{ ticketId: low }] })
  expect(await bench.db.owner`select count(*)::int as n from ticket_event`).toEqual(before)
})

test('a trial looks back no further than asked, and refuses what a rule would be refused for', async () => {
  await bench.db.setNow(MONDAY + 40 * 24 * 60 * MINUTE_MS)
  expect((await trial({})).events).toBe(0)
  expect((await trial({ days: 92 })).events).toBe(2)
  await bench.db.setNow(MONDAY)
  await expect(trial({ condition: 'nobody = 1' })).rejects.toMatchObject({ code: 'automation.condition_invalid' })
})

test('alarms of clocks are tried as they rang', async () => {
  const id = await bench.open('Срок')
  await bench.db.owner`insert into sla_alarm (client_id, ticket_id, metric, seq, kind, due_at, at, fired_at)
    values (${bench.clientId}, ${id}, 'reaction', 1, 'warn75', now(), ${isoInstant(MONDAY - 1000)}, ${isoInstant(MONDAY - 1000)})`
  expect(await trial({ event: 'breach_warned', condition: 'percent >= 75 and metric = "reaction"' })).toMatchObject({
    hits: 1,
  })
  expect(await trial({ event: 'breached' })).toMatchObject({ events: 0 })
})

test('the log names the rules that led to a run, page by page, the newest first', async () => {
  const first = await bench.rule({
    name: 'Первое',
    event: 'noted',
    actions: [{ name: 'set_fields', params: { priority: '2' } }],
  })
  const second = await bench.rule({
    ...{ name: 'Второе', event: 'field_changed', condition: 'field = "priority"' },
    actions: [{ name: 'set_fields', params: { add_tag: 'важно' } }],
  })
  const ticket = await bench.open()
  const staff = actorOf(await bench.person('it', 'Инженер'))
  const note = { text: 'Смотрю', files: [], mentions: [], forPartner: false }
  await bench.asStaff((tx) => bench.tickets.note(tx, staff, ticket, note))
  await bench.drain()
  const log = await read((sql) => runsOfRule(sql, second, { limit: 1 }))
  expect(log).toMatchObject({
    items: [{ ticketId: ticket, result: 'done', chain: ['Первое', 'Второе'] }],
    nextCursor: null,
  })
  expect(log.items[0]!.steps).toEqual([
    { ru: 'Изменить поля: добавить метку важно', en: 'Set fields: add a tag важно' },
  ])
  expect(await read((sql) => ruleOf(sql, first))).toMatchObject({ runs: 1, faults: 0, looping: null })
  expect((await read((sql) => versionsOfRule(sql, first))).items).toMatchObject([{ version: 1, name: 'Первое' }])
  await expect(read((sql) => runsOfRule(sql, 999_999, { limit: 1 }))).rejects.toMatchObject({
    code: 'automation.not_found',
  })
})

test('what people do inside a client’s or a partner’s rights reaches the rules as well, which see nothing of them', async () => {
  const id = await bench.rule({
    name: 'Клиент',
    event: 'client_wrote',
    actions: [{ name: 'set_fields', params: { add_tag: 'написал' } }],
  })
  const ticket = await bench.open()
  const scope = { as: 'client' as const, clientId: bench.clientId, accountId: 0 }
  await bench.db.begin(scope, (tx) => bench.automation.clientWrote(tx, { ticket: { id: ticket } } as never))
  await bench.drain()
  expect((await bench.ticket(ticket))['tags']).toEqual(['написал'])
  await expect(bench.db.begin(scope, (tx) => tx`select name from automation_rule`)).rejects.toThrow('permission denied')
  await expect(bench.db.begin(scope, (tx) => tx`select 1 from automation_run`)).rejects.toThrow('permission denied')
  expect(await bench.runs(id)).toHaveLength(1)
})
