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
let otherClientId: number
let ticketId: number
let l1: TestAccount

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  clientId = (await createClient(db.owner)).id
  contactId = (await createContact(db.owner, clientId)).id
  otherClientId = (await createClient(db.owner)).id
  l1 = await createAccount(db, { roles: ['l1'] })
  const author = { contactId, accountId: null, name: 'Клиент', email: 'client@example.test' }
  const asked = { clientId, contactId, portalId: null, subject: 'Вопрос', text: 'Как?', channel: 'email', author }
  ticketId = (await db.begin({ as: 'worker' }, (tx) => bench.tickets.open(tx, systemActor(), asked))).id
})
afterAll(() => db.drop())

const press = (input: object) =>
  db.begin({ as: 'staff' }, (tx) =>
    bench.tickets.takeOutcome(tx, actorOf(l1), ticketId, {
      outcome: 'answer',
      taskId: 'l1_classify',
      data: {},
      ...input,
    }),
  )
const note = (mentions: number[]) =>
  db.begin({ as: 'staff' }, (tx) =>
    bench.tickets.note(tx, actorOf(l1), ticketId, { text: 'Посмотри', files: [], mentions, forPartner: false }),
  )
const reply = (copyContactIds: number[]) =>
  db.begin({ as: 'staff' }, (tx) =>
    bench.tickets.reply(tx, actorOf(l1), ticketId, { text: 'Ответ', files: [], copyContactIds, sendAnyway: false }),
  )

it('is not answered by a field that is named like an answer', async () => {
  await expect(press({ data: { reply: 'сказано, но не отправлено' } })).rejects.toMatchObject({
    code: 'process.reply_required',
  })
})

it('mentions nobody who may not read it: another client’s operator, an administrator alone, a client, nobody', async () => {
  const foreign = await createAccount(db, { roles: ['l1'], clientIds: [otherClientId] })
  const administrator = await createAccount(db, { roles: ['ad'] })
  const client = await createAccount(db, { side: 'client', roles: ['cr'] })
  for (const id of [foreign.id, administrator.id, client.id, 2_147_483_648]) {
    await expect(note([l1.id, id])).rejects.toMatchObject({
      code: 'ticket.mention_unknown',
      options: { field: 'mentions.1' },
    })
  }
  await expect(note([l1.id])).resolves.toMatchObject({ messageId: expect.any(Number) })
})

it('sends copies to people of its own client alone', async () => {
  const stranger = await createContact(db.owner, otherClientId)
  for (const id of [stranger.id, 99_999]) {
    await expect(reply([id])).rejects.toMatchObject({
      code: 'ticket.contact_unknown',
      options: { field: 'copyContactIds.0' },
    })
  }
})

it('is not opened for a client that is not there', async () => {
  const asked = { clientId: 2_147_483_648, subject: 'Вопрос', text: 'Как?', channel: 'phone', files: [], tags: [] }
  await expect(
    db.begin({ as: 'staff' }, (tx) => bench.tickets.askOnBehalf(tx, actorOf(l1), asked as never)),
  ).rejects.toMatchObject({ code: 'ticket.client_unknown' })
})

it('offers the way to the vendor only while the vendor takes the question', async () => {
  const administrator = await createContact(db.owner, clientId, { portalAdmin: true })
  const [portal] = await db.owner<{ id: number }[]>`
    insert into portal (client_id, name, address, product)
    values (${clientId}, 'Портал', 'https://portal.client.test', 'bitrix24-boxed') returning id`
  const licensed = (months: number) =>
    db.owner`update portal set licence_activated_on = (app_now() - make_interval(months => ${months}))::date where id = ${portal!.id}`
  const { id } = await db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId,
      contactId: administrator.id,
      portalId: portal!.id,
      subject: 'Не ставится обновление',
      text: 'Ошибка',
      channel: 'email',
      author: { contactId: administrator.id, accountId: null, name: 'Админ', email: 'a@example.test' },
    }),
  )
  const both = await createAccount(db, { roles: ['l1', 'im', 'it'] })
  const walk = (outcome: string, taskId: string) =>
    db.begin({ as: 'staff' }, (tx) => bench.tickets.takeOutcome(tx, actorOf(both), id, { outcome, taskId, data: {} }))
  const offered = async () => {
    const ticket = await db.read({ as: 'staff' }, (sql) => bench.tickets.get(sql, actorOf(both), id, 'ru'))
    return ticket.outcomes.some((outcome) => outcome.id === 'vendor')
  }
  await walk('pass_on', 'l1_classify')
  await walk('incident', 'im_route')
  await licensed(24)
  expect(await offered()).toBe(false)
  await licensed(2)
  expect(await offered()).toBe(true)
})
