import { type Actor, type Role, systemActor } from '@opora/access'
import { actorOf, createAccount, createTestAccess, sessionCookie, startTestServer } from '@opora/access/testkit'
import { createClient, createContact } from '@opora/people/testkit'
import { createFileStore } from '@opora/platform/files'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createDesk } from './desk.service.ts'
import { type TicketBench, ticketBench } from './testkit.ts'
import type { TicketEvents } from './tickets.events.ts'
import { fileRoutes } from './tickets.files.routes.ts'
import { glassRoutes } from './tickets.glass.routes.ts'
import { ticketsRoutes } from './tickets.routes.ts'

const REASON = 'Клиент жалуется директору, нужно разобраться'
let db: TestDatabase
let bench: TicketBench
let app: Awaited<ReturnType<typeof startTestServer>>
let ticket: { id: number; number: number }
let other: { id: number; number: number }
const told: TicketEvents['ticket.glass'][] = []

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  bench.bus.on('ticket.glass', async (_tx, event) => void told.push(event))
  const routes = [
    ...ticketsRoutes(bench.tickets, createDesk()),
    ...glassRoutes(bench.tickets),
    ...fileRoutes(createFileStore('/nowhere')),
  ]
  app = await startTestServer(db, routes, createTestAccess(db))
  const client = await createClient(db.owner)
  const contact = await createContact(db.owner, client.id)
  const open = () =>
    db.begin({ as: 'worker' }, (tx) =>
      bench.tickets.open(tx, systemActor(), {
        clientId: client.id,
        contactId: contact.id,
        portalId: null,
        subject: 'Тайный вопрос',
        text: 'Слова, которых администратор не видит',
        channel: 'email',
        author: { contactId: contact.id, accountId: null, name: 'Клиент', email: 'c@example.test' },
      }),
    )
  ticket = await open()
  other = await open()
})
beforeEach(async () => {
  told.length = 0
  await db.owner`delete from broken_glass`
  await db.owner`update account set active = false`
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

const person = async (roles: Role[]) => {
  const account = await createAccount(db, { roles })
  const cookie = await sessionCookie(db, account)
  return { account, cookie }
}
const call = async (cookie: string, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) => {
  const answer = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { cookie },
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}
const ask = (cookie: string, number = ticket.number, reason = REASON) =>
  call(cookie, 'POST', '/break-glass', { number, reason })
const audit = (action: string) =>
  db.owner<{ actorId: number; alone: boolean; detail: { reader: number; reason: string } }[]>`
    select actor_id, alone, detail from audit where action = ${action} order by seq desc`
const later = async (minutes: number, body: () => Promise<void>) => {
  await db.owner`update installation set clock_offset = ${minutes}::int * interval '1 minute'`
  await body().finally(() => db.owner`update installation set clock_offset = '0'`)
}

it('an administrator reads no ticket until a second person opened this one, then this one alone, for half an hour', async () => {
  const [admin, director] = [await person(['ad']), await person(['di'])]
  expect((await call(admin.cookie, 'GET', `/tickets/${ticket.id}`)).status).toBe(403)
  const asked = await ask(admin.cookie)
  expect(asked).toMatchObject({ status: 201, body: { state: 'waiting' } })
  expect(told.at(-1)).toMatchObject({ step: 'asked', deciders: [director.account.id] })
  expect((await call(admin.cookie, 'GET', `/tickets/${ticket.id}`)).status).toBe(403)
  const list = await call(director.cookie, 'GET', '/break-glass')
  expect(list.body.items[0]).toMatchObject({ mayDecide: true, reason: REASON, ticketNumber: ticket.number })
  expect(JSON.stringify(list.body)).not.toContain('Тайный')

  const said = await call(director.cookie, 'POST', `/break-glass/${asked.body.id}/decision`, { approve: true })
  expect(said).toMatchObject({ status: 200, body: { state: 'open' } })
  expect(told.at(-1)).toMatchObject({ step: 'opened', reader: admin.account.name })
  expect((await audit('ticket.glass_opened'))[0]).toMatchObject({
    actorId: director.account.id,
    alone: false,
    detail: { reader: admin.account.id, reason: REASON },
  })
  const read = await call(admin.cookie, 'GET', `/tickets/${ticket.id}`)
  expect(read.body.messages[0].text).toContain('администратор не видит')
  expect((await call(admin.cookie, 'GET', '/tickets')).body.items.map((row: { id: number }) => row.id)).toEqual([
    ticket.id,
  ])
  expect((await call(admin.cookie, 'GET', `/tickets/${other.id}`)).status).toBe(404)
  // reading, nothing else
  for (const [path, body] of [
    ['replies', { text: 'Здравствуйте' }],
    ['notes', { text: 'Заметка' }],
  ] as const)
    expect((await call(admin.cookie, 'POST', `/tickets/${ticket.id}/${path}`, body)).status).toBe(403)
  await later(30, async () => {
    expect((await call(admin.cookie, 'GET', `/tickets/${ticket.id}`)).status).toBe(403)
  })
})

it('nobody gives the word to themselves, and a refusal opens nothing', async () => {
  const [admin, director] = [await person(['ad']), await person(['di'])]
  const { body } = await ask(admin.cookie)
  const decide = (cookie: string, approve: boolean) =>
    call(cookie, 'POST', `/break-glass/${body.id}/decision`, { approve })
  expect((await decide(admin.cookie, true)).body.code).toBe('ticket.glass_own')
  expect((await decide(director.cookie, false)).body).toMatchObject({ state: 'refused' })
  expect((await call(admin.cookie, 'GET', `/tickets/${ticket.id}`)).status).toBe(403)
  expect((await decide(director.cookie, true)).body.code).toBe('ticket.glass_decided')
  expect(await audit('ticket.glass_refused')).toHaveLength(1)
})

it('where there is no second person it opens at once, and the trail says alone; the reader may end it early', async () => {
  const admin = await person(['ad'])
  const { body } = await ask(admin.cookie)
  expect(body.state).toBe('open')
  expect((await audit('ticket.glass_opened'))[0]).toMatchObject({ actorId: admin.account.id, alone: true })
  expect((await call(admin.cookie, 'GET', `/tickets/${ticket.id}`)).status).toBe(200)
  expect((await call(admin.cookie, 'DELETE', `/break-glass/${body.id}`)).status).toBe(204)
  expect((await call(admin.cookie, 'GET', `/tickets/${ticket.id}`)).status).toBe(403)
})

it('it wants a reason, a fresh password, a session; a token does not do it, nor does a role without the right', async () => {
  const admin = await person(['ad'])
  expect((await ask(admin.cookie, ticket.number, 'просто')).status).toBe(400)
  expect((await ask(admin.cookie, 987_654_321)).body.code).toBe('ticket.not_found')
  const stale = await sessionCookie(db, admin.account, { fresh: false })
  expect((await ask(stale)).body.code).toBe('access.confirm_again')
  const script: Actor = actorOf(admin.account, { tokenScopes: ['*'], sessionId: null })
  await expect(
    db.begin({ as: 'staff' }, (tx) => bench.tickets.askGlass(tx, script, { number: ticket.number, reason: REASON })),
  ).rejects.toMatchObject({ code: 'access.not_allowed' })
  const operator = await person(['l1'])
  expect((await ask(operator.cookie)).status).toBe(403)
  const director = await person(['di'])
  expect((await ask(director.cookie)).body.code).toBe('ticket.glass_needless')
})

it('a wish that nobody answered for a day is over, and asking twice is one wish', async () => {
  const [admin, director] = [await person(['ad']), await person(['di'])]
  const first = await ask(admin.cookie)
  expect((await ask(admin.cookie)).body.id).toBe(first.body.id)
  await later(24 * 60 + 1, async () => {
    const fresh = await sessionCookie(db, director.account)
    const said = await call(fresh, 'POST', `/break-glass/${first.body.id}/decision`, { approve: true })
    expect(said.body.code).toBe('ticket.glass_decided')
  })
})
