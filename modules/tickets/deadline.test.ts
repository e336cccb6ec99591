import { type Actor, systemActor } from '@opora/access'
import { actorOf, createAccount, createTestAccess, type TestAccount } from '@opora/access/testkit'
import { createClient } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TicketBench, ticketBench } from './testkit.ts'
import type { KeptFact, TicketEvents } from './tickets.events.ts'

const DUE = Date.parse('2026-03-20T15:00:00Z')
let db: TestDatabase
let bench: TicketBench
let clientId: number
let asker: TestAccount
let chief: TestAccount
let colleague: TestAccount
let im: TestAccount
const heard: KeptFact[] = []
const offered: TicketEvents['ticket.deadline_offered'][] = []

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow('2026-03-02T09:00:00Z')
  bench = await ticketBench(db)
  bench.bus.on('ticket.facts', async (_tx, event) => void heard.push(...event.facts))
  bench.bus.on('ticket.deadline_offered', async (_tx, event) => void offered.push(event))
  clientId = (await createClient(db.owner)).id
  asker = await createAccount(db, { side: 'client', contact: { clientId } })
  chief = await createAccount(db, { side: 'client', contact: { clientId, responsible: true } })
  colleague = await createAccount(db, { side: 'client', contact: { clientId } })
  im = await createAccount(db, { roles: ['im'] })
})
afterAll(() => db.drop())

async function open(): Promise<number> {
  const contactId = asker.contact!.id
  const opened = await db.begin({ as: 'worker' }, (tx) =>
    bench.tickets.open(tx, systemActor(), {
      clientId,
      contactId,
      portalId: null,
      subject: 'Нужен перенос',
      text: 'Перенесите портал на другой сервер',
      channel: 'email',
      author: { contactId, accountId: null, name: asker.name, email: asker.email },
    }),
  )
  return opened.id
}
const offer = (id: number, dueAt = DUE, actor: Actor = actorOf(im)) =>
  db.begin(actor.scope, (tx) => bench.tickets.offerDeadline(tx, actor, id, { dueAt, reason: 'Ждём поставку сервера' }))
const answer = (id: number, offerId: number, agree: boolean, actor: Actor = actorOf(asker)) =>
  db.begin(actor.scope, (tx) => bench.tickets.decideDeadline(tx, actor, id, { offerId, agree }))
const shown = async (id: number) =>
  (await db.read({ as: 'staff' }, (sql) => bench.tickets.get(sql, actorOf(im), id, 'ru'))).deadlineOffer
const typesOf = async (id: number) =>
  (await db.owner<{ type: string }[]>`select type from ticket_event where ticket_id = ${id} order by id`).map(
    (r) => r.type,
  )

it('a term binds once both sides agree: the clocks hear of it then, not when it is proposed', async () => {
  const id = await open()
  heard.length = 0
  const made = await offer(id)
  expect(offered.at(-1)).toMatchObject({ ticket: { id }, offer: { id: made.id, dueAt: DUE } })
  expect(await shown(id)).toMatchObject({ id: made.id, dueAt: '2026-03-20T15:00:00.000Z', decision: null })
  expect(heard.map((fact) => fact.type)).toEqual(['deadline_offered'])
  await answer(id, made.id, true)
  expect(heard.at(-1)).toMatchObject({
    type: 'agreed_deadline',
    data: { dueAt: DUE, by: asker.name, offeredBy: im.name },
  })
  expect(await shown(id)).toMatchObject({ decision: 'agreed', decidedBy: asker.name })
})

it('a declined term changes nothing but the history; the responsible contact may answer for the asker', async () => {
  const id = await open()
  const { id: offerId } = await offer(id)
  await answer(id, offerId, false, actorOf(chief))
  expect(await typesOf(id)).toEqual(expect.arrayContaining(['deadline_offered', 'deadline_declined']))
  expect(await typesOf(id)).not.toContain('agreed_deadline')
  await expect(answer(id, offerId, true)).rejects.toMatchObject({ code: 'ticket.deadline_decided' })
})

it('a later proposal takes the place of the first, whose answer is then too late; a withdrawn one is gone', async () => {
  const id = await open()
  const first = await offer(id)
  const second = await offer(id, DUE + 3_600_000)
  await expect(answer(id, first.id, true)).rejects.toMatchObject({ code: 'ticket.deadline_decided' })
  const staff = actorOf(im)
  await db.begin(staff.scope, (tx) => bench.tickets.withdrawDeadline(tx, staff, id))
  await expect(answer(id, second.id, true)).rejects.toMatchObject({ code: 'ticket.deadline_decided' })
  expect(await shown(id)).toBeNull()
})

it('neither side can speak for the other, a colleague cannot answer for the asker, and the past cannot be agreed on', async () => {
  const id = await open()
  await expect(offer(id, Date.parse('9999-01-01T00:00:00Z'))).rejects.toMatchObject({ code: 'ticket.deadline_far' })
  await expect(offer(id, Date.parse('2026-03-01T00:00:00Z'))).rejects.toMatchObject({ code: 'ticket.deadline_past' })
  const { id: offerId } = await offer(id, Date.parse('2026-03-02T10:00:00Z'))
  for (const actor of [actorOf(im), actorOf(colleague)])
    await expect(answer(id, offerId, true, actor)).rejects.toMatchObject({ code: 'ticket.not_found' })
  await expect(offer(id, DUE, actorOf(chief))).rejects.toMatchObject({ code: 'ticket.not_found' })
  await db.setNow('2026-03-02T11:00:00Z')
  await expect(answer(id, offerId, true)).rejects.toMatchObject({ code: 'ticket.deadline_past' })
})

it('two who answer at once are one answer', async () => {
  const id = await open()
  const { id: offerId } = await offer(id)
  const tries = await Promise.allSettled([
    answer(id, offerId, true),
    answer(id, offerId, false, actorOf(chief)),
    answer(id, offerId, true, actorOf(chief)),
  ])
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  const said = (await typesOf(id)).filter((type) => type === 'agreed_deadline' || type === 'deadline_declined')
  expect(said).toHaveLength(1)
})

it('a letter’s link carries the answer without signing in, for the offer that the letter spoke of', async () => {
  const id = await open()
  const { id: offerId } = await offer(id)
  const { links } = createTestAccess(db)
  const { issueLink } = await import('@opora/access')
  const { token } = await db.begin({ as: 'worker' }, (tx) =>
    issueLink(tx, {
      purpose: 'deadline.decide',
      subject: { ticketId: id, offerId },
      contactId: asker.contact!.id,
      ttlDays: 60,
      singleUse: false,
    }),
  )
  await links.act(token, 'deadline.decide', async (tx, link) => {
    const subject = link.subject as { ticketId: number; offerId: number }
    await bench.tickets.decideDeadline(tx, link.actor, subject.ticketId, { offerId: subject.offerId, agree: true })
    // the link does this and nothing beside
    await expect(
      bench.tickets.takeOutcome(tx, link.actor, id, { outcome: 'x', taskId: 'x', data: {} }),
    ).rejects.toMatchObject({ code: 'ticket.not_found' })
  })
  expect(await shown(id)).toMatchObject({ decision: 'agreed' })
})
