import { systemActor } from '@opora/access'
import { createAccount, createTestAccess, sessionCookie, startTestServer } from '@opora/access/testkit'
import { createClient, createContact } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDesk } from './desk.service.ts'
import { ticketBench } from './testkit.ts'
import { ticketsRoutes } from './tickets.routes.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

it('lets a partner read and answer what was passed to them, by note and button, and nothing else', async () => {
  const { tickets } = await ticketBench(db)
  const clientId = (await createClient(db.owner)).id
  const contact = await createContact(db.owner, clientId)
  const author = { contactId: contact.id, accountId: null, name: contact.name, email: contact.email }
  const request = {
    clientId,
    contactId: contact.id,
    portalId: null,
    subject: 'Телефония',
    text: 'Звонки не пишутся',
    channel: 'email',
    author,
  }
  const [shared, other] = await db.begin({ as: 'worker' }, async (tx) => [
    await tickets.open(tx, systemActor(), request),
    await tickets.open(tx, systemActor(), request),
  ])
  const partner = await createAccount(db, { side: 'partner', roles: ['in'] })
  await db.owner`insert into ticket_share (client_id, ticket_id, account_id, ends_at) values (${clientId}, ${shared.id}, ${partner.id}, app_now() + interval '1 day')`
  const server = await startTestServer(db, ticketsRoutes(tickets, createDesk()), createTestAccess(db))
  const headers = { cookie: await sessionCookie(db, partner) }
  const ask = (method: 'GET' | 'POST', path: string, payload?: object) =>
    server.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
  expect((await ask('GET', '/tickets')).json().items.map((row: { id: number }) => row.id)).toEqual([shared.id])
  const found = async (q: string) => {
    const answer = (await ask('GET', `/tickets?q=${encodeURIComponent(q)}`)).json() as { items: { id: number }[] }
    return answer.items.map((row) => row.id)
  }
  expect(await found(request.subject.slice(0, 5).toUpperCase())).toEqual([shared.id])
  expect(await found(String(shared.number))).toEqual([shared.id])
  expect(await found(String(other.number))).toEqual([])
  expect(await found('%')).toEqual([])
  expect((await ask('POST', `/tickets/${shared.id}/notes`, { text: 'Посмотрим сегодня' })).statusCode).toBe(201)
  expect((await ask('POST', `/tickets/${other.id}/notes`, { text: 'чужое' })).statusCode).toBe(404)
  expect((await ask('GET', `/tickets/${other.id}`)).statusCode).toBe(404)
  const [note] = await db.owner<
    { visibility: string }[]
  >`select visibility from message where ticket_id = ${shared.id} order by id desc limit 1`
  expect(note!.visibility).toBe('partner')
  await server.close()
})
