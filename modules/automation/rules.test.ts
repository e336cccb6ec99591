import { systemActor } from '@opora/access'
import { actorOf } from '@opora/access/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AutomationBench, automationBench } from './automation.fixture.ts'
import { RUNS_AN_HOUR_MAX } from './domain/chain.ts'

let bench: AutomationBench

beforeAll(async () => {
  bench = await automationBench()
})
afterAll(() => bench.db.drop())

const switchOff = (id: number) => bench.db.owner`update automation_rule set enabled = false where id = ${id}`

test('a rule acts on the event that it hears when its condition holds, and keeps what came of it', async () => {
  const id = await bench.rule({ condition: 'contains(lower case(subject), "оплата")' })
  const [paid, other] = [await bench.open('Оплата не проходит'), await bench.open('Другое')]
  await bench.drain()
  expect((await bench.ticket(paid))['priority']).toBe(1)
  expect((await bench.ticket(other))['priority']).toBe(3)
  expect(await bench.runs(id)).toMatchObject([{ result: 'done', ticketId: paid, chain: [id], reason: null }])
  await switchOff(id)
})

test('rules act in their order, each on what those before it have done', async () => {
  const first = await bench.rule({ name: 'Первое', actions: [{ name: 'set_fields', params: { add_tag: 'vip' } }] })
  const second = await bench.rule({
    ...{ name: 'Второе', condition: 'list contains(tags, "vip")' },
    actions: [{ name: 'set_fields', params: { priority: '2' } }],
  })
  const ticket = await bench.open()
  await bench.drain()
  expect((await bench.ticket(ticket))['priority']).toBe(2)
  const others = (await idsInUse()).filter((one) => one !== first && one !== second)
  await bench.asStaff((tx) => bench.automation.orderRules(tx, bench.admin, [...others, second, first]))
  const later = await bench.open()
  await bench.drain()
  expect((await bench.ticket(later))['priority']).toBe(3)
  await Promise.all([first, second].map(switchOff))
})

async function idsInUse(): Promise<number[]> {
  const rows = await bench.db.owner<
    { id: number }[]
  >`select id from automation_rule where archived_at is null order by id`
  return rows.map((row) => row.id)
}

test('what one rule cannot do is kept with the reason, undoes its own deeds alone and stops no other rule', async () => {
  const person = await bench.person('l1', 'Уволенный')
  const failing = await bench.rule({
    actions: [
      { name: 'set_fields', params: { add_tag: 'не останется' } },
      { name: 'assign', params: { person: person.email } },
    ],
  })
  const next = await bench.rule({ actions: [{ name: 'set_fields', params: { add_tag: 'дальше' } }] })
  await bench.db.owner`update account set active = false where id = ${person.id}`
  const ticket = await bench.open()
  await bench.drain()
  expect((await bench.ticket(ticket))['tags']).toEqual(['дальше'])
  expect(await bench.runs(failing)).toMatchObject([{ result: 'refused', reason: { ru: 'Этого человека больше нет.' } }])
  expect(await bench.runs(next)).toMatchObject([{ result: 'done' }])
  await Promise.all([failing, next].map(switchOff))
})

test('a rule that triggers itself acts once, is stopped, marked with the chain and told of, and stays on', async () => {
  const id = await bench.rule({
    ...{ name: 'Сам себя', event: 'field_changed', condition: 'field = "priority"' },
    actions: [{ name: 'set_fields', params: { priority: '1' } }],
  })
  const ticket = await bench.open()
  await bench.asStaff((tx) => bench.tickets.change(tx, systemActor(), ticket, null, { priority: 2 }))
  await bench.drain()
  expect(await bench.runs(id)).toMatchObject([
    { result: 'done', chain: [id] },
    { result: 'stopped', chain: [id, id], reason: { ru: 'Правило вызвало само себя: Сам себя → Сам себя' } },
  ])
  expect(bench.stopped.at(-1)).toMatchObject({ ruleId: id, chain: ['Сам себя', 'Сам себя'], why: 'itself' })
  const [row] = await bench.db.owner`select enabled, looping from automation_rule where id = ${id}`
  expect(row).toEqual({ enabled: true, looping: { chain: ['Сам себя', 'Сам себя'], why: 'itself' } })
  await switchOff(id)
})

