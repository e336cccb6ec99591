import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, systemActor, verifyAudit, writeAudit } from '@opora/access'
import { createPeople, keepErasures, peopleRoutes, replayErasures } from '@opora/people'
import {
  contactActor,
  createClient,
  createContact,
  createStaff,
  fakeAccounts,
  serveRoutes,
  staffActor,
} from '@opora/people/testkit'
import { createEventBus } from '@opora/platform/events'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { type TicketBench, ticketBench } from '@opora/tickets/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What must be found, and must be gone: of one person, and of a colleague of hers. */
const VERA = { name: 'Вера Канарейкина', email: 'vera.kanareykina@romashka.test', phone: '+7 916 555-01-73' }
const OLEG = { name: 'Олег Снегирёв', email: 'oleg.snegirev@romashka.test', phone: '+7 916 555-02-84' }
const WORDS = ['Канарейкина', VERA.email, VERA.phone]

let db: TestDatabase
let bench: TicketBench
let api: Awaited<ReturnType<typeof serveRoutes>>
let [admin, director, l1] = [] as unknown as [Actor, Actor, Actor]
let clientId = 0
const ids = { vera: 0, oleg: 0, account: 0, ticket: 0 }

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow('2026-03-02T09:00:00Z')
  bench = await ticketBench(db)
  const accounts = fakeAccounts()
  const people = createPeople({ bus: createEventBus(), accounts })
  api = await serveRoutes(db, peopleRoutes(people))
  admin = staffActor((await createStaff(db.owner, { roles: ['ad'] })).id, ['ad'])
  director = staffActor((await createStaff(db.owner, { roles: ['di'] })).id, ['di'])
  l1 = staffActor((await createStaff(db.owner, { roles: ['l1'] })).id, ['l1'])
  // who may give a second word is somebody who can sign in
  await db.owner`update account set password_hash = 'x' where side = 'staff'`
  clientId = (await createClient(db.owner)).id
  ids.oleg = await person(OLEG)
  ids.vera = await person(VERA)
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

/** A contact of the client with an account, a letter, a ticket that they wrote, and what others wrote about them. */
async function person(who: typeof VERA): Promise<number> {
  const [account] = await db.owner<{ id: number }[]>`
    insert into account (side, email, name, password_hash) values ('client', ${who.email}, ${who.name}, 'x') returning id`
  ids.account = account!.id
  const contact = await createContact(db.owner, clientId, { ...who, position: 'Бухгалтер', accountId: account!.id })
  const actor = contactActor(contact, account!.id)
  const author = { contactId: contact.id, accountId: null, name: who.name, email: who.email }
  const [raw] = await db.owner<{ id: number }[]>`
    insert into raw_message (source, dedupe, sha256, envelope, raw, state, subject, from_address, client_id)
    values ('smtp', ${who.email}, 'x', ${db.owner.json({ from: who.email })}, ${Buffer.from(who.name)}, 'done', 'CRM', ${who.email}, ${clientId}) returning id`
  const opened = await db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId,
      contactId: contact.id,
      portalId: null,
      subject: `Доступ для ${who.name}`,
      text: `Пишите на ${who.email} или звоните ${who.phone}.\n${who.name}`,
      channel: 'email',
      author,
      rawId: raw!.id,
    }),
  )
  ids.ticket = opened.id
  const told = { form: { owner: who.name, phone: who.phone }, custom: { mailbox: who.email } }
  await db.owner`update ticket set form = ${db.owner.json(told.form)}, custom = ${db.owner.json(told.custom)} where id = ${opened.id}`
  const reply = { text: `Здравствуйте, ${who.name}! Готово.`, files: [], copyContactIds: [], sendAnyway: false }
  await db.begin({ as: 'staff' }, (tx) => bench.tickets.reply(tx, l1, opened.id, reply))
  await db.owner`insert into outgoing_mail (client_id, ticket_id, kind, dedupe, to_address, mail, automatic, mail_message_id)
    values (${clientId}, ${opened.id}, 'reply', ${who.email}, ${who.email}, ${db.owner.json({ text: `Здравствуйте, ${who.name}!` })}, false, ${who.email})`
  await db.owner`insert into session (account_id, token_hash, expires_at, ip, user_agent)
    values (${account!.id}, ${Buffer.from(who.email)}, '2027-01-01', '203.0.113.7', 'Firefox')`
  await db.owner`insert into rating (client_id, ticket_id, contact_id, score, comment) values (${clientId}, ${opened.id}, ${contact.id}, 5, ${`Спасибо! ${who.name}`})`
  await db.begin({ as: 'worker' }, (tx) =>
    writeAudit(tx, actor, { action: 'session.opened', objectType: 'account', objectId: account!.id, clientId }),
  )
  return contact.id
}

