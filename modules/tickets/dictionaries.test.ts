import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient, createContact, serveRoutes } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TicketBench, ticketBench } from './testkit.ts'
import { criticalityRoute, dictionaryRoutes } from './tickets.dictionaries.routes.ts'
import { formRoutes } from './tickets.forms.routes.ts'
import { startChecklist } from './verbs/checklists.ts'

let db: TestDatabase
let bench: TicketBench
let api: Awaited<ReturnType<typeof serveRoutes>>
let admin: TestAccount
let it2: TestAccount
let clientId: number
let contactId: number

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  api = await serveRoutes(db, [...dictionaryRoutes(), criticalityRoute(), ...formRoutes(bench.tickets)])
  admin = await createAccount(db, { roles: ['ad'] })
  it2 = await createAccount(db, { roles: ['l1', 'im', 'it'], name: 'Олег' })
  clientId = (await createClient(db.owner)).id
  contactId = (await createContact(db.owner, clientId)).id
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

const open = (more: object = {}) =>
  db.begin({ as: 'staff' }, (tx) =>
    bench.tickets.askOnBehalf(tx, actorOf(it2), {
      clientId,
      contactId,
      subject: 'Вопрос',
      text: 'Как?',
      channel: 'phone',
      tags: [],
      files: [],
      ...more,
    }),
  )
const change = (id: number, patch: object) =>
  db.begin({ as: 'staff' }, (tx) => bench.tickets.change(tx, actorOf(it2), id, null, patch))
const history = (id: number, type: string) =>
  db.owner<
    { data: Record<string, unknown> }[]
  >`select data from ticket_event where ticket_id = ${id} and type = ${type} order by id`

describe('a dictionary', () => {
  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, version?: number) =>
    api.call(actorOf(admin), method, path, body, version)
  it('is added to, changed by the version that was seen, ordered, put away and taken back by the administrator alone', async () => {
    const shape = { nameRu: 'Склад', nameEn: 'Stock' }
    expect((await call('POST', '/categories', { code: 'stock', ...shape })).status).toBe(201)
    expect((await call('POST', '/categories', { code: 'stock', ...shape })).body['code']).toBe('ticket.code_taken')
    expect((await call('PUT', '/categories/stock', { nameRu: 'Склады', nameEn: 'Stocks' }, 1)).body).toEqual({
      version: 2,
    })
    expect((await call('PUT', '/categories/stock', shape, 1)).body['code']).toBe('http.version_conflict')
    expect((await call('PUT', '/categories/no_such', shape, 1)).status).toBe(404)
    const codes = async () =>
      ((await call('GET', '/categories')).body['items'] as { code: string }[]).map((one) => one.code)
    const before = await codes()
    expect(
      (await call('PUT', '/categories', { codes: ['stock', ...before.filter((one) => one !== 'stock')] })).status,
    ).toBe(204)
    expect((await codes())[0]).toBe('stock')
    expect((await call('PUT', '/categories', { codes: ['stock', 'stock'] })).body['code']).toBe('ticket.code_unknown')
    expect((await call('DELETE', '/categories/stock')).status).toBe(204)
    expect((await call('DELETE', '/categories/stock')).status).toBe(404)
    expect((await call('POST', '/categories/stock/restore')).status).toBe(204)
    expect((await api.call(actorOf(it2), 'POST', '/categories', { code: 'x', ...shape })).status).toBe(403)
    expect((await api.call(actorOf(it2), 'GET', '/categories')).status).toBe(200)
  })
  it('of topics keeps route, ready answer and what a request is taken for; of fields and lists refuses what cannot be', async () => {
    const topic = {
      nameRu: 'Обучение',
      nameEn: 'Training',
      route: 'answer_with_article',
      readyAnswerRu: 'Запись на обучение: …',
      readyAnswerEn: null,
      defaultKind: 'service_request',
      defaultPriority: 4,
      offered: true,
      excluded: false,
    }
    expect((await call('POST', '/topic-settings', { code: 'training', ...topic })).status).toBe(201)
    const list = (await call('GET', '/topic-settings')).body['items'] as { code: string; formFields: number }[]
    expect(list.find((one) => one.code === 'training')).toMatchObject({ ...topic, version: 1, formFields: 0 })
    expect(list.find((one) => one.code === 'technical')!.formFields).toBeGreaterThan(5)
    const wrong = { code: 'f', nameRu: 'П', nameEn: 'F', kind: 'text', options: [], topics: ['no_such'] }
    expect((await call('POST', '/custom-fields', wrong)).body['code']).toBe('ticket.topic_unknown')
    expect((await call('POST', '/custom-fields', { ...wrong, topics: [], kind: 'choice' })).body['code']).toBe(
      'ticket.options_wrong',
    )
    expect(
      (await call('POST', '/checklists', { code: 'c', nameRu: 'Ч', nameEn: 'C', items: [], topics: [] })).status,
    ).toBe(400)
  })
  it('of marks and the table of impact and urgency goes by versions; the table proposes the priority', async () => {
    expect((await call('PUT', '/kind-marks/consultation', { marks: ['category'] }, 1)).body).toEqual({ version: 2 })
    expect((await call('PUT', '/kind-marks/consultation', { marks: [] }, 1)).body['code']).toBe('http.version_conflict')
    const { id } = await open({ kind: 'consultation', impact: 1, urgency: 1 })
    expect(await priorityOf(id)).toBe(1)
    const cells = [4, 4, 4, 4, 4, 4, 4, 4, 4]
    expect((await call('PUT', '/criticality', { cells }, 1)).body).toEqual({ version: 2 })
    expect((await call('PUT', '/criticality', { cells: [0, 1, 2, 3, 4, 1, 1, 1, 1] }, 2)).status).toBe(400)
    expect(await priorityOf((await open({ impact: 1, urgency: 1 })).id)).toBe(4)
    expect(await priorityOf(id)).toBe(1)
  })
  const priorityOf = async (id: number) =>
    (await db.owner`select priority from ticket where id = ${id}`)[0]!['priority']
})

