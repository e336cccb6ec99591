import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { can, issueLink, type LinkWish, openLink, peekLink } from './index.ts'
import { createAccount, createTestAccess, type TestAccess, type TestAccount } from './testkit.ts'

let db: TestDatabase
let access: TestAccess
let chief: TestAccount
beforeAll(async () => {
  db = await createTestDatabase()
  access = createTestAccess(db)
  chief = await createAccount(db, { side: 'client', contact: { responsible: true } })
})
afterAll(() => db.drop())

const issue = async (change: Partial<LinkWish> = {}) => {
  const wish: LinkWish = {
    purpose: 'estimate.decide',
    subject: { estimateId: 3 },
    contactId: chief.contact!.id,
    ttlDays: 14,
    singleUse: true,
    ...change,
  }
  return (await db.begin({ as: 'worker' }, (tx) => issueLink(tx, wish))).token
}
const expired = { code: 'access.link_expired' }

test('a link acts for the person it was sent to, for its purpose and its subject alone', async () => {
  const token = await issue()
  expect(token).toMatch(/^lnk_[\w-]{43}$/)
  const seen = await peekLink(db.staff, token, 'estimate.decide')
  expect(seen.subject).toEqual({ estimateId: 3 })
  expect(seen.actor).toMatchObject({ side: 'client', email: chief.email, contact: chief.contact })
  const own = { clientId: chief.contact!.clientId }
  expect(can(seen.actor, 'estimate.decide', own)).toBe(true)
  expect(can(seen.actor, 'estimate.decide', { clientId: own.clientId + 1 })).toBe(false)
  expect(can(seen.actor, 'ledger.read', own)).toBe(false)
  expect(can(seen.actor, 'message.reply', own)).toBe(false)
  await expect(peekLink(db.staff, token, 'ticket.view')).rejects.toMatchObject(expired)
})

test('the act happens with the holder’s own rights in the database, and the link is spent with it', async () => {
  const token = await issue()
  const stranger = await createAccount(db, { side: 'client' })
  const names = await access.links.act(token, 'estimate.decide', async (tx, link) => {
    expect(link.actor.accountId).toBe(chief.id)
    return tx<{ id: number }[]>`select id from client`
  })
  expect(names.map((row) => row.id)).toEqual([chief.contact!.clientId])
  expect(names.map((row) => row.id)).not.toContain(stranger.contact!.clientId)
  await expect(access.links.act(token, 'estimate.decide', async () => 'twice')).rejects.toMatchObject(expired)
  await expect(access.links.read(token, 'estimate.decide', async () => 'late')).rejects.toMatchObject(expired)
})

test('an act that fails leaves the link for another try', async () => {
  const token = await issue()
  const fail = access.links.act(token, 'estimate.decide', async () => {
    throw new Error('no')
  })
  await expect(fail).rejects.toThrow('no')
  expect(await access.links.act(token, 'estimate.decide', async () => 'done')).toBe('done')
})

test('a link for many times opens again until its time is over', async () => {
  const token = await issue({ purpose: 'ticket.view', subject: { ticketId: 7 }, singleUse: false, ttlDays: 1 })
  for (let i = 0; i < 3; i++) {
    const link = await db.begin({ as: 'staff' }, (tx) => openLink(tx, token, 'ticket.view'))
    expect(link.subject).toEqual({ ticketId: 7 })
  }
  await db.owner`update installation set clock_offset = '1 day 1 second'`
  await expect(db.begin({ as: 'staff' }, (tx) => openLink(tx, token, 'ticket.view'))).rejects.toMatchObject(expired)
  await db.owner`update installation set clock_offset = '0'`
})

test('rights are today’s: who is no longer responsible decides nothing, who is blocked opens nothing', async () => {
  const former = await createAccount(db, { side: 'client', contact: { responsible: true } })
  const token = await issue({ contactId: former.contact!.id })
  await db.owner`update contact set responsible = false where id = ${former.contact!.id}`
  const { actor } = await peekLink(db.staff, token, 'estimate.decide')
  expect(can(actor, 'estimate.decide', { clientId: former.contact!.clientId })).toBe(false)
  await db.owner`update contact set status = 'blocked' where id = ${former.contact!.id}`
  await expect(peekLink(db.staff, token, 'estimate.decide')).rejects.toMatchObject(expired)
})

test('a contact without an account holds links too', async () => {
  const [contact] = await db.owner<{ id: number }[]>`
    insert into contact (client_id, name, email) values (${chief.contact!.clientId}, 'Без входа', 'none@example.test') returning id`
  const token = await issue({ purpose: 'rating.give', subject: { ticketId: 1 }, contactId: contact!.id })
  const { actor } = await peekLink(db.staff, token, 'rating.give')
  expect(actor).toMatchObject({ accountId: null, name: 'Без входа', contact: { id: contact!.id } })
  expect(can(actor, 'rating.give', { clientId: chief.contact!.clientId, contactId: contact!.id })).toBe(true)
})
