import { systemActor } from '@opora/access'
import { actorOf, createAccount, type TestAccount } from '@opora/access/testkit'
import { createClient, createContact } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDesk } from './desk.service.ts'
import { type TicketBench, ticketBench } from './testkit.ts'

// What users of other desks have suffered for years, each by the threads that tell of it.

let db: TestDatabase
let bench: TicketBench
let clientId: number
let contactId: number
let l1: TestAccount
let im: TestAccount
const desk = createDesk()

beforeAll(async () => {
  db = await createTestDatabase()
  bench = await ticketBench(db)
  clientId = (await createClient(db.owner)).id
  contactId = (await createContact(db.owner, clientId)).id
  l1 = await createAccount(db, { roles: ['l1'] })
  im = await createAccount(db, { roles: ['im', 'it'] })
})
afterAll(() => db.drop())

const open = (subject = 'Не открывается карточка') =>
  db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId,
      contactId,
      portalId: null,
      subject,
      text: 'Текст',
      channel: 'email',
      author: { contactId, accountId: null, name: 'Клиент', email: 'c@example.test' },
    }),
  )
const asStaff = <T>(body: (tx: Parameters<Parameters<TestDatabase['begin']>[1]>[0]) => Promise<T>) =>
  db.begin({ as: 'staff' }, body)
const page = (id: number) => db.read({ as: 'staff' }, (sql) => bench.tickets.get(sql, actorOf(l1), id, 'ru'))
const draftsOf = (id: number, who = l1) => db.read({ as: 'staff' }, (sql) => desk.drafts(sql, actorOf(who), id))
const write = (id: number, text: string, who = l1) =>
  asStaff((tx) => desk.saveDraft(tx, actorOf(who), { ticketId: id, kind: 'reply', body: { text } }))
const merge = (id: number, into: number) => asStaff((tx) => bench.tickets.merge(tx, actorOf(l1), id, into))

describe('a draft (zammad 5953, 702; glpi 17452; osTicket 635)', () => {
  it('outlives a change of hands, and nobody else sees it', async () => {
    const { id } = await open()
    await write(id, 'Длинный ответ')
    await asStaff((tx) => bench.tickets.assign(tx, actorOf(im), id, null, im.id))
    expect(await draftsOf(id)).toMatchObject([{ body: { text: 'Длинный ответ' } }])
    expect(await draftsOf(id, im)).toEqual([])
  })

  it('follows its ticket into the one that took it over, and never overwrites what was begun there', async () => {
    const [from, into] = [await open(), await open()]
    await write(from.id, 'К первому')
    await write(from.id, 'Моё к первому', im)
    await write(into.id, 'Моё ко второму', im)
    await merge(from.id, into.id)
    expect(await draftsOf(into.id)).toMatchObject([{ body: { text: 'К первому' } }])
    expect(await draftsOf(into.id, im)).toMatchObject([{ body: { text: 'Моё ко второму' } }])
    expect(await draftsOf(from.id, im)).toMatchObject([{ body: { text: 'Моё к первому' } }])
  })
})

describe('merging (chatwoot 9264; freescout 226, 3516; zammad 1216, 5714)', () => {
  it('of two tickets into each other at once leaves one of them, with every message', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await open(), await open()]
      const tries = await Promise.allSettled([merge(a.id, b.id), merge(b.id, a.id)])
      expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
      const [left] = await db.owner<{ id: number }[]>`
        select id from ticket where id in (${a.id}, ${b.id}) and merged_into_id is null`
      expect((await page(left!.id)).messages).toHaveLength(2)
    }
  })

  it('loses no message that comes while it goes on', async () => {
    const [from, into] = [await open(), await open()]
    const say = (id: number, text: string) =>
      asStaff((tx) => bench.tickets.note(tx, actorOf(im), id, { text, files: [], mentions: [], forPartner: false }))
    const results = await Promise.allSettled([
      say(from.id, 'один'),
      merge(from.id, into.id),
      say(from.id, 'два'),
      say(into.id, 'три'),
    ])
    const said = results.filter((one, index) => index !== 1 && one.status === 'fulfilled').length
    expect((await page(into.id)).messages).toHaveLength(2 + said)
    const left = await db.owner`select 1 from message where ticket_id = ${from.id}`
    expect(left).toHaveLength(0)
  })
})

describe('a parent (osTicket 5644; glpi 5206; frappe 2370; zammad 5341)', () => {
  const gather = (id: number, parentId: number | null, who = l1) =>
    asStaff((tx) => bench.tickets.setParent(tx, actorOf(who), id, parentId))
  const answered = async (id: number) => {
    const { outcomes } = await page(id)
    const button = outcomes.find((outcome) => outcome.id === 'answer')!
    const reply = { text: 'Готово', files: [], copyContactIds: [], sendAnyway: true }
    return asStaff((tx) =>
      bench.tickets.takeOutcome(tx, actorOf(l1), id, { outcome: button.id, taskId: button.taskId, data: {}, reply }),
    )
  }

  it('is not solved over what is gathered under it; once that is solved it is', async () => {
    const [parent, one, two] = [await open(), await open(), await open()]
    await gather(one.id, parent.id)
    await gather(two.id, parent.id)
    expect((await page(parent.id)).children.map((child) => child.number)).toEqual([one.number, two.number])
    await expect(answered(parent.id)).rejects.toMatchObject({
      code: 'ticket.parent_open_children',
      options: { params: { numbers: `№ ${one.number}, № ${two.number}` } },
    })
    // nothing of the refused act is left, the answer neither
    expect((await page(parent.id)).messages).toHaveLength(1)
    await answered(one.id)
    await gather(two.id, null)
    await answered(parent.id)
    expect((await page(parent.id)).state).toBe('confirming')
  })

  it('is no part of itself, of its own children, or of another client', async () => {
    const [top, middle, low] = [await open(), await open(), await open()]
    await gather(middle.id, top.id)
    await gather(low.id, middle.id)
    for (const [id, parentId] of [
      [top.id, top.id],
      [top.id, middle.id],
      [top.id, low.id],
    ] as const)
      await expect(gather(id, parentId)).rejects.toMatchObject({ code: 'ticket.parent_circle' })
    const other = (await createClient(db.owner)).id
    await db.owner`insert into account_client values (${l1.id}, ${other}) on conflict do nothing`
    const [foreign] = await db.owner<{ id: number }[]>`
      insert into ticket (client_id, subject, channel) values (${other}, 'Чужое', 'email') returning id`
    await expect(gather(low.id, foreign!.id)).rejects.toMatchObject({ code: 'ticket.parent_foreign' })
  })
})
