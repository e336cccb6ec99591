import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, systemActor, verifyAudit, writeAudit } from './index.ts'
import { actorOf, createAccount, sessionCookie, startTestServer, type TestServer } from './testkit.ts'

let db: TestDatabase
let app: TestServer
beforeAll(async () => {
  db = await createTestDatabase()
  app = await startTestServer(db)
})
afterAll(async () => {
  await app.close()
  await db.drop()
})

const act = (actor: Actor, action: string, clientId: number | null = null, detail = {}) =>
  db.begin(actor.scope, (tx) => writeAudit(tx, actor, { action, objectType: 'thing', objectId: 7, clientId, detail }))
const read = async (cookie: string, query = '') =>
  (await app.inject({ method: 'GET', url: `/api/v1/audit${query}`, headers: { cookie } })).json()
type Item = { seq: number; action: string; actorName: string; detail: object }

/** Changes the trail as an owner of the database could, and puts it back. */
async function tampered<T>(change: string, body: () => Promise<T>): Promise<T> {
  await db.owner.unsafe(
    `create table kept as table audit; create table kept_head as table audit_head; alter table audit disable trigger all; ${change}`,
  )
  const result = await body()
  await db.owner.unsafe(`delete from audit; insert into audit overriding system value select * from kept; delete from audit_head;
    insert into audit_head select * from kept_head; drop table kept, kept_head; alter table audit enable trigger all`)
  return result
}

test('the trail is only added to, and every seal fits', async () => {
  const client = await createAccount(db, { side: 'client' })
  const staff = actorOf(await createAccount(db, { roles: ['am'], name: 'Имя | с чертой' }))
  await act(staff, 'client.change', client.contact!.clientId, { note: 'а|б', 'ключ"': [1, null] })
  await act(actorOf(client), 'ticket.opened', client.contact!.clientId)
  await act(systemActor(), 'period.close')
  await Promise.all(Array.from({ length: 20 }, (_, n) => act(staff, 'ticket.changed', null, { n })))
  expect(await verifyAudit(db.staff)).toEqual({ rows: 23, chains: 2, faults: [] })
  await expect(db.owner`update audit set action = 'x'`).rejects.toThrow(/facts/)
  await expect(db.owner`delete from audit`).rejects.toThrow(/facts/)
  await expect(db.owner`truncate audit`).rejects.toThrow(/facts/)
  for (const pool of [db.staff, db.worker]) {
    await expect(
      pool`insert into audit (chain, actor_name, action, object_type, object_id, hash) values (0, 'x', 'x', 'x', 'x', '')`,
    ).rejects.toThrow(/permission denied/)
    await expect(pool`update audit_head set seq = 0`).rejects.toThrow(/permission denied/)
  }
})

test('a flipped byte, a missing, an added, a moved row and a cut end are found and named', async () => {
  const [middle] = await db.owner<
    { seq: number }[]
  >`select seq from audit where chain = 0 order by seq offset 5 limit 1`
  const [last] = await db.owner<{ seq: number }[]>`select max(seq) as seq from audit where chain = 0`
  const seq = middle!.seq
  const faultsAfter = (change: string) => tampered(change, async () => (await verifyAudit(db.staff)).faults)
  for (const change of [
    `action = action || '!'`,
    `detail = detail || '{"n": 99}'`,
    `at = at + interval '1 microsecond'`,
    'actor_id = null',
    `ip = '10.0.0.1'`,
    'alone = not alone',
  ])
    expect(await faultsAfter(`update audit set ${change} where seq = ${seq}`)).toEqual([
      { chain: 0, seq, fault: 'content' },
    ])
  const [next] = await db.owner<{ seq: number }[]>`select min(seq) as seq from audit where chain = 0 and seq > ${seq}`
  expect(await faultsAfter(`delete from audit where seq = ${seq}`)).toEqual([
    { chain: 0, seq: next!.seq, fault: 'order' },
  ])
  const added =
    await faultsAfter(`insert into audit (chain, actor_name, action, object_type, object_id, prev_hash, hash)
    select 0, 'x', 'x', 'x', 'x', hash, hash from audit where seq = ${last!.seq}`)
  expect(added.map((one) => one.fault)).toEqual(['content', 'head'])
  const moved =
    await faultsAfter(`create temp table one as select * from audit where seq = ${seq}; update one set seq = seq + 1000000;
    delete from audit where seq = ${seq}; insert into audit overriding system value select * from one; drop table one`)
  expect(moved.map((one) => one.fault)).toContain('order')
  expect((await faultsAfter(`delete from audit where seq = ${last!.seq}`)).map((one) => one.fault)).toEqual(['head'])
  expect((await faultsAfter('delete from audit where chain > 0')).map((one) => one.fault)).toEqual(['head'])
  expect((await verifyAudit(db.staff)).faults).toEqual([])
})

test('a forgotten name leaves the chain whole', async () => {
  const faults = await tampered(
    `update audit set actor_name = '—' where actor_id is not null`,
    async () => (await verifyAudit(db.staff)).faults,
  )
  expect(faults).toEqual([])
})

test('director and administrator read all, and reading is on record', async () => {
  const cookie = await sessionCookie(db, await createAccount(db, { roles: ['di'], name: 'Директор' }))
  const first = await read(cookie, '?limit=3&action=ticket.changed')
  expect(first.items.map((one: Item) => one.action)).toEqual(Array(3).fill('ticket.changed'))
  const second = await read(cookie, `?limit=3&action=ticket.changed&cursor=${first.nextCursor}`)
  expect(second.items[0].seq).toBeLessThan(first.items[2].seq)
  const [latest] = (await read(cookie, '?limit=1')).items as Item[]
  expect(latest).toMatchObject({ action: 'audit.read', actorName: 'Директор', detail: {} })
  expect((await read(cookie, '?order=hash')).code).toBe('http.invalid_request')
})

test('finance reads of money only, a responsible contact of own people’s sign-ins, a contact of own, others nothing', async () => {
  const finance = await sessionCookie(db, await createAccount(db, { roles: ['fi'] }))
  const areas = new Set((await read(finance)).items.map((one: Item) => one.action.split('.')[0]))
  expect([...areas]).toEqual(['period'])

  const chief = await createAccount(db, { side: 'client', contact: { responsible: true } })
  const { clientId } = chief.contact!
  const user = await createAccount(db, { side: 'client', contact: { clientId, scope: 'all' } })
  const stranger = await createAccount(db, { side: 'client' })
  for (const one of [chief, user, stranger])
    await app.inject({ method: 'POST', url: '/api/v1/session', payload: { email: one.email, password: one.password } })
  await act(actorOf(await createAccount(db, { roles: ['am'] })), 'contract.change', clientId)
  const names = async (account: typeof chief) =>
    (await read(await sessionCookie(db, account))).items.map((one: Item) => `${one.action} ${one.actorName}`)
  expect(await names(chief)).toEqual([`session.opened ${user.name}`, `session.opened ${chief.name}`])
  expect(await names(user)).toEqual([`session.opened ${user.name}`])

  const operator = await sessionCookie(db, await createAccount(db, { roles: ['l1'] }))
  expect((await read(operator)).code).toBe('access.not_allowed')
})
