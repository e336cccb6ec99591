import { readFile } from 'node:fs/promises'
import { systemActor } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { advance, initialState, readProcess } from '@opora/process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AutomationBench, automationBench, MONDAY } from './automation.fixture.ts'

let bench: AutomationBench

beforeAll(async () => {
  bench = await automationBench()
})
afterAll(() => bench.db.drop())

/** Asks for an action as a service task does. */
async function ask(ticketId: number, name: string, params: Record<string, string>): Promise<void> {
  await bench.db.begin({ as: 'worker' }, async (tx) => {
    await bench.automation.onAction(tx, {
      actor: systemActor(),
      ticket: await head(tx, ticketId),
      name,
      params,
      now: MONDAY,
    })
  })
}

async function head(tx: Tx, id: number): Promise<never> {
  const ticket = await bench.tickets.lockForAction(tx, systemActor(), id, 'ticket.change')
  return ticket as never
}

async function template(body: string): Promise<string> {
  const [row] = await bench.db.owner<
    { id: number }[]
  >`insert into template (name, body) values ('Шаблон', ${body}) returning id`
  return String(row!.id)
}

test('the least loaded of those on shift gets a ticket; whoever is off shift or away never does', async () => {
  const [busy, free, away] = [
    await bench.person('it', 'Занятый'),
    await bench.person('it', 'Свободный'),
    await bench.person('it', 'Дома'),
  ]
  bench.working.add(busy.id).add(free.id)
  await bench.db.owner`update ticket set assignee_id = ${busy.id} where id = ${await bench.open()}`
  const given: unknown[] = []
  for (let turn = 0; turn < 3; turn++) {
    const id = await bench.open()
    await ask(id, 'assign', { role: 'it', pick: 'least_loaded' })
    given.push((await bench.ticket(id))['assigneeId'])
  }
  expect(given).toEqual([free.id, busy.id, free.id])
  expect(given).not.toContain(away.id)
  bench.working.clear()
})

test('where nobody works the ticket stays with the role, and the history says so', async () => {
  const id = await bench.open()
  await ask(id, 'assign', { role: 'it', pick: 'least_loaded' })
  expect(await bench.ticket(id)).toMatchObject({ assigneeId: null, lane: 'it' })
  expect(await bench.facts(id)).toEqual(expect.arrayContaining(['nobody_on_shift', 'given_to_role']))
})

test('the least loaded is looked for among those who serve the client alone', async () => {
  const stranger = await bench.person('dev', 'Не обслуживает')
  await bench.db.owner`update account set serves = 'listed' where id = ${stranger.id}`
  bench.working.add(stranger.id)
  const id = await bench.open()
  await ask(id, 'assign', { role: 'dev', pick: 'least_loaded' })
  expect((await bench.ticket(id))['assigneeId']).toBeNull()
  bench.working.clear()
})

test('a person and a queue are given a ticket by the same action', async () => {
  const person = await bench.person('im', 'Марина')
  const id = await bench.open()
  await ask(id, 'assign', { person: person.email })
  expect((await bench.ticket(id))['assigneeId']).toBe(person.id)
  await ask(id, 'assign', { role: 'qa' })
  expect(await bench.ticket(id)).toMatchObject({ assigneeId: null, lane: 'qa' })
})

test('fields and tags are set with the facts that clocks hear', async () => {
  const id = await bench.open()
  await ask(id, 'set_fields', { priority: '1', kind: 'incident', planned_minutes: '30', add_tag: 'срочно' })
  expect(await bench.ticket(id)).toMatchObject({ priority: 1, kind: 'incident', plannedMinutes: 30, tags: ['срочно'] })
  expect(await bench.facts(id)).toEqual(expect.arrayContaining(['priority_changed', 'kind_changed']))
  await ask(id, 'set_fields', { remove_tag: 'срочно' })
  expect((await bench.ticket(id))['tags']).toEqual([])
})

test('a template goes to the client as nobody’s answer: no clock stops, and the letter is marked automatic', async () => {
  const said: boolean[] = []
  bench.bus.on('ticket.replied', async (_tx, event) => void said.push(event.automatic ?? false))
  const id = await bench.open()
  await ask(id, 'send_template', { template: await template('Обращение {{number}} принято') })
  const { number, firstAnswerAt } = await bench.ticket(id)
  expect(firstAnswerAt).toBeNull()
  expect(said).toEqual([true])
  expect(await bench.facts(id)).not.toContain('answered')
  const messages = await bench.db
    .owner`select body_text, visibility, is_answer, author_name from message where ticket_id = ${id} order by id desc limit 1`
  expect(messages).toEqual([
    { bodyText: `Обращение ${number} принято`, visibility: 'public', isAnswer: false, authorName: 'Опора' },
  ])
})

test('a note by a template is read by nobody of the client’s', async () => {
  const id = await bench.open()
  await ask(id, 'send_template', { template: await template('Проверьте договор'), to: 'note' })
  const [note] = await bench.db
    .owner`select visibility, recipients from message where ticket_id = ${id} order by id desc limit 1`
  expect(note).toEqual({ visibility: 'note', recipients: [] })
})

test('what a service task cannot do is said in the history and holds up nobody’s button', async () => {
  const id = await bench.open()
  await ask(id, 'send_template', { template: '987654' })
  await ask(id, 'assign', { person: 'gone@example.test' })
  await ask(id, 'start_checklist', { checklist: 'none' })
  expect((await bench.facts(id)).filter((type) => type === 'action_refused')).toHaveLength(3)
})

