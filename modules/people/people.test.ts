import type { Actor } from '@opora/access'
import { createEventBus } from '@opora/platform/events'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  contactOfAccount,
  createPeople,
  findClientByDomain,
  findContactsByEmail,
  type PeopleEvents,
  servedClientIds,
} from './index.ts'
import { contactActor, createClient, createContact, createStaff, fakeAccounts, staffActor } from './testkit.ts'

const state = {} as { db: TestDatabase; manager: Actor; line: Actor; admin: Actor }
const bus = createEventBus<PeopleEvents>()
const heard: string[] = []
const actors: Actor[] = []
const accounts = fakeAccounts(actors)
const people = createPeople({ bus, accounts })
for (const name of ['contact.confirmed', 'contact.blocked', 'prospect.opened'] as const) {
  bus.on(name, async (_tx, payload) => void heard.push(`${name} ${payload.contactId}`))
}

beforeAll(async () => {
  state.db = await createTestDatabase()
  const { owner } = state.db
  state.manager = staffActor((await createStaff(owner, { roles: ['am'] })).id, ['am'])
  state.line = staffActor((await createStaff(owner, { roles: ['l1'] })).id, ['l1'])
  state.admin = staffActor((await createStaff(owner, { roles: ['ad'] })).id, ['ad'])
  actors.push(state.manager, state.line, state.admin)
})
afterAll(() => state.db.drop())

test('a client is created with checked details and every fault is told at once', async () => {
  const { db, manager } = state
  const bad = db.begin(manager.scope, (tx) =>
    people.createClient(tx, manager, {
      name: 'Ромашка',
      inn: '7707083894',
      kpp: 'x',
      zone: 'Mars/Olympus',
      mailDomains: ['gmail.com', 'не домен'],
    }),
  )
  await expect(bad).rejects.toMatchObject({
    code: 'people.inn_wrong',
    options: {
      details: {
        errors: [
          { code: 'people.inn_wrong', field: 'inn' },
          { code: 'people.kpp_wrong', field: 'kpp' },
          { code: 'people.domain_public', field: 'mailDomains.0' },
          { code: 'people.domain_malformed', field: 'mailDomains.1' },
          { code: 'people.zone_unknown', field: 'zone' },
        ],
      },
    },
  })
  const good = await db.begin(manager.scope, (tx) =>
    people.createClient(tx, manager, {
      name: 'Сбербанк',
      inn: '7707083893',
      kpp: '773601001',
      ogrn: '1027700132195',
      bik: '044525225',
      settlementAccount: '40702810200000000001',
      mailDomains: ['Sber.test', 'почта.рф'],
      accountManagerId: manager.accountId,
    }),
  )
  expect(good).toMatchObject({
    name: 'Сбербанк',
    mailDomains: ['sber.test', 'xn--80a1acny.xn--p1ai'],
    accountManager: { id: manager.accountId },
    contacts: { active: 0, unconfirmed: 0, blocked: 0, withCabinet: 0 },
    version: 1,
  })
  expect(await findClientByDomain(db.staff, 'SBER.test')).toMatchObject({ id: good.id, kind: 'customer' })
})

test('two clients cannot have one mail domain, also when both ask at the same time', async () => {
  const { db, manager } = state
  const claims = await Promise.allSettled(
    [1, 2, 3].map((n) =>
      db.begin(manager.scope, (tx) => people.createClient(tx, manager, { name: `К${n}`, mailDomains: ['one.test'] })),
    ),
  )
  expect(claims.filter((claim) => claim.status === 'fulfilled')).toHaveLength(1)
  expect(claims.find((claim) => claim.status === 'rejected')?.reason).toMatchObject({ code: 'people.domain_taken' })
})

test('the second of two editors is told, and nothing of the first is lost', async () => {
  const { db, manager } = state
  const { id } = await createClient(db.owner)
  const change = (notes: string) =>
    db.begin(manager.scope, (tx) => people.changeClient(tx, manager, { id, expectedVersion: 1, patch: { notes } }))
  expect((await change('первый')).version).toBe(2)
  await expect(change('второй')).rejects.toMatchObject({
    code: 'http.version_conflict',
    options: { details: { currentVersion: 2 } },
  })
})

test('a contact takes exactly one mailbox, once in a client', async () => {
  const { db, manager } = state
  const { id: clientId } = await createClient(db.owner)
  const add = (email: string) =>
    db.begin(manager.scope, (tx) => people.createContact(tx, manager, { clientId, name: 'Иван', email }))
  await expect(add('"evil@x y"@corp.ru')).rejects.toMatchObject({ code: 'people.email_malformed' })
  expect(await add('ivan@corp.test')).toMatchObject({ email: 'ivan@corp.test', status: 'active', hasCabinet: false })
  await expect(add('IVAN@corp.test')).rejects.toMatchObject({ code: 'people.contact_exists' })
})

