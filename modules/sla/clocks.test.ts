import { systemActor } from '@opora/access'
import { contactActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addFact,
  addPolicy,
  addVersion,
  countingStatements,
  dueOf,
  moscow,
  msk,
  opening,
  type SlaHouse,
  silent,
  slaHouse,
  storedOf,
} from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse

const service = (amount: number) => ({ amount, unit: 'service_minutes' })
const clock = (amount: number) => ({ amount, unit: 'clock_minutes' })
const row = (name: string, when: object, targets: object, rest: object = {}) => ({
  name,
  nameEn: name,
  when,
  targets,
  ...rest,
})

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(msk('2025-01-09 09:00'))
  house = await slaHouse(db)
  await addPolicy(db, 'plain', [
    row('critical', { priority: 1 }, { reaction: clock(60), resolution: clock(720) }),
    row('all', {}, { reaction: service(240), nextAnswer: service(120), resolution: service(960) }),
  ])
})
afterAll(() => db.drop())

// the moment of the test runs on by some milliseconds
const hoursAhead = (hours: number) => expect.toSatisfy((seconds: number) => Math.abs(seconds - hours * 3_600) <= 5)

const within = (minutes: number) => expect.toSatisfy((left: number) => Math.abs(left - minutes) <= 1)

const plain = { slaPolicyCode: 'plain', calendarCode: 'mon-fri-10-18' }
const listed = async (id: number) => {
  const page = await house.tickets.list(db.staff, systemActor(), { filter: {}, sort: 'registered', limit: 200 })
  return page.items.find((item) => item.id === id)!
}

describe('opening a ticket', () => {
  it('starts its clocks, shows the first deadline in the list, and costs three statements more', async () => {
    await db.setNow(msk('2026-02-03 11:00'))
    const asker = await house.client(plain)
    await house.open(asker)
    const { id } = await house.open(asker)
    expect(await storedOf(db, id)).toEqual([
      { clock: 'reaction 1', state: 'running', due: '2026-02-03 15:00', pause: null, breached: null },
      { clock: 'resolution 1', state: 'running', due: '2026-02-05 11:00', pause: null, breached: null },
    ])
    const { next, breached } = await listed(id)
    expect({ ...next, dueAt: moscow(next!.dueAt), breached }).toEqual({
      metric: 'reaction',
      dueAt: '2026-02-03 15:00',
      state: 'running',
      remainingMinutes: 240,
      open: true,
      // till 18:00, and till 10:00 of the next day, and so on
      turnsIn: [7, 23, 31, 47, 55, 71, 79].map(hoursAhead),
      estimated: false,
      breached: false,
    })
    const statements = await countingStatements(db, (tx) =>
      house.sla.onTicketOpened(tx, {
        ...opening(id, asker),
        facts: [
          { id: 1, type: 'opened', at: Date.now(), data: { priority: 3, contractId: asker.contractId } },
          { id: 2, type: 'place_entered', at: Date.now(), data: {} },
        ],
      }),
    )
    expect(statements).toBeLessThanOrEqual(3)
  })

  it('counts a Sunday ticket from Monday, and a Friday night one from Monday too', async () => {
    const asker = await house.client(plain)
    await db.setNow(msk('2026-02-08 12:00'))
    const sunday = await house.open(asker)
    expect(await dueOf(db, sunday.id, 'reaction 1')).toBe('2026-02-09 14:00')
    expect((await listed(sunday.id)).next!.remainingMinutes).toBe(240)
    await db.setNow(msk('2026-02-06 23:00'))
    const night = await house.open(asker)
    expect(await dueOf(db, night.id, 'reaction 1')).toBe('2026-02-09 14:00')
  })

  it('shows a wait in the list with what is left, and counts on from there once the deadline is past', async () => {
    const asker = await house.client(plain)
    await db.setNow(msk('2026-02-03 11:00'))
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 12:00'))
    await addFact(house, db, id, 'answered', {}, '2026-02-03 12:00')
    await addFact(house, db, id, 'paused', { reason: 'client' }, '2026-02-03 12:02')
    await db.setNow(msk('2026-02-04 16:00'))
    expect((await listed(id)).next).toEqual({
      metric: 'resolution',
      dueAt: null,
      state: 'paused',
      remainingMinutes: within(899),
      open: false,
      turnsIn: [],
      estimated: false,
    })
    await addFact(house, db, id, 'resumed', {}, '2026-02-04 16:00')
    // due on the 6th at 14:58; late by an hour and a little, then a wait of a day that does not count
    await addFact(house, db, id, 'paused', { reason: 'client' }, '2026-02-06 16:00')
    expect((await listed(id)).next).toMatchObject({ state: 'breached', remainingMinutes: within(-61), open: false })
    await db.setNow(msk('2026-02-09 16:00'))
    expect((await listed(id)).next).toMatchObject({ remainingMinutes: within(-61) })
    await addFact(house, db, id, 'resumed', {}, '2026-02-09 16:00')
    await db.setNow(msk('2026-02-09 17:00'))
    expect((await listed(id)).next).toMatchObject({ state: 'breached', remainingMinutes: within(-121), open: true })
  })

  it('gives prospects the vendor table, and whoever is not identified its slowest class', async () => {
    await db.setNow(msk('2026-02-03 11:00'))
    const partner = await house.client(null, { kind: 'prospect', licenceClass: 'partner' })
    const { id } = await house.open(partner)
    expect(await storedOf(db, id)).toMatchObject([{ clock: 'reaction 1', due: '2026-02-03 16:00' }])
    const unknown = await house.client(null, { kind: 'prospect', licenceClass: 'prospect' })
    const slow = await house.open({ ...unknown, contact: null })
    expect(await storedOf(db, slow.id)).toMatchObject([{ clock: 'reaction 1', due: '2026-02-05 17:00' }])
  })

  it('starts nothing while the right to support is waited for, and everything when it comes', async () => {
    await db.setNow(msk('2026-02-03 11:00'))
    const asker = await house.client(plain)
    const { id } = await house.open({ ...asker, contact: null })
    expect(await storedOf(db, id)).toEqual([])
    expect((await listed(id)).next).toBeNull()
    await db.setNow(msk('2026-02-04 12:00'))
    await db.begin({ as: 'worker' }, (tx) => house.tickets.entitle(tx, systemActor(), id))
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-04 16:00')
  })

  it('promises nothing for what no contract covers', async () => {
    const { id } = await house.open(await house.client(null))
    expect(await storedOf(db, id)).toEqual([])
  })

  it('marks a deadline that rests on a year without an approved calendar, until the year is loaded', async () => {
    await db.setNow(msk('2029-02-06 11:00'))
    const { id } = await house.open(await house.client(plain, {}, '2029-01-01'))
    expect((await listed(id)).next).toMatchObject({ estimated: true })
    const year = {
      year: 2029,
      status: 'approved',
      source: 'test',
      holidays: [{ date: '2029-02-06', name: 'Праздник' }],
    }
    const data = db.owner.json({ ...year, weekdaysOff: [], workingWeekends: [], shortened: [], moves: [] })
    await db.setNow(msk('2029-02-06 12:00'))
    await db.owner`insert into production_year (country, year, data, source) values ('RU', 2029, ${data}, 'test')
      on conflict (country, year) do update set data = excluded.data, loaded_at = app_now()`
    await db.begin({ as: 'worker' }, (tx) => house.sla.refreshEstimated(tx, { limit: 10, after: 0 }))
    expect((await listed(id)).next).toMatchObject({ estimated: false })
    expect(await dueOf(db, id, 'reaction 1')).toBe('2029-02-07 14:00')
  })
})