test('two rules that trigger each other are stopped, and the chain shows both', async () => {
  const up = await bench.rule({
    ...{ name: 'Вверх', event: 'field_changed', condition: 'field = "priority" and to = 2' },
    actions: [{ name: 'set_fields', params: { priority: '1' } }],
  })
  const down = await bench.rule({
    ...{ name: 'Вниз', event: 'field_changed', condition: 'field = "priority" and to = 1' },
    actions: [{ name: 'set_fields', params: { priority: '2' } }],
  })
  const ticket = await bench.open()
  await bench.asStaff((tx) => bench.tickets.change(tx, systemActor(), ticket, null, { priority: 2 }))
  await bench.drain()
  expect(await bench.runs(up)).toMatchObject([{ result: 'done' }, { result: 'stopped', chain: [up, down, up] }])
  expect(await bench.runs(down)).toMatchObject([{ result: 'done', chain: [up, down] }])
  expect(bench.stopped.at(-1)!.chain).toEqual(['Вверх', 'Вниз', 'Вверх'])
  await Promise.all([up, down].map(switchOff))
})

test('a rule that opens tickets at every opening opens one and is stopped at it', async () => {
  const id = await bench.rule({
    ...{ name: 'Размножается' },
    actions: [{ name: 'create_linked', params: { subject: 'Часть № {number}', link: 'child' } }],
  })
  const parent = await bench.open()
  await bench.drain()
  const children = await bench.db
    .owner`select id, subject, contact_id, parent_id from ticket where parent_id = ${parent}`
  const { number } = await bench.ticket(parent)
  expect(children).toMatchObject([{ subject: `Часть № ${number}`, contactId: null }])
  expect((await bench.runs(id)).map((run) => run.result)).toEqual(['done', 'stopped'])
  await switchOff(id)
})

test('a rule that comes back through people or machines outside is stopped by how often it acts on a ticket', async () => {
  const id = await bench.rule({
    ...{ event: 'noted', name: 'Отвечает роботу' },
    actions: [{ name: 'set_fields', params: { add_tag: 'ещё' } }],
  })
  const ticket = await bench.open()
  const note = { text: 'Робот', files: [], mentions: [], forPartner: false }
  for (let turn = 0; turn <= RUNS_AN_HOUR_MAX; turn++)
    await bench.asStaff((tx) => bench.tickets.note(tx, systemActor(), ticket, note))
  await bench.drain()
  const results = (await bench.runs(id)).map((run) => run.result)
  expect(results.filter((result) => result === 'done')).toHaveLength(RUNS_AN_HOUR_MAX)
  expect(results.at(-1)).toBe('stopped')
  expect(bench.stopped.at(-1)!.why).toBe('too_often')
  await switchOff(id)
})

test('the same event delivered to several workers again and again is acted on once', async () => {
  const id = await bench.rule({ event: 'noted', actions: [{ name: 'set_fields', params: { planned_minutes: '5' } }] })
  const ticket = await bench.open()
  const job = { event: 'noted', ticketId: ticket, data: {}, key: '6f1c2f6e-2f3b-4a51-9d3c-0d8c1a2b3c4d', chain: '' }
  await Promise.all(Array.from({ length: 6 }, () => bench.automation.runRules(job)))
  await bench.automation.runRules(job)
  expect(await bench.runs(id)).toHaveLength(1)
  await switchOff(id)
})