/** Every column of the database that holds one of these words, as text or as bytes. */
async function standing(words: readonly string[]): Promise<string[]> {
  const tables = await db.owner<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
  const sought = words.flatMap((word) => [word.toLowerCase(), Buffer.from(word).toString('hex')])
  const found = new Set<string>()
  for (const { name } of tables) {
    const rows = await db.owner<{ row: Record<string, unknown> }[]>`
      select to_jsonb(t) as row from ${db.owner(name)} t
      where exists (select 1 from unnest(${sought}::text[]) w where strpos(lower(t::text), w) > 0)`
    for (const { row } of rows) {
      for (const [column, value] of Object.entries(row)) {
        const text = (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase()
        if (sought.some((word) => text.includes(word))) found.add(`${name}.${column}`)
      }
    }
  }
  return [...found].toSorted()
}

const ask = (actor: Actor, contactId: number, kind: 'export' | 'erase') =>
  api.call(actor, 'POST', `/contacts/${contactId}/personal-requests`, { kind, reason: 'Письмо от 01.03.2026 № 7' })

test('what is kept of a person is given out after a second person’s word: all of it, nothing of a colleague, for three days', async () => {
  expect((await ask(l1, ids.vera, 'export')).status).toBe(403)
  const asked = await ask(admin, ids.vera, 'export')
  expect(asked).toMatchObject({ status: 201, body: { state: 'waiting', kind: 'export', contactId: ids.vera } })
  expect((await ask(admin, ids.vera, 'export')).body).toMatchObject({ code: 'people.personal_request_waits' })
  const path = `/personal-requests/${asked.body['id']}`
  expect((await api.call(admin, 'POST', `${path}/data`)).body).toMatchObject({ code: 'people.personal_data_over' })
  expect((await api.call(admin, 'POST', `${path}/decision`, { approve: true })).body).toMatchObject({
    code: 'people.other_person_decides',
  })
  expect((await api.call(director, 'POST', `${path}/decision`, { approve: true })).body).toMatchObject({
    state: 'open',
    alone: false,
  })
  expect((await api.call(director, 'POST', `${path}/data`)).status).toBe(403)
  const given = await api.call(admin, 'POST', `${path}/data`)
  expect(given.status).toBe(200)
  for (const word of [...WORDS, '203.0.113.7', 'Спасибо!', 'Бухгалтер']) expect(given.text).toContain(word)
  for (const word of ['Снегирёв', OLEG.email, OLEG.phone]) expect(given.text).not.toContain(word)
  expect(given.text).not.toMatch(/password|hash"/)
  const { data, manifest } = given.body as { data: object; manifest: object }
  expect(Object.keys(manifest)).toEqual(Object.keys(data))
  await db.setNow('2026-03-05T10:00:00Z')
  expect((await api.call(admin, 'POST', `${path}/data`)).body).toMatchObject({ code: 'people.personal_data_over' })
})

test('an erased person is nowhere in the database, the work and its figures stay, and the audit chain holds', async () => {
  expect(await standing(WORDS)).toEqual(
    expect.arrayContaining(['contact.name', 'message.body_text', 'raw_message.raw', 'audit.actor_name']),
  )
  const before = await db.owner`select id, number, contact_id, registered_at from ticket order by id`
  const oleg = await standing(['Снегирёв'])
  const asked = await ask(director, ids.vera, 'erase')
  const path = `/personal-requests/${asked.body['id']}`
  expect((await api.call(admin, 'GET', `${path}/act`)).status).toBe(404)
  const done = await api.call(admin, 'POST', `${path}/decision`, { approve: true })
  expect(done.body).toMatchObject({
    state: 'done',
    contactName: `Контакт № ${ids.vera} (удалён)`,
    result: { contact: 1, account: 1 },
  })
  expect(await standing(WORDS)).toEqual([])
  expect(await standing(['Снегирёв'])).toEqual(oleg)
  expect(await db.owner`select id, number, contact_id, registered_at from ticket order by id`).toEqual(before)
  const [session] = await db.owner<
    { count: number }[]
  >`select count(*) as count from session where account_id = ${ids.account}`
  expect(session!.count).toBe(0)
  expect(await verifyAudit(db.owner)).toMatchObject({ faults: [] })
  const act = await api.call(admin, 'GET', `${path}/act`)
  expect(act.text).toMatch(/АКТ об уничтожении[\s\S]*person\.erased[\s\S]*Подписи/)
  const actions = await db.owner<
    { action: string; detail: object }[]
  >`select action, detail from audit where object_type = 'personal_request' order by seq`
  expect(actions.map((row) => row.action)).toEqual([
    'person.export_asked',
    'person.export_allowed',
    'person.exported',
    'person.erase_asked',
    'person.erased',
  ])
  expect(actions.every((row) => JSON.stringify(row.detail) === JSON.stringify({ contactId: ids.vera }))).toBe(true)
})

test('a person who comes back with a restored copy is forgotten again by what is kept outside of the database', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'opora-erasures-')), 'erasures.ndjson')
  await keepErasures(db, file)
  await keepErasures(db, file)
  expect((await readFile(file, 'utf8')).trim().split('\n')).toEqual([
    expect.stringContaining(`"contactId":${ids.vera}`),
  ])
  await db.owner`update contact set name = ${VERA.name}, email = ${VERA.email} where id = ${ids.vera}`
  expect(await replayErasures(db, file)).toBe(1)
  expect(await replayErasures(db, file)).toBe(0)
  expect(await standing(WORDS)).toEqual([])
})

test('facts stay facts for everybody: only the words that name a person give way, and only to forgetting', async () => {
  await expect(db.owner`update audit set action = 'x'`).rejects.toMatchObject({ code: '23000' })
  await expect(db.owner`update audit set actor_name = 'x'`).rejects.toMatchObject({ code: '23000' })
  const forged = db.owner.begin(async (tx) => {
    await tx`select set_config('app.forgetting', 'on', true)`
    await tx`update audit set action = 'x'`
  })
  await expect(forged).rejects.toMatchObject({ code: '23000' })
  await expect(
    db.begin({ as: 'client', clientId, accountId: 1 }, (tx) => tx`select forget_person(${ids.oleg}, 'x')`),
  ).rejects.toMatchObject({ code: '42501' })
  await expect(
    db.begin({ as: 'client', clientId, accountId: 1 }, (tx) => tx`select personal_data(${ids.oleg})`),
  ).rejects.toMatchObject({ code: '42501' })
})
