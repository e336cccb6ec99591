import { systemActor } from '@opora/access'
import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient, createContact } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TicketBench, ticketBench } from './testkit.ts'

let db: TestDatabase
let bench: TicketBench
let clientId: number
let contactId: number
let l1: TestAccount
let im: TestAccount
let licenceClass = 'active'
const heard: string[] = []

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db, {
    coverageOf: async () => ({ contractId: null, entitlement: 'covered', reason: null, flags: [], licenceClass }),
  })
  bench.bus.on('ticket.facts', async (_tx, event) => void heard.push(...event.facts.map((fact) => fact.type)))
  clientId = (await createClient(db.owner)).id
  contactId = (await createContact(db.owner, clientId)).id
  l1 = await createAccount(db, { roles: ['l1'], name: 'Первая Линия' })
  im = await createAccount(db, { roles: ['im'], name: 'Менеджер Инцидентов' })
})
afterAll(() => db.drop())

let portals = 0
const portal = async (product: string) => {
  portals += 1
  const [row] = await db.owner<{ id: number }[]>`
    insert into portal (client_id, name, address, product) values (${clientId}, ${product}, ${`https://p${portals}.test`}, ${product}) returning id`
  return row!.id
}
const open = (overrides: object = {}) =>
  db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId,
      contactId,
      portalId: null,
      subject: 'Вопрос',
      text: 'Как настроить карточку',
      channel: 'email',
      author: { contactId, accountId: null, name: 'Клиент', email: 'c@example.test' },
      ...overrides,
    }),
  )
const factsOf = (id: number) =>
  db.owner<{ type: string; data: Record<string, unknown> }[]>`
    select type, data from ticket_event where ticket_id = ${id} order by id`
const assign = (id: number, accountId: number | null) =>
  db.begin({ as: 'staff' }, (tx) => bench.tickets.assign(tx, actorOf(im), id, null, accountId))

it('a ticket knows the type of its portal from its first fact on, also after a change of the portal', async () => {
  const [boxed, cloud] = [await portal('bitrix24-boxed'), await portal('bitrix24-cloud')]
  const { id } = await open({ portalId: boxed })
  expect((await factsOf(id))[0]).toMatchObject({ type: 'opened', data: { portalId: boxed, portalType: 'boxed' } })
  await db.begin({ as: 'staff' }, (tx) => bench.tickets.change(tx, actorOf(im), id, null, { portalId: cloud }))
  expect((await factsOf(id)).at(-1)).toMatchObject({
    type: 'portal_changed',
    data: { to: cloud, portalType: 'cloud' },
  })
  const without = await open()
  expect((await factsOf(without.id))[0]).toMatchObject({ data: { portalType: null } })
})

it('a change of who asks about what tells of the licence class that follows from it', async () => {
  const { id } = await open()
  licenceClass = 'restricted'
  heard.length = 0
  const portalId = await portal('bitrix24-boxed')
  await db.begin({ as: 'staff' }, (tx) => bench.tickets.change(tx, actorOf(im), id, null, { portalId }))
  licenceClass = 'active'
  expect(heard).toContain('licence_class_changed')
  expect(await factsOf(id)).toContainEqual({
    type: 'licence_class_changed',
    data: { from: 'active', to: 'restricted' },
  })
})

it('whoever takes what monitoring opened has acknowledged it, once; a letter is not acknowledged by taking it', async () => {
  const alert = await open({ channel: 'monitoring' })
  heard.length = 0
  await assign(alert.id, l1.id)
  await assign(alert.id, im.id)
  expect(heard.filter((type) => type === 'acknowledged')).toHaveLength(1)
  const letter = await open()
  await assign(letter.id, l1.id)
  expect((await factsOf(letter.id)).map((fact) => fact.type)).not.toContain('acknowledged')
})

it('whose hand a ticket leaves when it goes on to another role stands in its history', async () => {
  const { id } = await open()
  await assign(id, l1.id)
  const actor = actorOf(l1)
  const page = await db.read({ as: 'staff' }, (sql) => bench.tickets.get(sql, actor, id, 'ru'))
  const on = page.outcomes.find((outcome) => outcome.id === 'pass_on') ?? page.outcomes.at(-1)!
  await db.begin({ as: 'staff' }, (tx) =>
    bench.tickets.takeOutcome(tx, actor, id, {
      outcome: on.id,
      taskId: on.taskId,
      data: { reason: 'Нужен менеджер', comment: 'Нужен менеджер' },
    }),
  )
  const after = await db.read({ as: 'staff' }, (sql) => bench.tickets.get(sql, actor, id, 'ru'))
  expect(after).toMatchObject({ lane: 'im', assignee: null })
  expect((await factsOf(id)).filter((fact) => fact.type === 'assigned').at(-1)?.data).toEqual({
    from: l1.id,
    to: null,
    fromName: 'Первая Линия',
    toName: null,
  })
})
