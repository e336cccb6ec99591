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
let contactId: number
let client: TestAccount
let l1: TestAccount
let admin: TestAccount

const words = (text: string) => ({ ru: text, en: `${text} (en)` })
const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  kind: 'text',
  label: words(name),
  help: { ru: '', en: '' },
  need: 'wanted',
  options: [],
  shownWhen: [],
  requiredWhen: [],
  ...more,
})
const option = (value: string) => ({ value, label: words(value) })
const FORM = [
  field('what', { kind: 'choice', need: 'required', options: [option('mail'), option('crm')] }),
  field('box', { need: 'required', shownWhen: [{ field: 'what', test: 'is', values: ['mail'] }] }),
  field('shot', { kind: 'file' }),
]

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  clientId = (await createClient(db.owner)).id
  l1 = await createAccount(db, { roles: ['l1', 'im', 'it'], name: 'Первая' })
  admin = await createAccount(db, { roles: ['ad'] })
  client = await createAccount(db, { side: 'client', roles: ['cu'], name: 'Анна', contact: { clientId } })
  contactId = client.contact!.id
  await db.owner`insert into topic (code, name_ru, name_en, default_kind, default_priority) values ('box', 'Ящик', 'Box', 'service_request', 2)`
  await save('box', 0, FORM)
})
afterAll(() => db.drop())

const save = (topic: string, expected: number, fields: FormField[]) =>
  db.begin({ as: 'staff' }, (tx) => saveForm(tx, actorOf(admin), topic, expected, fields))
const asClient = () => ({ as: 'client' as const, clientId, accountId: client.id })
const ask = (more: object = {}) =>
  db.begin(asClient(), (tx) =>
    bench.tickets.askInCabinet(tx, actorOf(client), {
      topic: 'box',
      formId: null,
      answers: { what: 'mail', box: 'a@b.test' },
      portalId: null,
      subject: 'Ящик',
      text: '',
      form: null,
      impact: null,
      urgency: null,
      couponCode: undefined,
      files: [],
      ...more,
    }),
  )
const ticketOf = async (id: number) =>
  (
    await db.owner<
      {
        form: object
        formId: number
        completeness: number
        missing: { name: string }[]
        askedFields: string[]
        kind: string
        priority: number
        state: string
        waitingFor: string | null
        version: number
      }[]
    >`select form, form_id, completeness, missing, asked_fields, kind, priority, state, waiting_for, version from ticket where id = ${id}`
  )[0]!
const textOf = async (id: number) =>
  (
    await db.owner<
      { text: string }[]
    >`select body_text as text from message where ticket_id = ${id} order by id desc limit 1`
  )[0]!.text