test('an estimate is asked of a role, on the ticket and in a notice', async () => {
  const wanted: string[] = []
  bench.wiring.bus.on('estimate.wanted', async (_tx, event) => void wanted.push(event.role))
  const id = await bench.open()
  await ask(id, 'request_estimate', {})
  await ask(id, 'request_estimate', { role: 'dev' })
  expect(wanted).toEqual(['an', 'dev'])
  expect(await bench.facts(id)).toContain('estimate_requested')
})

test('a linked ticket is the client’s, without anybody who asked; a related one is no part', async () => {
  const id = await bench.open()
  await ask(id, 'create_linked', {
    subject: 'Продолжение № {number}',
    link: 'related',
    priority: '2',
    kind: 'incident',
  })
  const [link] = await bench.db.owner<
    { toId: number; kind: string }[]
  >`select to_id, kind from ticket_link where from_id = ${id}`
  expect(link!.kind).toBe('related')
  expect(await bench.ticket(link!.toId)).toMatchObject({
    parentId: null,
    contactId: null,
    priority: 2,
    kind: 'incident',
  })
})

test('a checklist is started once, and the items keep the words that it has now', async () => {
  await bench.db.owner`insert into checklist (code, name_ru, name_en, items)
    values ('move', 'Перенос', 'Move', '[{"ru":"Копия снята","en":"Copy made","required":true,"role":null}]')`
  const id = await bench.open()
  await ask(id, 'start_checklist', { checklist: 'move' })
  await ask(id, 'start_checklist', { checklist: 'move' })
  expect((await bench.facts(id)).filter((type) => type === 'checklist_started')).toHaveLength(1)
})

const WAITING = new URL('./testdata/waits-for-children.bpmn', import.meta.url)

/** Puts a ticket onto the drawing that opens a part and waits for it. */
async function onWaitingProcess(key = 'waits', change = (xml: string) => xml): Promise<number> {
  const xml = change(await readFile(WAITING, 'utf8'))
  const id = await bench.open('Большая работа')
  const definition = await readProcess(xml)
  const first = advance(definition, initialState(), { type: 'started' }, {})
  await bench.db
    .owner`insert into process_definition (key, version, name_ru, name_en, xml) values (${key}, 1, 'Ждёт', 'Waits', ${xml}) on conflict do nothing`
  await bench.db.owner`update process_instance set state = ${bench.db.owner.json(first.state as never)},
    definition_id = (select id from process_definition where key = ${key}) where ticket_id = ${id}`
  await bench.db.owner`update ticket set place = 'work' where id = ${id}`
  return id
}

const close = (id: number) =>
  bench.db.begin({ as: 'worker' }, async (tx) => {
    await tx`update ticket set state = 'closed' where id = ${id}`
    await bench.tickets.recordFacts(tx, systemActor(), id, [{ type: 'closed', data: {} }])
  })

const press = (id: number) =>
  bench.asStaff((tx) =>
    bench.tickets.takeOutcome(tx, systemActor(), id, { outcome: 'split', taskId: 'work', data: {} }),
  )

test('a process that waits for its children goes on when the last of them is closed, and no sooner', async () => {
  const id = await onWaitingProcess()
  await press(id)
  await bench.drain()
  expect((await bench.ticket(id))['place']).toBe('wait')
  const children = await bench.db.owner<{ id: number }[]>`select id from ticket where parent_id = ${id} order by id`
  expect(children).toHaveLength(2)
  await close(children[0]!.id)
  await bench.drain()
  expect((await bench.ticket(id))['place']).toBe('wait')
  await close(children[1]!.id)
  await bench.drain()
  expect((await bench.ticket(id))['place']).toBe('after')
  expect(await bench.facts(id)).toEqual(expect.arrayContaining(['children_awaited', 'children_closed']))
})

test('two workers that hear of the last child at once move the parent once; one taken out of the family is not waited for', async () => {
  const id = await onWaitingProcess()
  await press(id)
  await bench.drain()
  const children = await bench.db.owner<{ id: number }[]>`select id from ticket where parent_id = ${id} order by id`
  await bench.db.owner`update ticket set parent_id = null where id = ${children[0]!.id}`
  await bench.db.owner`update ticket set parent_id = null where id = ${children[1]!.id}`
  const { tickets } = await bench.automation.leftBehind(bench.db.worker)
  expect(tickets).toContain(id)
  const ended = await Promise.all(
    [1, 2, 3].map(() => bench.db.begin({ as: 'worker' }, (tx) => bench.automation.endWait(tx, id, []))),
  )
  expect(ended.filter(Boolean)).toHaveLength(1)
  expect((await bench.ticket(id))['place']).toBe('after')
})

const CALLS = '<opora:action name="call_webhook"><opora:param name="webhook" value="crm"/></opora:action>'

test('a service task that waits for its webhook goes on when that call has arrived, not another one', async () => {
  const id = await onWaitingProcess('calls', (xml) => xml.replace('<opora:action name="wait_for_child"/>', CALLS))
  await bench.db.owner`insert into webhook (code, name, url) values ('crm', 'CRM', 'https://example.test/')`
  await press(id)
  expect(await bench.facts(id)).toContain('webhook_asked')
  expect((await bench.ticket(id))['place']).toBe('wait')
  const arrived = (webhook: string) =>
    bench.db.begin({ as: 'worker' }, (tx) =>
      bench.wiring.tickets.reportDone(tx, systemActor(), id, { action: 'call_webhook', params: { webhook } }),
    )
  expect(await arrived('other')).toBe(false)
  expect(await arrived('crm')).toBe(true)
  expect((await bench.ticket(id))['place']).toBe('after')
  expect(await arrived('crm')).toBe(false)
})