test('an event whose transaction failed reaches no rule; a reply that was taken back is none', async () => {
  const id = await bench.rule({ event: 'replied', actions: [{ name: 'set_fields', params: { add_tag: 'ответ' } }] })
  const ticket = await bench.open()
  const staff = actorOf(await bench.person('it', 'Инженер'))
  const reply = { text: 'Готово', files: [], copyContactIds: [], sendAnyway: true }
  const failed = bench.asStaff(async (tx) => {
    await bench.tickets.reply(tx, staff, ticket, reply)
    throw new Error('nothing of it stands')
  })
  await expect(failed).rejects.toThrow('nothing of it stands')
  expect(await bench.drain()).toBe(0)
  const { messageId } = await bench.asStaff((tx) => bench.tickets.reply(tx, staff, ticket, reply))
  await bench.db.owner`update message set cancelled_at = now() where id = ${messageId}`
  await bench.drain()
  expect(await bench.runs(id)).toEqual([])
  await bench.asStaff((tx) => bench.tickets.reply(tx, staff, ticket, reply))
  await bench.drain()
  expect(await bench.runs(id)).toHaveLength(1)
  await switchOff(id)
})

test.each([
  [{ condition: 'priority >' }, 'condition'],
  [{ condition: 'score = 1' }, 'condition'],
  [{ condition: 'password = "x"' }, 'condition'],
  [{ actions: [{ name: 'format_disk', params: {} }] }, 'actions.0.name'],
  [{ actions: [{ name: 'wait_for_child', params: {} }] }, 'actions.0.name'],
  [{ actions: [{ name: 'assign', params: { person: 'nobody@example.test' } }] }, 'actions.0.params.person'],
  [{ actions: [{ name: 'assign', params: {} }] }, 'actions.0.params.role'],
  [{ actions: [{ name: 'assign', params: { role: 'king' } }] }, 'actions.0.params.role'],
  [{ actions: [{ name: 'set_fields', params: { priority: '7' } }] }, 'actions.0.params.priority'],
  [{ actions: [{ name: 'set_fields', params: { topic: 'нет' } }] }, 'actions.0.params.topic'],
  [{ actions: [{ name: 'set_fields', params: { password: '1' } }] }, 'actions.0.params.password'],
  [{ actions: [{ name: 'send_template', params: { template: '999' } }] }, 'actions.0.params.template'],
  [{ actions: [{ name: 'call_webhook', params: {} }] }, 'actions.0.params.webhook'],
  [{ actions: [{ name: 'start_checklist', params: { checklist: 'none' } }] }, 'actions.0.params.checklist'],
])('a rule with %j is refused at the field %s', async (fault, field) => {
  await expect(bench.rule(fault as never)).rejects.toMatchObject({ options: { field } })
})

test('a rule is changed by its version, keeps what it said before, and a change takes the mark of a loop off', async () => {
  const id = await bench.rule({ name: 'До' })
  await bench.db
    .owner`update automation_rule set looping = '{"chain":["До","До"],"why":"itself"}', looping_at = now() where id = ${id}`
  const after = {
    ...{ name: 'После', event: 'closed' as const, condition: '', enabled: false },
    actions: [{ name: 'set_fields', params: { priority: '2', kind: ' ' } }],
  }
  await bench.asStaff((tx) => bench.automation.changeRule(tx, bench.admin, id, 1, after))
  await expect(bench.asStaff((tx) => bench.automation.changeRule(tx, bench.admin, id, 1, after))).rejects.toMatchObject(
    {
      code: 'http.version_conflict',
    },
  )
  const [row] = await bench.db.owner`select name, looping, actions, version from automation_rule where id = ${id}`
  expect(row).toEqual({
    name: 'После',
    looping: null,
    actions: [{ name: 'set_fields', params: { priority: '2' } }],
    version: 2,
  })
  const versions = await bench.db.owner<{ name: string }[]>`
    select body ->> 'name' as name from automation_rule_version where rule_id = ${id} order by version`
  expect(versions.map((one) => one.name)).toEqual(['До', 'После'])
  await bench.asStaff((tx) => bench.automation.archiveRule(tx, bench.admin, id, 2))
  await expect(bench.asStaff((tx) => bench.automation.archiveRule(tx, bench.admin, id, 3))).rejects.toMatchObject({
    code: 'automation.not_found',
  })
})
