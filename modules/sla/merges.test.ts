import { systemActor } from '@opora/access'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { msk, type SlaHouse, silent, slaHouse, storedOf } from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse
const plain = { slaPolicyCode: 'vendor-licence', calendarCode: 'mon-fri-10-19' }

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(msk('2026-01-12 09:00'))
  house = await slaHouse(db)
})
afterAll(() => db.drop())
afterEach(async () => {
  expect((await house.sla.recheckClocks(db.worker, { limit: 1_000 })).differences).toEqual([])
})

const merge = (id: number, intoId: number) =>
  db.begin({ as: 'worker' }, (tx) => house.tickets.merge(tx, systemActor(), id, intoId))
const answersOf = async (id: number) =>
  (await storedOf(db, id))
    .filter((one) => one.clock.startsWith('next_answer') || one.clock.startsWith('reaction'))
    .map((one) => `${one.clock} ${one.state} ${one.due}`)
const fireAll = async () => {
  while ((await house.sla.fireDueAlarms(db, silent)) > 0);
}

describe('a merge', () => {
  it('of what nobody has answered into what was answered keeps the promise of an answer, from when it was asked for', async () => {
    const asker = await house.client(plain)
    await db.setNow(msk('2026-02-03 10:00'))
    const into = await house.open(asker)
    await house.reply(into.id)
    await db.setNow(msk('2026-02-03 11:00'))
    const from = await house.open(asker)
    const [promised] = await answersOf(from.id)
    await db.setNow(msk('2026-02-03 13:00'))
    await merge(from.id, into.id)
    expect((await answersOf(into.id)).at(-1)).toBe(promised!.replace('reaction', 'next_answer'))
    expect((await answersOf(from.id))[0]).toMatch(/^reaction 1 cancelled/)
    await house.reply(into.id)
    expect((await answersOf(into.id)).at(-1)).toMatch(/^next_answer 1 met/)
  })

  it('into a younger ticket does not let its first answer take the place of the older promise', async () => {
    const asker = await house.client(plain)
    await db.setNow(msk('2026-02-04 10:00'))
    const old = await house.open(asker)
    const [promised] = await answersOf(old.id)
    await db.setNow(msk('2026-02-04 12:00'))
    const young = await house.open(asker)
    await merge(old.id, young.id)
    expect(await answersOf(young.id)).toHaveLength(2)
    expect(await answersOf(young.id)).toContain(promised!.replace('reaction', 'next_answer'))
  })

  it('into an older ticket that waits for its first answer adds no promise, nor does one of what was answered', async () => {
    const asker = await house.client(plain)
    await db.setNow(msk('2026-02-05 10:00'))
    const [old, young, answered] = [await house.open(asker), await house.open(asker), await house.open(asker)]
    await house.reply(answered.id)
    await db.setNow(msk('2026-02-05 11:00'))
    await merge(young.id, old.id)
    await merge(answered.id, old.id)
    expect(await answersOf(old.id)).toHaveLength(1)
  })

  it('of what was merged into takes the promise along to the last', async () => {
    const asker = await house.client(plain)
    await db.setNow(msk('2026-02-06 10:00'))
    const [b, c] = [await house.open(asker), await house.open(asker)]
    await house.reply(b.id)
    await house.reply(c.id)
    await db.setNow(msk('2026-02-06 11:00'))
    const a = await house.open(asker)
    const [promised] = await answersOf(a.id)
    await merge(a.id, b.id)
    await merge(b.id, c.id)
    expect((await answersOf(c.id)).at(-1)).toBe(promised!.replace('reaction', 'next_answer'))
    await expect(merge(a.id, c.id)).rejects.toMatchObject({ code: 'ticket.merged' })
    await expect(merge(c.id, a.id)).rejects.toMatchObject({ code: 'ticket.merged' })
  })

  it('across clients, and of what is open into what is closed, is refused and moves nothing', async () => {
    await db.setNow(msk('2026-02-09 10:00'))
    const asker = await house.client(plain)
    const [mine, closed] = [await house.open(asker), await house.open(asker)]
    const foreign = await house.open(await house.client(plain))
    await db.owner`update ticket set state = 'closed' where id = ${closed.id}`
    const before = await storedOf(db, mine.id)
    await expect(merge(mine.id, foreign.id)).rejects.toMatchObject({ code: 'ticket.merge_foreign' })
    await expect(merge(mine.id, closed.id)).rejects.toMatchObject({ code: 'ticket.merge_closed' })
    expect(await storedOf(db, mine.id)).toEqual(before)
  })

  it('while workers ring the alarms of both rings each once, and none of a ticket that is gone', async () => {
    const asker = await house.client(plain)
    await db.setNow(msk('2026-02-10 10:00'))
    const pairs = []
    for (let i = 0; i < 6; i++) pairs.push([await house.open(asker), await house.open(asker)] as const)
    await db.setNow(msk('2026-02-16 10:00'))
    house.rung.length = 0
    await Promise.all([fireAll(), ...pairs.map(([from, into]) => merge(from.id, into.id)), fireAll(), fireAll()])
    await fireAll()
    const names = house.rung.map((one) => `${one.ticket.id} ${one.metric} ${one.seq} ${one.kind}`)
    expect(new Set(names).size).toBe(names.length)
    const kept =
      await db.owner`select ticket_id, metric, seq, kind from sla_alarm where fired_at >= ${msk('2026-02-16 10:00')}`
    expect(kept).toHaveLength(names.length)
    const gone = await db.owner`select 1 from clock c join ticket t on t.id = c.ticket_id
      where t.merged_into_id is not null and (c.state in ('running', 'paused') or c.next_alarm_at is not null and c.next_alarm <> 'breach')`
    expect(gone).toEqual([])
  })
})