describe('what a ticket takes out of a dictionary', () => {
  it('is in it today; its history keeps the words of the day', async () => {
    const { id } = await open()
    await expect(change(id, { category: 'no_such' })).rejects.toMatchObject({ code: 'ticket.category_unknown' })
    await change(id, { category: 'crm' })
    await db.owner`update dictionary_entry set name_ru = 'Другое', archived_at = app_now() where code = 'crm'`
    expect((await history(id, 'field_changed'))[0]!.data).toMatchObject({ to: 'crm', toName: 'CRM и продажи' })
    const other = await open()
    await expect(change(other.id, { category: 'crm' })).rejects.toMatchObject({ code: 'ticket.category_unknown' })
    // what was put away stays where it is used
    await change(id, { category: 'crm', subject: 'Другая тема' })
  })
  it('a reason for rejecting is of the dictionary, and is kept in words', async () => {
    await db.owner`insert into dictionary_entry (dictionary, code, name_ru, name_en) values ('rejection_reason', 'not_ours', 'Не наше', 'Not ours')`
    const { id } = await open()
    const press = (reason: string) =>
      db.begin({ as: 'staff' }, (tx) =>
        bench.tickets.takeOutcome(tx, actorOf(it2), id, { outcome: 'reject', taskId: 'l1_classify', data: { reason } }),
      )
    await expect(press('no_such')).rejects.toMatchObject({ code: 'ticket.reason_unknown' })
    await press('not_ours')
    expect((await history(id, 'reject'))[0]!.data).toMatchObject({ reason: 'not_ours', reasonRu: 'Не наше' })
  })
  it('an own field is of the ticket’s topic and fits; another is refused', async () => {
    await db.owner`insert into custom_field (code, name_ru, name_en, kind, topics) values ('build', 'Сборка', 'Build', 'number', '{technical}')`
    const { id } = await open({ topic: 'technical' })
    const { version } = await change(id, { custom: { build: 24 } })
    expect((await change(id, { custom: { build: 24 } })).version).toBe(version)
    expect((await history(id, 'field_changed')).map((one) => one.data)).toEqual([
      { field: 'custom', code: 'build', nameRu: 'Сборка', nameEn: 'Build', from: null, to: 24 },
    ])
    const listed = (filter: object) =>
      db.read({ as: 'staff' }, async (sql) => {
        const page = await bench.tickets.list(sql, actorOf(it2), { filter, sort: 'due', limit: 50 })
        return page.items.map((row) => row.id)
      })
    expect(await listed({ custom: 'build:24' })).toEqual([id])
    expect(await listed({ custom: 'build:25' })).toEqual([])
    expect(await listed({ custom: `build:24' or true --` })).toEqual([])
    await db.owner`insert into custom_field (code, name_ru, name_en, kind) values ('host', 'Узел', 'Host', 'text')`
    await change(id, { custom: { host: 'argon77' } })
    expect(await listed({ q: 'argon77' })).toEqual([id])
    expect(await listed({ custom: 'host:argon77' })).toEqual([id])
    const plan = await db.owner.begin(async (tx) => {
      await tx`set local enable_seqscan = off`
      return await tx`explain select id from ticket t where t.custom <> '{}' and t.custom @> '{"host":"argon77"}'`
    })
    expect(JSON.stringify(plan)).toContain('ticket_custom')
    await expect(change(id, { custom: { build: 'x' } })).rejects.toMatchObject({ code: 'ticket.custom_unknown' })
    await expect(change(id, { custom: { vendorNumber: '1' } })).rejects.toMatchObject({ code: 'ticket.custom_unknown' })
    await change(id, { topic: 'content' })
    await expect(change(id, { custom: { build: 25 } })).rejects.toMatchObject({ code: 'ticket.custom_unknown' })
    await change(id, { custom: { build: null } })
  })
})