describe('answers and messages', () => {
  it('runs the next-answer clock only between a client’s message and the next public answer', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const asker = await house.client(plain)
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 10:10'))
    await house.clientWrites(id, asker.contact.id)
    expect((await storedOf(db, id)).map((one) => one.clock)).toEqual(['reaction 1', 'resolution 1'])
    await db.setNow(msk('2026-02-03 10:30'))
    await house.reply(id)
    await db.setNow(msk('2026-02-03 11:00'))
    await house.clientWrites(id, asker.contact.id)
    expect(await storedOf(db, id)).toMatchObject([
      { clock: 'reaction 1', state: 'met' },
      { clock: 'resolution 1', state: 'running' },
      { clock: 'next_answer 1', state: 'running', due: '2026-02-03 13:00' },
    ])
    expect((await listed(id)).next).toMatchObject({ metric: 'next_answer', remainingMinutes: 120 })
    await db.setNow(msk('2026-02-03 11:20'))
    const answer = await house.reply(id)
    expect(await dueOf(db, id, 'next_answer 1')).toBe('2026-02-03 13:00')
    expect((await listed(id)).next).toMatchObject({ metric: 'resolution' })
    await answer.undo()
    expect((await listed(id)).next).toMatchObject({ metric: 'next_answer' })
  })

  it('move the clocks in the client’s own transaction too, where the database shows this client alone', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const asker = await house.client(plain)
    const me = contactActor(asker.contact)
    const author = { contactId: asker.contact.id, accountId: null, name: me.name, email: me.email }
    const { id } = await db.begin(me.scope, (tx) =>
      house.tickets.open(tx, me, {
        ...{ clientId: asker.clientId, contactId: asker.contact.id, portalId: null, channel: 'cabinet', author },
        ...{ subject: 'Вопрос', text: 'Как выгрузить отчёт?' },
      }),
    )
    await house.reply(id)
    await db.begin(me.scope, (tx) =>
      house.tickets.clientWrote(tx, me, id, { text: 'Ещё вопрос', channel: 'cabinet', author }),
    )
    expect((await storedOf(db, id)).map(({ clock: name, state }) => [name, state])).toEqual([
      ['reaction 1', 'met'],
      ['resolution 1', 'running'],
      ['next_answer 1', 'running'],
    ])
    const stranger = { as: 'client', clientId: asker.clientId + 1, accountId: 1 } as const
    const seen = await db.begin(stranger, async (tx) => await tx`select 1 from clock where ticket_id = ${id}`)
    expect(seen).toHaveLength(0)
  })

  it('forgets a clock that began only because of an answer that was taken back', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const asker = await house.client(plain)
    const { id } = await house.open(asker)
    const answer = await house.reply(id)
    await house.clientWrites(id, asker.contact.id)
    expect((await storedOf(db, id)).map((one) => one.clock)).toContain('next_answer 1')
    await answer.undo()
    expect(await storedOf(db, id)).toMatchObject([
      { clock: 'reaction 1', state: 'running' },
      { clock: 'resolution 1', state: 'running' },
    ])
  })
})

