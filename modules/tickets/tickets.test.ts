import { systemActor } from '@opora/access'
import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient, createContact } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TicketBench, ticketBench } from './testkit.ts'

let db: TestDatabase
let bench: TicketBench
let clientId: number
let contactId: number
let l1: TestAccount
let im: TestAccount

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  clientId = (await createClient(db.owner)).id
  contactId = (await createContact(db.owner, clientId)).id
  l1 = await createAccount(db, { roles: ['l1'], name: 'Первая Линия' })
  im = await createAccount(db, { roles: ['im', 'it', 'dev'], name: 'Менеджер Инцидентов' })
})
afterAll(() => db.drop())

const asker = () => ({ contactId, accountId: null, name: 'Клиент', email: 'client@example.test' })
const open = (overrides: object = {}) =>
  db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId,
      contactId,
      portalId: null,
      subject: 'Не открывается CRM',
      text: 'После обновления не открывается карточка сделки, ошибка 500',
      channel: 'email',
      author: asker(),
      ...overrides,
    }),
  )
const asStaff = <T>(body: (tx: Parameters<Parameters<TestDatabase['begin']>[1]>[0]) => Promise<T>) =>
  db.begin({ as: 'staff' }, body)
const page = (id: number, account = l1) =>
  db.read({ as: 'staff' }, (sql) => bench.tickets.get(sql, actorOf(account), id, 'ru'))
const reply = (text: string, extra: object = {}) => ({
  text,
  files: [],
  copyContactIds: [],
  sendAnyway: false,
  ...extra,
})

