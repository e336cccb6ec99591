import { systemActor } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addPolicy, msk, type SlaHouse, slaHouse, storedOf } from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse
let asker: Awaited<ReturnType<SlaHouse['client']>>
const logged: string[] = []
const log = { error: (_facts: object, text: string) => logged.push(text), warn: () => {}, info: () => {} } as never

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(msk('2026-01-12 09:00'))
  house = await slaHouse(db)
  await addPolicy(db, 'hours', [
    { name: 'all', nameEn: 'all', when: {}, targets: { reaction: { amount: 240, unit: 'service_minutes' } } },
  ])
  asker = await house.client({ slaPolicyCode: 'hours', calendarCode: 'mon-fri-10-18' })
})
afterAll(() => db.drop())
beforeEach(() => {
  house.rung.length = 0
  logged.length = 0
})

const fire = (limit?: number) => house.sla.fireDueAlarms(db, log, limit)
const fireAll = async () => {
  while ((await fire()) > 0);
}
const kinds = () => house.rung.map((alarm) => alarm.kind)
const kept = (ticketId: number) =>
  db.owner<{ kind: string; late: number }[]>`
    select kind, (extract(epoch from fired_at - at) * 1000)::int as late from sla_alarm where ticket_id = ${ticketId} order by id`

describe('an alarm', () => {
  it('rings when its share of the open minutes has passed, not before, and once', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 11:59'))
    await fireAll()
    expect(kinds()).toEqual([])
    await db.setNow(msk('2026-02-03 12:01'))
    await fireAll()
    await fireAll()
    expect(house.rung).toMatchObject([
      { kind: 'warn50', metric: 'reaction', seq: 1, superseded: false, aroundTheClock: false, ticket: { id } },
    ])
    await db.setNow(msk('2026-02-03 14:01'))
    await fireAll()
    expect(kinds()).toEqual(['warn50', 'warn75', 'warn90', 'breach'])
    expect(house.rung.map((alarm) => alarm.superseded)).toEqual([false, true, true, false])
    expect(await storedOf(db, id)).toMatchObject([{ state: 'running', breached: '2026-02-03 14:00' }])
    const [ticket] = await db.owner`select breached, next_due_state from ticket where id = ${id}`
    expect(ticket).toEqual({ breached: true, nextDueState: 'breached' })
    expect((await kept(id)).every((alarm) => alarm.late >= 0)).toBe(true)
  })

  it('of a term that was over before anybody looked still rings as a breach, and no warning comes after the end', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 15:00'))
    await house.reply(id)
    expect(await storedOf(db, id)).toMatchObject([{ state: 'stopped', breached: '2026-02-03 14:00' }])
    await fireAll()
    expect(kinds()).toEqual(['breach'])
  })

  it('does not ring for a ticket that was answered in time', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(asker)
    await house.reply(id)
    await db.setNow(msk('2026-02-05 10:00'))
    await fireAll()
    expect(await kept(id)).toEqual([])
  })

  it('never rings outside the hours of its calendar', async () => {
    await db.setNow(msk('2026-02-06 16:30'))
    await house.open(asker)
    await db.setNow(msk('2026-02-09 09:59'))
    await fireAll()
    expect(kinds()).toEqual([])
    await db.setNow(msk('2026-02-09 10:31'))
    await fireAll()
    expect(kinds()).toEqual(['warn50'])
  })

  it('says whether the promise runs around the clock, so that nobody is woken for office hours', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    await house.open(await house.client({ slaPolicyCode: 'hours', calendarCode: '24x7' }))
    await db.setNow(msk('2026-02-03 12:30'))
    await fireAll()
    expect(house.rung).toMatchObject([{ kind: 'warn50', aroundTheClock: true }])
  })

  it('is put off, and holds up nobody, while it cannot be announced; then it rings once', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const [bad, good] = [await house.open(asker), await house.open(asker)]
    const broken = { id: bad.id }
    house.slaBus.on('sla.alarm', async (_tx, alarm) => {
      if (alarm.ticket.id === broken.id) throw new Error('no paper')
    })
    await db.setNow(msk('2026-02-03 12:30'))
    await fireAll()
    expect(await kept(good.id)).toMatchObject([{ kind: 'warn50' }])
    expect(await kept(bad.id)).toEqual([])
    expect(logged).toEqual(['a batch of alarms failed', 'an alarm could not be announced'])
    broken.id = 0
    await db.setNow(msk('2026-02-03 12:32'))
    await fireAll()
    expect(await kept(bad.id)).toMatchObject([{ kind: 'warn50' }])
  })
})

describe('several workers', () => {
  it('ring each alarm once though they look at the same time and some die in the middle', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const tickets = []
    for (let n = 0; n < 60; n++) tickets.push(await house.open(asker))
    const ids = tickets.map((ticket) => ticket.id)
    // each announcement leaves a row in the announcer's transaction, as an enqueued notice does
    await db.owner`create table told (ticket_id bigint, kind text)`
    await db.owner`grant insert on told to opora_worker`
    const deaths = { left: 12 }
    house.slaBus.on('sla.alarm', async (tx: Tx, alarm) => {
      await tx`insert into told values (${alarm.ticket.id}, ${alarm.kind})`
      if (alarm.ticket.id % 5 === 0 && deaths.left-- > 0) throw new Error('killed')
    })
    const work = async (limit: number) => {
      for (let idle = 0; idle < 3; ) idle = (await fire(limit)) === 0 ? idle + 1 : 0
    }
    for (const minute of ['12:01', '13:01', '13:40', '14:01', '14:05', '14:10']) {
      await db.setNow(msk(`2026-02-03 ${minute}`))
      await Promise.all([work(7), work(11), work(20)])
    }
    const twice = await db.owner`select ticket_id, kind from told group by 1, 2 having count(*) > 1`
    const [told] = await db.owner<{ told: number; kept: number }[]>`
      select (select count(*) from told where ticket_id = any(${ids})) as told, (select count(*) from sla_alarm where ticket_id = any(${ids})) as kept`
    expect(twice).toEqual([])
    expect(told).toEqual({ told: 240, kept: 240 })
  })

  it('leave a ticket that somebody has in hand to the next look instead of waiting for it', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 12:30'))
    await db.begin({ as: 'worker' }, async (tx) => {
      await house.tickets.lockForAction(tx, systemActor(), id, 'ticket.read')
      await fireAll()
      expect(await kept(id)).toEqual([])
    })
    await fireAll()
    expect(await kept(id)).toMatchObject([{ kind: 'warn50' }])
  })
})

it('after all this the stored clocks are those of their histories', async () => {
  await db.setNow(msk('2026-03-03 10:00'))
  const recheck = () => house.sla.recheckClocks(db.worker, { limit: 1_000 })
  expect((await recheck()).differences).toEqual([])
  await fireAll()
  expect((await recheck()).differences).toEqual([])
})