test('the first line adds contacts and may not widen their rights', async () => {
  const { db, line } = state
  const { id: clientId } = await createClient(db.owner)
  const add = (extra: object) =>
    db.begin(line.scope, (tx) => people.createContact(tx, line, { clientId, name: 'Пётр', ...extra }))
  expect(await add({})).toMatchObject({ scope: 'own', responsible: false })
  for (const extra of [{ responsible: true }, { portalAdmin: true }, { scope: 'finance' as const }]) {
    await expect(add(extra)).rejects.toMatchObject({ code: 'access.not_allowed' })
  }
})

test('confirming and blocking a contact is announced in the same transaction', async () => {
  const { db, manager } = state
  const { id: clientId } = await createClient(db.owner)
  const contact = await createContact(db.owner, clientId, { status: 'unconfirmed' })
  const change = (status: 'active' | 'blocked', expectedVersion: number) =>
    db.begin(manager.scope, (tx) =>
      people.changeContact(tx, manager, { id: contact.id, expectedVersion, patch: { status } }),
    )
  await change('active', 1)
  await change('blocked', 2)
  expect(heard.slice(-2)).toEqual([`contact.confirmed ${contact.id}`, `contact.blocked ${contact.id}`])
})

test('an unknown sender becomes one prospect however many letters come at once', async () => {
  const { db } = state
  const made = await Promise.all(
    Array.from({ length: 8 }, () =>
      db.begin({ as: 'worker' }, (tx) => people.openProspect(tx, { email: 'new@stranger.test', name: '' })),
    ),
  )
  expect(new Set(made.map((contact) => contact.id)).size).toBe(1)
  expect(made[0]).toMatchObject({
    name: 'new@stranger.test',
    clientKind: 'prospect',
    licenceClass: 'prospect',
    status: 'unconfirmed',
  })
})

test('an address that several clients have gives the active contact of a customer first', async () => {
  const { db } = state
  const one = await createClient(db.owner)
  const two = await createClient(db.owner, { kind: 'prospect' })
  const three = await createClient(db.owner)
  const email = 'shared@people.test'
  await createContact(db.owner, one.id, { email, status: 'blocked' })
  await createContact(db.owner, two.id, { email })
  await createContact(db.owner, three.id, { email })
  const found = await findContactsByEmail(db.staff, 'Shared@People.test')
  expect(found.map((contact) => contact.clientId)).toEqual([three.id, two.id, one.id])
})

test('an invitation is sent by a job with the rights that the inviter has then', async () => {
  const { db, manager } = state
  const { id: clientId } = await createClient(db.owner)
  const contact = await createContact(db.owner, clientId, { email: 'guest@invite.test' })
  await db.begin(manager.scope, (tx) => people.inviteContact(tx, manager, contact.id))
  const send = (accountId: number | null) =>
    db.begin({ as: 'worker' }, (tx) => people.sendInvitation(tx, { contactId: contact.id, accountId }))
  expect(await send(999_999)).toBe(false)
  expect(await send(manager.accountId)).toBe(true)
  expect(accounts.sent.at(-1)).toBe('guest@invite.test')
  const [linked] = await findContactsByEmail(db.staff, 'guest@invite.test')
  expect(await contactOfAccount(db.staff, linked!.accountId!)).toMatchObject({ id: contact.id })
})

test('who serves whom: everybody, or the clients that were named', async () => {
  const { db, admin } = state
  const { id: clientId } = await createClient(db.owner)
  const listed = await createStaff(db.owner, { serves: 'listed' })
  await db.begin(admin.scope, (tx) => people.assignStaff(tx, admin, { clientId, accountIds: [listed.id] }))
  expect(await servedClientIds(db.staff, listed.id)).toEqual([clientId])
  expect(await servedClientIds(db.staff, admin.accountId!)).toBeNull()
  const bad = db.begin(admin.scope, (tx) => people.assignStaff(tx, admin, { clientId, accountIds: [999_999] }))
  await expect(bad).rejects.toMatchObject({ code: 'people.staff_unknown' })
})

test('a responsible contact cannot change the own rights', async () => {
  const { db } = state
  const { id: clientId } = await createClient(db.owner)
  const actor = contactActor(await createContact(db.owner, clientId, { responsible: true }))
  const change = (patch: object) =>
    db.begin(actor.scope, (tx) => people.changeContact(tx, actor, { id: actor.contact!.id, expectedVersion: 1, patch }))
  await expect(change({ scope: 'all' })).rejects.toMatchObject({ code: 'people.own_rights' })
  expect(await change({ phone: '+7 900 000-00-00' })).toMatchObject({ phone: '+7 900 000-00-00', version: 2 })
})