describe('a ticket', () => {
  it('opens before the first line with its message and the outcomes of the place', async () => {
    const opened = await open()
    const ticket = await page(opened.id)
    expect(ticket).toMatchObject({
      number: opened.number,
      place: 'l1_classify',
      lane: 'l1',
      state: 'open',
      priority: 3,
      unanswered: true,
    })
    expect(ticket.messages.map((message) => message.visibleText)).toEqual([
      'После обновления не открывается карточка сделки, ошибка 500',
    ])
    expect(ticket.outcomes.map((outcome) => outcome.id)).toEqual(
      expect.arrayContaining(['answer', 'pass_on', 'reject', 'ask_client']),
    )
  })

  it('moves along the three lines to the client and closes on a yes', async () => {
    const { id } = await open()
    await asStaff((tx) =>
      bench.tickets.takeOutcome(tx, actorOf(l1), id, { outcome: 'pass_on', taskId: 'l1_classify', data: {} }),
    )
    await asStaff((tx) =>
      bench.tickets.takeOutcome(tx, actorOf(im), id, { outcome: 'incident', taskId: 'im_route', data: {} }),
    )
    expect(await page(id, im)).toMatchObject({ place: 'it_diagnose', kind: 'incident' })
    const note = { text: 'Причина найдена', files: [], mentions: [], forPartner: false }
    await asStaff((tx) =>
      bench.tickets.takeOutcome(tx, actorOf(im), id, { outcome: 'solved', taskId: 'it_diagnose', data: {}, note }),
    )
    const qa = await createAccount(db, { roles: ['qa'] })
    await asStaff((tx) =>
      bench.tickets.takeOutcome(tx, actorOf(qa), id, { outcome: 'passed', taskId: 'qa_test', data: {} }),
    )
    expect(await page(id, im)).toMatchObject({ place: 'confirm', state: 'confirming', waitingFor: 'client' })
    const before = await db.owner<{ type: string }[]>`select type from ticket_event where ticket_id = ${id} order by id`
    expect(before.map((fact) => fact.type)).toContain('solved')
    await db.begin({ as: 'worker' }, (tx) =>
      bench.tickets.takeOutcome(tx, systemActor(), id, { outcome: 'confirm', taskId: 'confirm', data: {} }),
    )
    expect(await page(id, im)).toMatchObject({ state: 'closed', place: 'rating' })
  })

  it('refuses a button of a place that it has left', async () => {
    const { id } = await open()
    await asStaff((tx) =>
      bench.tickets.takeOutcome(tx, actorOf(l1), id, { outcome: 'pass_on', taskId: 'l1_classify', data: {} }),
    )
    await expect(
      asStaff((tx) =>
        bench.tickets.takeOutcome(tx, actorOf(l1), id, { outcome: 'pass_on', taskId: 'l1_classify', data: {} }),
      ),
    ).rejects.toMatchObject({ code: 'process.not_active' })
  })

  it('tells the second of two people who edit it, and loses nothing', async () => {
    const { id } = await open()
    const { version } = await page(id)
    await asStaff((tx) => bench.tickets.change(tx, actorOf(l1), id, version, { priority: 2 }))
    await expect(
      asStaff((tx) => bench.tickets.change(tx, actorOf(im), id, version, { priority: 1 })),
    ).rejects.toMatchObject({ code: 'http.version_conflict', options: { details: { currentVersion: version + 1 } } })
    expect((await page(id)).priority).toBe(2)
  })

  it('refuses an answer that talks past newer messages, once', async () => {
    const { id, messageId } = await open()
    await db.begin({ as: 'worker' }, (tx) =>
      bench.tickets.clientWrote(tx, systemActor(), id, { text: 'Ещё подробность', channel: 'email', author: asker() }),
    )
    const late = reply('Здравствуйте!', { lastSeenMessageId: messageId })
    await expect(asStaff((tx) => bench.tickets.reply(tx, actorOf(l1), id, late))).rejects.toMatchObject({
      code: 'ticket.newer_messages',
    })
    await expect(
      asStaff((tx) => bench.tickets.reply(tx, actorOf(l1), id, { ...late, sendAnyway: true })),
    ).resolves.toMatchObject({ undoUntil: expect.any(Number) })
  })

  it('takes an answer back while it has not left, and not afterwards', async () => {
    const { id } = await open()
    const posted = await asStaff((tx) => bench.tickets.reply(tx, actorOf(l1), id, reply('Ответ')))
    expect(await page(id)).toMatchObject({ unanswered: false, firstAnswerAt: expect.any(String) })
    const taken = await asStaff((tx) => bench.tickets.undoReply(tx, actorOf(l1), id, posted.messageId))
    expect(taken.text).toBe('Ответ')
    expect(await page(id)).toMatchObject({ unanswered: true, firstAnswerAt: null })
    await expect(asStaff((tx) => bench.tickets.undoReply(tx, actorOf(l1), id, posted.messageId))).rejects.toMatchObject(
      { code: 'ticket.undo_too_late' },
    )
  })

  it('keeps an unverified message from the client until a person accepts it', async () => {
    const { id } = await open()
    const stranger = { contactId: null, accountId: null, name: 'Кто-то', email: 'x@evil.test' }
    const { messageId } = await db.begin({ as: 'worker' }, (tx) =>
      bench.tickets.clientWrote(tx, systemActor(), id, {
        text: 'тайное',
        channel: 'email',
        author: stranger,
        unverified: true,
      }),
    )
    expect((await page(id)).messages.at(-1)).toMatchObject({ unverified: true })
    await asStaff((tx) => bench.tickets.acceptMessage(tx, actorOf(l1), id, messageId))
    expect((await page(id)).messages.at(-1)).toMatchObject({ unverified: false })
  })

  it('lets a colleague watch and a contact take part; whoever asked stays', async () => {
    const { id } = await open()
    const others = async () => (await page(id)).people.filter((one) => one.role === 'watcher')
    await asStaff((tx) => bench.tickets.watch(tx, actorOf(l1), id, l1.id, true))
    await asStaff((tx) => bench.tickets.watch(tx, actorOf(l1), id, l1.id, true))
    expect(await others()).toMatchObject([{ accountId: l1.id, contactId: null }])
    await asStaff((tx) => bench.tickets.watch(tx, actorOf(l1), id, l1.id, false))
    expect(await others()).toEqual([])
    await expect(asStaff((tx) => bench.tickets.watch(tx, actorOf(l1), id, 999_999, true))).rejects.toMatchObject({
      code: 'ticket.assignee_unknown',
    })
    const asked = asker().contactId!
    await expect(
      asStaff((tx) => bench.tickets.changeParticipant(tx, actorOf(l1), id, asked, false)),
    ).rejects.toMatchObject({ code: 'ticket.asker_stays' })
    await expect(
      asStaff((tx) => bench.tickets.changeParticipant(tx, actorOf(l1), id, 999_999, true)),
    ).rejects.toMatchObject({ code: 'ticket.contact_unknown' })
  })

  it('tells who comes a moment too late which ticket took the merged one over', async () => {
    const [first, second] = [await open(), await open()]
    let late: Promise<unknown> | undefined
    await asStaff(async (tx) => {
      await bench.tickets.merge(tx, actorOf(l1), second.id, first.id)
      late = asStaff((other) => bench.tickets.reply(other, actorOf(l1), second.id, reply('сюда'))).catch(
        (error) => error,
      )
      for (let waits = 0; waits === 0; ) {
        const [row] = await db.owner`select count(*)::int as waits from pg_locks where not granted`
        waits = Number(row?.['waits'])
      }
    })
    expect(await late).toMatchObject({ code: 'ticket.merged', options: { params: { number: first.number } } })
  })

  it('merges into another of the same client; mail to the old number would reach the survivor', async () => {
    const [first, second] = [await open(), await open({ subject: 'То же самое' })]
    await asStaff((tx) => bench.tickets.merge(tx, actorOf(l1), second.id, first.id))
    expect((await page(first.id)).messages).toHaveLength(2)
    expect((await page(second.id)).mergedInto).toEqual({ id: first.id, number: first.number })
    await expect(asStaff((tx) => bench.tickets.reply(tx, actorOf(l1), second.id, reply('сюда')))).rejects.toMatchObject(
      { code: 'ticket.merged' },
    )
  })
})

describe('the list', () => {
  const list = (filter: object, extra: object = {}) =>
    db.read({ as: 'staff' }, (sql) =>
      bench.tickets.list(sql, actorOf(l1), { filter, sort: 'updated', limit: 50, ...extra }),
    )

  it('finds Russian word forms, English words and numbers', async () => {
    const opened = await open({
      subject: 'Настройка телефонии',
      text: 'Просим подключить новые телефонные линии, webhook does not answer',
    })
    for (const q of ['телефония', 'линия', 'answers', `#${opened.number}`])
      expect((await list({ q })).items.map((row) => row.id)).toContain(opened.id)
    expect((await list({ q: 'бухгалтерия' })).items).toEqual([])
  })

  it('pages by key without losing or repeating a row', async () => {
    for (let index = 0; index < 7; index += 1) await open({ subject: `Страница ${index}`, tags: ['пачка'] })
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const part = await list({ tag: 'пачка' }, { limit: 3, cursor })
      seen.push(...part.items.map((row) => row.id))
      cursor = part.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(7)
    expect(seen).toHaveLength(7)
  })

  it('shows nothing of clients whom a person does not serve', async () => {
    const other = await createAccount(db, { roles: ['l1'], serves: 'listed', clientIds: [] })
    const rows = await db.read({ as: 'staff' }, (sql) =>
      bench.tickets.list(sql, actorOf(other), { filter: {}, sort: 'due', limit: 50 }),
    )
    expect(rows.items).toEqual([])
  })
})
