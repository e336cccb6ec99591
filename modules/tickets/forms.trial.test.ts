import { systemActor } from '@opora/access'
import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient } from '@opora/people/testkit'
import type { Tx } from '@opora/platform/database'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answers, FormField } from './domain/request-form.ts'
import { formsReadModel } from './forms.read-model.ts'
import { type TicketBench, ticketBench } from './testkit.ts'
import { askedNow } from './verbs/mark-form.ts'
import { saveForm } from './verbs/save-form.ts'

let db: TestDatabase
let bench: TicketBench
let clientId: number
let client: TestAccount
let other: TestAccount
let l1: TestAccount
let portalId: number

const words = (text: string) => ({ ru: text, en: text })
const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  kind: 'text',
  label: words(name),
  help: words(''),
  need: 'wanted',
  options: [],
  shownWhen: [],
  requiredWhen: [],
  ...more,
})
const option = (value: string) => ({ value, label: words(value) })
const FORM = [
  field('what', { kind: 'choice', options: [option('mail'), option('crm')] }),
  field('box', { shownWhen: [{ field: 'what', test: 'is', values: ['mail'] }] }),
  field('log', { kind: 'file', shownWhen: [{ field: 'what', test: 'is', values: ['mail'] }] }),
  field('since', { kind: 'date' }),
  field('many', { kind: 'portal' }),
]

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  clientId = (await createClient(db.owner)).id
  l1 = await createAccount(db, { roles: ['l1', 'im', 'it'], name: 'Первая' })
  client = await createAccount(db, { side: 'client', roles: ['cu'], name: 'Анна', contact: { clientId } })
  other = await createAccount(db, { side: 'client', roles: ['cu'], name: 'Пётр', contact: { clientId } })
  const [portal] = await db.owner<{ id: number }[]>`
    insert into portal (client_id, name, address, product) values (${clientId}, 'П', 'https://p.test', 'bitrix24-boxed') returning id`
  portalId = portal!.id
  await db.owner`insert into topic (code, name_ru, name_en) values ('box', 'Ящик', 'Box')`
  const admin = await createAccount(db, { roles: ['ad'] })
  await db.begin({ as: 'staff' }, (tx) => saveForm(tx, actorOf(admin), 'box', 0, FORM))
})
afterAll(() => db.drop())

const asStaff = <T>(run: (tx: Tx) => Promise<T>) => db.begin({ as: 'staff' }, run)
const letter = async () => {
  const contactId = client.contact!.id
  const { id } = await db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId,
      contactId,
      portalId: null,
      topic: 'box',
      subject: 'Не работает',
      text: 'Не работает',
      channel: 'email',
      author: { contactId, accountId: null, name: 'Анна', email: 'c@example.test' },
    }),
  )
  return id
}
const ask = (id: number, fields: string[], by = l1) =>
  asStaff((tx) => bench.tickets.askMissing(tx, actorOf(by), id, { fields, text: 'Напишите, пожалуйста' }))
const give = (id: number, answers: Answers, more: { portalId?: number; by?: TestAccount } = {}) => {
  const by = more.by ?? client
  return db.begin({ as: 'client', clientId, accountId: by.id }, (tx) =>
    bench.tickets.giveAnswers(tx, actorOf(by), id, { answers, portalId: more.portalId ?? null }),
  )
}
const ticketOf = async (id: number) =>
  (
    await db.owner<{ form: object; askedFields: string[]; portalId: number | null; version: number }[]>`
    select form, asked_fields, portal_id, version from ticket where id = ${id}`
  )[0]!