describe('places of the process', () => {
  it('pause resolution and next answer while the client is waited for, and never reaction', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const asker = await house.client(plain)
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 11:00'))
    await house.press(id, 'l1_classify', 'ask_client')
    expect(await storedOf(db, id)).toMatchObject([
      { clock: 'reaction 1', state: 'met' },
      { clock: 'resolution 1', state: 'paused', due: null, pause: 'client' },
    ])
    await db.setNow(msk('2026-03-03 12:00'))
    await house.sla.fireDueAlarms(db, silent)
    expect((await storedOf(db, id))[1]).toMatchObject({ breached: null })
    await house.clientWrites(id, asker.contact.id)
    // one of sixteen service hours was used before the pause
    expect(await dueOf(db, id, 'resolution 1')).toBe('2026-03-05 11:00')
  })

  it('do not stop the clocks for a vendor unless the policy says so', async () => {
    await addPolicy(db, 'vendor-counts', [row('all', {}, { resolution: service(960) })], {
      pausesCounted: ['client', 'vendor'],
    })
    const due = async (slaPolicyCode: string) => {
      await db.setNow(msk('2026-02-03 10:00'))
      const { id } = await house.open(await house.client({ ...plain, slaPolicyCode }))
      await addFact(house, db, id, 'paused', { reason: 'vendor' }, '2026-02-03 11:00')
      await addFact(house, db, id, 'resumed', {}, '2026-02-03 15:00')
      return await dueOf(db, id, 'resolution 1')
    }
    expect(await due('plain')).toBe('2026-02-05 10:00')
    expect(await due('vendor-counts')).toBe('2026-02-05 14:00')
  })

  it('end resolution on confirmation, and a rejection there means that it never stopped', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const asker = await house.client(plain)
    const { id } = await house.open(asker)
    await db.setNow(msk('2026-02-03 12:00'))
    await house.press(id, 'l1_classify', 'answer')
    expect((await storedOf(db, id))[1]).toMatchObject({ clock: 'resolution 1', state: 'met' })
    expect((await listed(id)).next).toBeNull()
    await db.setNow(msk('2026-02-04 10:00'))
    await house.press(id, 'confirm', 'return', { reason: 'Не помогло' })
    const after = await storedOf(db, id)
    expect(after.find((one) => one.clock === 'resolution 1')).toMatchObject({
      state: 'running',
      due: '2026-02-05 10:00',
    })
  })
})