describe('a topic’s form', () => {
  it('is saved as the next version from the one that the editor saw, and not with a circle', async () => {
    await expect(save('box', 0, FORM)).rejects.toMatchObject({ code: 'http.version_conflict' })
    const round = [
      field('a', { shownWhen: [{ field: 'b', test: 'filled', values: [] }] }),
      field('b', { shownWhen: [{ field: 'a', test: 'filled', values: [] }] }),
    ]
    await expect(save('box', 1, round)).rejects.toMatchObject({ code: 'ticket.form_wrong' })
    await expect(save('no_such', 0, [])).rejects.toMatchObject({ code: 'access.not_found' })
  })
  it('of two who save at once, the second is told', async () => {
    await db.owner`insert into topic (code, name_ru, name_en) values ('race', 'Гонка', 'Race')`
    const results = await Promise.allSettled([save('race', 0, FORM), save('race', 0, [])])
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('a request by a topic’s form', () => {
  it('keeps its answers and their version, takes the topic’s kind and priority, tells what is missing, and is found by its answers', async () => {
    const { id } = await ask()
    const ticket = await ticketOf(id)
    expect(ticket).toMatchObject({
      form: { what: 'mail', box: 'a@b.test' },
      completeness: 67,
      kind: 'service_request',
      priority: 2,
    })
    expect(ticket.missing.map((one) => one.name)).toEqual(['shot'])
    expect(await textOf(id)).toBe('what:\nmail\n\nbox:\na@b.test')
    await save('box', 1, [...FORM, field('more', { need: 'required' })])
    expect((await ticketOf(id)).formId).toBe(ticket.formId)
    const found =
      await db.owner`select 1 from ticket_search where ticket_id = ${id} and client @@ websearch_to_tsquery('russian', 'a@b.test')`
    expect(found.length).toBe(1)
    // the version that was shown is the one that is answered
    const again = await ask({ formId: ticket.formId })
    expect((await ticketOf(again.id)).formId).toBe(ticket.formId)
    await save('box', 2, FORM)
  })
  it('drops what was answered to a field that is not shown', async () => {
    const { id } = await ask({ answers: { what: 'crm', box: 'a@b.test' } })
    expect((await ticketOf(id)).form).toEqual({ what: 'crm' })
  })
  it('is refused at each field that is required or does not fit, and with a form of another topic', async () => {
    await expect(ask({ answers: { what: 'mail', no: 1 } })).rejects.toMatchObject({
      code: 'ticket.answers_wrong',
      options: { details: { errors: [{ field: 'answers.no' }, { field: 'answers.box' }] } },
    })
    await expect(ask({ formId: 999_999 })).rejects.toMatchObject({ code: 'ticket.form_unknown' })
    await expect(ask({ topic: 'no_such' })).rejects.toMatchObject({ code: 'ticket.topic_unknown' })
  })
  it('takes no file of somebody else', async () => {
    const foreign = '00000000-0000-4000-8000-000000000000'
    await expect(ask({ answers: { what: 'crm', shot: [foreign] } })).rejects.toMatchObject({
      code: 'ticket.file_unknown',
    })
  })
})

describe('what is missing', () => {
  const asStaff = <T>(run: (tx: Tx) => Promise<T>) => db.begin({ as: 'staff' }, run)
  const letter = () =>
    db.begin({ as: 'worker' }, (tx) =>
      bench.tickets.open(tx, systemActor(), {
        clientId,
        contactId,
        portalId: null,
        subject: 'Не работает',
        text: 'Не работает',
        channel: 'email',
        author: { contactId, accountId: null, name: 'Анна', email: 'c@example.test' },
      }),
    )
  it('is asked for in one go: the letter goes, the clocks wait, and the client’s answers in the cabinet move it on', async () => {
    const { id } = await letter()
    await asStaff((tx) => bench.tickets.change(tx, actorOf(l1), id, null, { topic: 'box' }))
    const asking = await db.read({ as: 'staff' }, (sql) =>
      bench.tickets.askingFor(sql, actorOf(l1), id, undefined, 'ru'),
    )
    expect(asking).toMatchObject({ waits: true, fields: [{ name: 'what' }, { name: 'shot' }] })
    expect(asking.text).toContain('Здравствуйте, Анна!')
    const send = (fields: string[]) =>
      asStaff((tx) => bench.tickets.askMissing(tx, actorOf(l1), id, { fields, text: asking.text }))
    await expect(send(['box'])).rejects.toMatchObject({ code: 'ticket.not_missing' })
    expect(await send(['what'])).toMatchObject({ waits: true })
    expect(await ticketOf(id)).toMatchObject({ state: 'waiting', waitingFor: 'client', askedFields: ['what'] })
    const shown = await db.read({ as: 'staff' }, async (sql) =>
      askedNow({ ...(await formsReadModel.filled(sql, id)), held: false }),
    )
    expect(shown).toMatchObject({ asked: ['what', 'box'], fields: FORM.map(({ name }) => ({ name })) })
    const give = (answers: Answers) =>
      db.begin(asClient(), (tx) => bench.tickets.giveAnswers(tx, actorOf(client), id, { answers, portalId: null }))
    await expect(give({ what: 'no' })).rejects.toMatchObject({ code: 'ticket.answers_wrong' })
    await expect(give({})).rejects.toMatchObject({ code: 'ticket.nothing_to_send' })
    // the field that hangs on the asked one may be answered with it; another may not
    await expect(give({ shot: [], other: 'x' })).rejects.toMatchObject({ code: 'ticket.answers_wrong' })
    await give({ what: 'mail', box: 'x@y.test' })
    const after = await ticketOf(id)
    expect(after).toMatchObject({ state: 'open', askedFields: [], form: { what: 'mail', box: 'x@y.test' } })
    expect(after.missing.map((one) => one.name)).toEqual(['shot'])
    expect(await textOf(id)).toBe('what:\nmail\n\nbox:\nx@y.test')
    await expect(give({ what: 'crm' })).rejects.toMatchObject({ code: 'ticket.nothing_asked' })
  })
  it('is written down by the desk, by the version that was seen, and stands in the history', async () => {
    const { id, version } = await letter()
    const fill = (seen: number, answers: Answers) =>
      asStaff((tx) => bench.tickets.fillForm(tx, actorOf(l1), id, seen, answers))
    const kept = await fill(version, { expected: 'Письмо должно прийти', saw: 'Ошибка 550' })
    await expect(fill(version, {})).rejects.toMatchObject({ code: 'http.version_conflict' })
    await expect(fill(kept.version, { did: 5 })).rejects.toMatchObject({ code: 'ticket.answers_wrong' })
    expect(await ticketOf(id)).toMatchObject({
      form: { expected: 'Письмо должно прийти', saw: 'Ошибка 550' },
      completeness: 40,
    })
    const [fact] = await db.owner<
      { data: object }[]
    >`select data from ticket_event where ticket_id = ${id} and type = 'form_filled'`
    expect(fact!.data).toMatchObject({ names: 'Чего ждали; Что увидели' })
  })
  it('is marked anew with the portal and with another topic', async () => {
    const { id } = await letter()
    const [portal] = await db.owner<{ id: number }[]>`
      insert into portal (client_id, name, address, product) values (${clientId}, 'П', 'https://p.test', 'bitrix24-boxed') returning id`
    await asStaff((tx) => bench.tickets.change(tx, actorOf(l1), id, null, { portalId: portal!.id }))
    expect((await ticketOf(id)).missing.map((one) => one.name)).not.toContain('portal')
    await asStaff((tx) => bench.tickets.change(tx, actorOf(l1), id, null, { topic: 'box' }))
    expect((await ticketOf(id)).missing.map((one) => one.name)).toEqual(['what', 'shot'])
  })
})