describe('asking for what is missing', () => {
  it('a second time asks for both: what was asked before still waits', async () => {
    const id = await letter()
    await ask(id, ['what'])
    expect(await ask(id, ['since'])).toMatchObject({ waits: false })
    expect((await ticketOf(id)).askedFields).toEqual(['what', 'since'])
    await ask(id, ['what'])
    expect((await ticketOf(id)).askedFields).toEqual(['what', 'since'])
  })
  it('is refused on a closed ticket, on one that was joined to another, and to who may not answer', async () => {
    const id = await letter()
    const finance = await createAccount(db, { roles: ['fi'] })
    await expect(ask(id, ['what'], finance)).rejects.toMatchObject({ code: 'ticket.not_found' })
    await db.owner`update ticket set state = 'closed' where id = ${id}`
    await expect(ask(id, ['what'])).rejects.toMatchObject({ code: 'ticket.closed' })
    const [first, second] = [await letter(), await letter()]
    await db.owner`update ticket set merged_into_id = ${second} where id = ${first}`
    await expect(ask(first, ['what'])).rejects.toMatchObject({ code: 'ticket.merged' })
  })
  it('is taken back with its letter: nothing is asked that was not sent', async () => {
    const id = await letter()
    await ask(id, ['what'])
    const [message] = await db.owner<
      { id: number }[]
    >`select id from message where ticket_id = ${id} order by id desc limit 1`
    await asStaff((tx) => bench.tickets.undoReply(tx, actorOf(l1), id, message!.id))
    expect((await ticketOf(id)).askedFields).toEqual([])
  })
  it('is not seen by the client before its letter is', async () => {
    const id = await letter()
    await ask(id, ['what'])
    const seen = () =>
      db.read({ as: 'client', clientId, accountId: client.id }, async (sql) =>
        askedNow(await formsReadModel.filled(sql, id)),
      )
    expect(await seen()).toBeNull()
    await db.owner`update message set send_at = app_now() where ticket_id = ${id} and held`
    await bench.tickets.showReplies(db)
    expect(await seen()).toMatchObject({ asked: ['what', 'box', 'log'], portalId: null })
  })
})

describe('what a client answers', () => {
  it('to a question that is not shown is neither kept nor told, and its files do not come', async () => {
    const id = await letter()
    await ask(id, ['what'])
    await give(id, { what: 'crm', box: 'secret@box.test', log: ['00000000-0000-4000-8000-000000000000'] })
    const [message] = await db.owner<
      { text: string }[]
    >`select body_text as text from message where ticket_id = ${id} order by id desc limit 1`
    expect(message!.text).toBe('what:\ncrm')
    expect((await ticketOf(id)).form).toEqual({ what: 'crm' })
  })
  it('names the portal only when the portal was asked for', async () => {
    const id = await letter()
    await ask(id, ['what'])
    await expect(give(id, { what: 'crm' }, { portalId })).rejects.toMatchObject({ code: 'ticket.answers_wrong' })
    expect((await ticketOf(id)).portalId).toBeNull()
    await ask(id, ['many'])
    await give(id, {}, { portalId })
    expect((await ticketOf(id)).portalId).toBe(portalId)
  })
  it('is refused of a colleague who does not see the ticket, and of a file that is not theirs', async () => {
    const id = await letter()
    await ask(id, ['what'])
    await expect(give(id, { what: 'crm' }, { by: other })).rejects.toMatchObject({ code: 'ticket.not_found' })
    const foreign = { what: 'mail', log: ['00000000-0000-4000-8000-000000000000'] }
    await expect(give(id, foreign)).rejects.toMatchObject({ code: 'ticket.file_unknown' })
  })
  it('at once by two windows is taken once', async () => {
    const id = await letter()
    await ask(id, ['what'])
    const both = await Promise.allSettled([give(id, { what: 'crm' }), give(id, { what: 'mail' })])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('makes the desk’s older page stale: it does not write over what came', async () => {
    const id = await letter()
    await ask(id, ['what'])
    const { version } = await ticketOf(id)
    await give(id, { what: 'crm' })
    await expect(
      asStaff((tx) => bench.tickets.fillForm(tx, actorOf(l1), id, version, { since: '2026-01-01' })),
    ).rejects.toMatchObject({ code: 'http.version_conflict' })
  })
})