describe('a checklist', () => {
  const start = (ticketId: number, checklist: string) =>
    db.begin({ as: 'worker' }, (tx) => startChecklist(tx, actorOf(it2), { ticketId, checklist }))
  it('begins once, with the words of that day, by hand, by a process or by its topic', async () => {
    const { id } = await open()
    expect(await start(id, 'access')).toMatchObject({ started: true })
    expect(await start(id, 'access')).toEqual({ id: null, started: false })
    await expect(start(id, 'no_such')).rejects.toMatchObject({ code: 'ticket.checklist_unknown' })
    await db.owner`update checklist set name_ru = 'Другой', items = '[]', topics = '{content}' where code = 'access'`
    const lists = (await api.call(actorOf(it2), 'GET', `/tickets/${id}/checklists`)).body['items'] as object[]
    expect(lists).toMatchObject([{ name: { ru: 'Доступы' }, startedBy: 'Олег' }])
    const other = await open()
    await change(other.id, { topic: 'content' })
    const begun = await db.owner`select 1 from ticket_checklist where ticket_id = ${other.id}`
    expect(begun.length).toBe(1)
  })
  it('keeps an outcome back until what is required in it is ticked; without a list the person’s word counts', async () => {
    const served = async (more: object = {}) => {
      const { id } = await open()
      const press = (outcome: string, taskId: string, data = {}, reply?: string) =>
        db.begin({ as: 'staff' }, (tx) =>
          bench.tickets.takeOutcome(tx, actorOf(it2), id, {
            outcome,
            taskId,
            data,
            ...(reply ? { reply: { text: reply, files: [], copyContactIds: [], sendAnyway: true } } : {}),
          }),
        )
      await press('pass_on', 'l1_classify')
      await press('service_request', 'im_route')
      return { id, done: (data: object) => press('done', 'it_service', data, 'Готово'), ...more }
    }
    const plain = await served()
    await expect(plain.done({})).rejects.toMatchObject({ code: 'process.field_required' })
    await plain.done({ checklist_done: true })
    const listed = await served()
    await start(listed.id, 'training')
    await expect(listed.done({ checklist_done: true })).rejects.toMatchObject({ code: 'ticket.checklist_open' })
    const tick = (position: number, ticked = true) => tickOf(listed.id, position, ticked)
    for (const position of [0, 1, 2]) expect((await tick(position)).status).toBe(204)
    await tick(2, false)
    await expect(listed.done({})).rejects.toMatchObject({ code: 'ticket.checklist_open' })
    await tick(2)
    await listed.done({})
    expect((await history(listed.id, 'checklist_finished')).length).toBe(2)
    expect((await history(listed.id, 'checklist_unticked'))[0]!.data).toMatchObject({ nameRu: 'Занятие проведено' })
  })
  const tickOf = async (ticketId: number, position: number, ticked: boolean) => {
    const [list] = await db.owner<{ id: number }[]>`select id from ticket_checklist where ticket_id = ${ticketId}`
    return api.call(actorOf(it2), 'PUT', `/tickets/${ticketId}/checklists`, { listId: list!.id, position, ticked })
  }
  it('of another ticket is not ticked through this one', async () => {
    const [one, two] = [await open(), await open()]
    await start(one.id, 'training')
    const [list] = await db.owner<{ id: number }[]>`select id from ticket_checklist where ticket_id = ${one.id}`
    const foreign = { listId: list!.id, position: 0, ticked: true }
    expect((await api.call(actorOf(it2), 'PUT', `/tickets/${two.id}/checklists`, foreign)).body['code']).toBe(
      'ticket.checklist_item_unknown',
    )
  })
})