describe('changes of what is promised', () => {
  it('measure the new target from the original start', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(await house.client(plain))
    await db.setNow(msk('2026-02-03 12:00:30'))
    await house.change(id, { priority: 1 })
    expect(await storedOf(db, id)).toMatchObject([
      { clock: 'reaction 1', due: '2026-02-03 11:00' },
      { clock: 'resolution 1', due: '2026-02-03 22:00' },
    ])
    expect(await listed(id)).toMatchObject({ breached: true, next: { state: 'breached', remainingMinutes: -60 } })
  })

  it('a work-around meets the high priority and begins another clock; its rejection takes that back', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const { id } = await house.open(await house.client(plain), { priority: 1 })
    await addFact(house, db, id, 'work_around', { from: 1, to: 3 }, '2026-02-03 16:00')
    expect(await storedOf(db, id)).toMatchObject([
      { clock: 'reaction 1' },
      { clock: 'resolution 1', state: 'met', due: '2026-02-03 22:00' },
      { clock: 'resolution 2', state: 'running', due: '2026-02-05 16:00' },
    ])
    await addFact(house, db, id, 'confirm_rejected', {}, '2026-02-03 17:00')
    expect(await storedOf(db, id)).toMatchObject([
      { clock: 'reaction 1' },
      { clock: 'resolution 1', state: 'running', due: '2026-02-03 22:00' },
      { clock: 'resolution 2', state: 'cancelled' },
    ])
  })

  it('a new version of the policy, of the calendar or of the contract binds later tickets, not running ones', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const spec = { zone: 'Europe/Moscow', week: { tue: [['10:00', '18:00']], wed: [['10:00', '18:00']] } }
    await db.owner`insert into calendar (code, name_ru, name_en, spec) values ('own', 'Своя', 'Own', ${db.owner.json({ ...spec, dayRule: 'every_listed_day' })})`
    await db.owner`insert into calendar_version (code, version, spec) select code, 1, spec from calendar where code = 'own'`
    await addPolicy(db, 'moving', [row('all', {}, { reaction: service(240) })])
    const asker = await house.client({ slaPolicyCode: 'moving', calendarCode: 'own' })
    const first = await house.open(asker)
    await db.setNow(msk('2026-02-03 11:00'))
    await addVersion(db, 'sla_policy', 'moving', {
      rows: [row('all', {}, { reaction: service(60) })],
      pausesCounted: [],
    })
    const second = await house.open(asker)
    await db.setNow(msk('2026-02-03 12:00'))
    const late = { zone: 'Europe/Moscow', week: { tue: [['14:00', '20:00']] }, dayRule: 'every_listed_day' }
    await addVersion(db, 'calendar', 'own', late)
    const third = await house.open(asker)
    await house.change(first.id, { kind: 'change' })
    await house.change(second.id, { kind: 'change' })
    expect(await dueOf(db, first.id, 'reaction 1')).toBe('2026-02-03 14:00')
    expect(await dueOf(db, second.id, 'reaction 1')).toBe('2026-02-03 12:00')
    expect(await dueOf(db, third.id, 'reaction 1')).toBe('2026-02-03 15:00')
    await db.setNow(msk('2026-02-03 12:00:30'))
    // the list goes on counting each by its own hours
    expect((await listed(first.id)).next!.remainingMinutes).toBe(120)
  })

  it('knows a lunch break', async () => {
    await db.setNow(msk('2026-02-03 12:30'))
    const lunch = {
      zone: 'Europe/Moscow',
      week: { tue: [['10:00', '18:00']] },
      dayRule: 'every_listed_day',
      breaks: [{ from: '13:00', to: '14:00' }],
    }
    await db.owner`insert into calendar (code, name_ru, name_en, spec) values ('lunch', 'Обед', 'Lunch', ${db.owner.json(lunch)})`
    await db.owner`insert into calendar_version (code, version, spec) select code, 1, spec from calendar where code = 'lunch'`
    const { id } = await house.open(await house.client({ slaPolicyCode: 'plain', calendarCode: 'lunch' }))
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-03 17:30')
  })

  it('a coupon counts around the clock from the moment it is spent', async () => {
    await db.setNow(msk('2026-02-08 03:00'))
    const asker = await house.client({ ...plain, coupon: { perYear: 1, reactionMinutes: 60, channels: ['phone'] } })
    const [coupon] = await db.owner<{ code: string }[]>`select code from coupon where contract_id = ${asker.contractId}`
    const { id } = await house.open(asker, { couponCode: coupon!.code })
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-08 04:00')
  })

  it('a merged ticket has no deadline any more', async () => {
    await db.setNow(msk('2026-02-03 10:00'))
    const asker = await house.client(plain)
    const [one, other] = [await house.open(asker), await house.open(asker)]
    await db.begin({ as: 'worker' }, (tx) => house.tickets.merge(tx, systemActor(), one.id, other.id))
    expect((await storedOf(db, one.id)).map((clocked) => clocked.state)).toEqual(['cancelled', 'cancelled'])
  })
})

it('replaying everything that these tests have done finds no difference', async () => {
  await db.setNow(msk('2029-04-02 10:00'))
  while ((await house.sla.fireDueAlarms(db, silent)) > 0);
  const recheck = await house.sla.recheckClocks(db.worker, { limit: 1_000 })
  expect(recheck).toMatchObject({ differences: [], after: null })
  expect(recheck.checked).toBeGreaterThan(20)
  await db.owner`update clock set due_at = due_at + interval '1 minute' where id = (select min(id) from clock where due_at is not null)`
  expect((await house.sla.recheckClocks(db.worker, { limit: 1_000 })).differences).toMatchObject([{ field: 'due_at' }])
})
