import { type Actor, systemActor } from '@opora/access'
import { contactActor, createClient, createContact, createStaff, serveRoutes, staffActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cabinetTicketRoutes, createDesk, fileRoutes, ticketsRoutes } from './index.ts'
import { type TicketBench, ticketBench } from './testkit.ts'

let db: TestDatabase
let bench: TicketBench
let api: Awaited<ReturnType<typeof serveRoutes>>
let [l1, client] = [] as unknown as [Actor, Actor]
const heard: { topic: string; ticketId: number; staffOnly?: boolean }[] = []
let deaf: () => Promise<void>
const author = { contactId: 0, accountId: null, name: 'Вера', email: 'vera@example.test' }

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  const { id: clientId } = await createClient(db.owner)
  const contact = await createContact(db.owner, clientId)
  author.contactId = contact.id
  client = contactActor(contact)
  l1 = staffActor((await createStaff(db.owner, { roles: ['l1'] })).id, ['l1'])
  const files = { stream: () => Buffer.from('a'), read: async () => Buffer.from('a') } as never
  api = await serveRoutes(db, [
    ...ticketsRoutes(bench.tickets, createDesk()),
    ...cabinetTicketRoutes(bench.tickets, bench.ports),
    ...fileRoutes(files),
  ])
  deaf = await db.listen('opora_live', (payload) => heard.push(JSON.parse(payload)))
})
afterAll(async () => {
  await deaf()
  await api.close()
  await db.drop()
})

const NOON = Date.parse('2026-03-02T09:00:00Z')
const at = (seconds: number) => db.setNow(NOON + seconds * 1000)

/** A request of the client whose first answer is promised by three o'clock. */
async function asked() {
  await at(-3600)
  const { id } = await db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId: client.contact!.clientId,
      contactId: author.contactId,
      portalId: null,
      subject: 'Не открывается CRM',
      text: 'Ошибка 500',
      channel: 'email',
      author,
    }),
  )
  await db.owner`insert into clock (client_id, ticket_id, metric, seq, state, registered_at, started_at, target_since, due_at, priority, target,
      row_name, row_name_en, policy_code, calendar_code, target_minutes)
    select client_id, id, 'reaction', 1, 'running', registered_at, registered_at, registered_at, '2026-03-02T12:00:00Z', 3, '{}', '', '', 'x', '24x7', 240
    from ticket where id = ${id}`
  await at(0)
  return id
}
/** All that the cabinet says of a request, and whether it is found by a word. */
async function cabinet(id: number, word = 'кипарис') {
  const page = (await api.call(client, 'GET', `/cabinet/tickets/${id}`)).body
  const { items } = (await api.call(client, 'GET', '/cabinet/tickets')).body
  const found = (await api.call(client, 'GET', `/cabinet/tickets?q=${encodeURIComponent(word)}`)).body.items!
  const row = items!.find((one) => one['id'] === id)!
  const { version: _technical, countdown: _now, ...said } = page as Record<string, unknown>
  return { said, row, found: found.some((one) => one['id'] === id), rows: await visibleRows(id) }
}
const visibleRows = (id: number) =>
  db.read(client.scope, async (sql) => {
    const [row] = await sql<{ messages: number; files: number }[]>`
      select (select count(*) from message where ticket_id = ${id}) as messages, (select count(*) from attachment where ticket_id = ${id}) as files`
    return row!
  })
async function reply(id: number) {
  const [file] = await db.owner<{ publicId: string }[]>`
    insert into attachment (name, mime, size_bytes, sha256, uploaded_by_account_id) values ('a.txt', 'text/plain', 1, 'a', ${l1.accountId}) returning public_id`
  const body = { text: 'Кипарис посажен', files: [file!.publicId], copyContactIds: [], sendAnyway: false }
  const posted = await api.call(l1, 'POST', `/tickets/${id}/replies`, body)
  expect(posted.status).toBe(201)
  // as the clocks answer an answer
  await db.owner`update clock set state = 'met', met_at = app_now(), ended_at = app_now(), ended_by = 'answered' where ticket_id = ${id}`
  return { messageId: Number(posted.body['messageId']), file: file!.publicId }
}
const heardOf = (id: number) => heard.filter((event) => event.ticketId === id && event.staffOnly !== true)

it('shows the client nothing of a reply that may still be undone, and all of it when it may not', async () => {
  const id = await asked()
  const before = await cabinet(id)
  expect(before.said).toMatchObject({ answerBy: '2026-03-02T12:00:00.000Z' })
  heard.length = 0
  const { messageId, file } = await reply(id)
  expect(await cabinet(id)).toEqual(before)
  expect((await api.call(client, 'GET', `/files/${file}`)).status).toBe(404)
  expect(heardOf(id)).toEqual([])
  expect(await bench.tickets.showReplies(db)).toBe(0)
  await at(16)
  expect(await bench.tickets.showReplies(db)).toBe(1)
  expect(await bench.tickets.showReplies(db)).toBe(0)
  const after = await cabinet(id)
  expect(after).toMatchObject({
    found: true,
    said: { answerBy: null, updatedAt: expect.stringMatching(/^2026-03-02T09:00:1[67]/) },
  })
  expect((after.said['messages'] as { id: number }[]).map((message) => message.id)).toContain(messageId)
  expect(after.rows).toEqual({ messages: before.rows.messages + 1, files: 1 })
  expect((await api.call(client, 'GET', `/files/${file}`)).status).toBe(200)
  await expect.poll(() => heardOf(id).map((event) => event.topic)).toEqual(['ticket.message'])
})

it('leaves the client no trace of a reply that was undone', async () => {
  const id = await asked()
  const before = await cabinet(id)
  heard.length = 0
  const { messageId } = await reply(id)
  await at(5)
  expect((await api.call(l1, 'POST', `/tickets/${id}/messages/${messageId}/undo`)).status).toBe(200)
  await db.owner`update clock set state = 'running', met_at = null, ended_at = null, ended_by = null where ticket_id = ${id}`
  await at(20)
  expect(await bench.tickets.showReplies(db)).toBe(0)
  expect(await cabinet(id)).toEqual(before)
  expect(heardOf(id)).toEqual([])
})

it('shows the reply on time, whether or not anybody has marked it as shown', async () => {
  const id = await asked()
  await reply(id)
  await at(16)
  expect((await cabinet(id)).rows.messages).toBe(2)
})
