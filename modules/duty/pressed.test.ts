import type { Role } from '@opora/access'
import { createCalendarBook } from '@opora/contracts'
import { withCatalogue } from '@opora/contracts/testkit'
import { createClient, createStaff, staffActor } from '@opora/people/testkit'
import type { Tx } from '@opora/platform/database'
import { createEventBus } from '@opora/platform/events'
import { silentLog as silent } from '@opora/platform/log'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDuty, type Duty, type DutyEvents } from './index.ts'

const MINUTE = 60_000
const TUESDAY = Date.parse('2026-02-03T12:00:00+03:00')
let db: TestDatabase
let duty: Duty
let client: number
/** What was told, in order: whom a page called, or whom its end was told to. */
const heard: (number | { unanswered: number[] })[] = []
/** A person who cannot be told: the hearer of the call fails. */
let deaf = 0

beforeAll(async () => {
  db = await createTestDatabase()
  await withCatalogue(db)
  const book = createCalendarBook()
  const bus = createEventBus<DutyEvents>()
  bus.on('duty.called', async (tx, { accountId }) => {
    if (accountId === deaf) await tx`select 1 / 0`
    heard.push(accountId)
  })
  bus.on('duty.unanswered', async (_tx, { accountIds }) => void heard.push({ unanswered: accountIds }))
  const calendars = async (sql: Parameters<typeof book.refresh>[0]) => {
    await book.refresh(sql)
    return book.calendar
  }
  duty = createDuty({ bus, calendars, waitMs: 5 * MINUTE, isDutyPromised: async () => false })
})
afterAll(() => db.drop())
beforeEach(async () => {
  heard.length = 0
  deaf = 0
  await db.owner`update account set active = false`
  await db.owner`update duty_page set state = 'dropped', next_call_at = null where state = 'calling'`
  client = (await createClient(db.owner)).id
  await db.setNow(TUESDAY)
})

async function someone(role: Role, clientIds?: number[]) {
  const { id } = await createStaff(db.owner, { roles: [role], ...(clientIds ? { clientIds } : {}) })
  return id
}

async function ticket(given: { assigneeId?: number } = {}) {
  const [row] = await db.owner<{ id: number; number: number }[]>`
    insert into ticket (client_id, channel, subject, assignee_id) values (${client}, 'email', 'Не работает', ${given.assigneeId ?? null}) returning id, number`
  return { ...row!, clientId: client, subject: 'Не работает' }
}

const worker = <T>(body: (tx: Tx) => Promise<T>) => db.begin({ as: 'worker' }, body)
const wish = (one: Awaited<ReturnType<typeof ticket>>, role: string, occasion = 'a') => ({
  ...{ ticket: one, role, occasion, kind: 'page', now: TUESDAY },
})
const raise = (one: Awaited<ReturnType<typeof ticket>>, role: string, occasion = 'a') =>
  worker((tx) => duty.raise(tx, wish(one, role, occasion)))
const callings = (now: number) => db.setNow(now).then(() => duty.callOverdue(db, silent))
const stateOf = async (id: number) => (await db.owner`select state from duty_page where id = ${id}`)[0]!['state']

describe('a page under pressure', () => {
  it('that cannot go on holds no other page back, and goes on itself when it can', async () => {
    const people = [await someone('it'), await someone('it'), await someone('dev'), await someone('dev')]
    await raise(await ticket(), 'it')
    await raise(await ticket(), 'dev')
    deaf = people[1]!
    await callings(TUESDAY + 6 * MINUTE)
    expect(heard).toEqual([people[0], people[2], people[3]])
    deaf = 0
    await callings(TUESDAY + 7 * MINUTE)
    expect(heard).toEqual([people[0], people[2], people[3], people[1]])
  })

  it('raised by a job and by whoever has the ticket in hand is one page, and neither waits for the other for ever', async () => {
    await someone('it')
    const one = await ticket()
    const begun = Promise.withResolvers<void>()
    let job: Promise<number | null> = Promise.resolve(null)
    const mine = await worker(async (tx) => {
      await tx`select from ticket where id = ${one.id} for update`
      job = worker((other) => {
        begun.resolve()
        return duty.raise(other, wish(one, 'it'))
      })
      job.catch(() => undefined)
      await begun.promise
      await untilSomebodyWaits()
      return duty.raise(tx, wish(one, 'it'))
    })
    expect([mine, await job].filter((id) => id !== null)).toHaveLength(1)
    expect(heard).toHaveLength(1)
  })

  it('calls the ticket’s own person or the client’s manager only as long as they serve the client', async () => {
    const other = await createClient(db.owner)
    const [former, manager] = [await someone('it', [other.id]), await someone('im')]
    await raise(await ticket({ assigneeId: former }), 'assignee')
    await db.owner`update client set account_manager_id = ${former} where id = ${client}`
    await raise(await ticket(), 'account_manager')
    expect(heard).toEqual([{ unanswered: [manager] }, { unanswered: [manager] }])
  })

  it('calls nobody who may not answer it', async () => {
    const [administrator, manager, tester] = [await someone('ad'), await someone('im'), await someone('qa')]
    await raise(await ticket(), 'ad')
    expect(heard).toEqual([{ unanswered: [manager] }])
    const id = await raise(await ticket(), 'qa')
    expect(heard.at(-1)).toBe(tester)
    await db.begin({ as: 'staff' }, (tx) => duty.answer(tx, staffActor(tester, ['qa']), id!))
    expect(await stateOf(id!)).toBe('answered')
    expect(heard).not.toContain(administrator)
  })

  it('is told to whoever serves the client where there is neither an incident manager nor a director', async () => {
    const [first] = [await someone('l1')]
    await raise(await ticket(), 'dev')
    expect(heard).toEqual([{ unanswered: [first] }])
  })

  it('waits no longer than its wait when the clock is set back, and calls one person when it is set forward', async () => {
    const people = [await someone('it'), await someone('it'), await someone('it')]
    await db.setNow(TUESDAY + 180 * MINUTE)
    await worker(async (tx) => duty.raise(tx, { ...wish(await ticket(), 'it'), now: TUESDAY + 180 * MINUTE }))
    await callings(TUESDAY + 180 * MINUTE - 1_000)
    expect(heard).toEqual([people[0]])
    await callings(TUESDAY)
    expect(heard).toEqual(people.slice(0, 2))
    await callings(TUESDAY)
    await callings(TUESDAY + 4 * MINUTE)
    expect(heard).toHaveLength(2)
    await callings(TUESDAY + 400 * MINUTE)
    await callings(TUESDAY + 400 * MINUTE)
    expect(heard).toEqual(people)
  })

  it('of a role of three hundred is raised and listed quickly, and calls each once', async () => {
    await db.owner`
      with made as (insert into account (side, name, email, zone, active)
        select 'staff', 'Дежурный ' || i, 'crowd' || i || '@example.test', (array['Europe/Moscow', 'Asia/Kamchatka', 'America/Anchorage'])[i % 3 + 1], true
        from generate_series(1, 300) i returning id)
      insert into account_role (account_id, role) select id, 'dev' from made`
    const started = performance.now()
    const id = await raise(await ticket(), 'dev')
    for (let wait = 1; wait <= 320; wait++) await callings(TUESDAY + wait * 6 * MINUTE)
    expect(performance.now() - started).toBeLessThan(20_000)
    const called = heard.filter((one) => typeof one === 'number')
    expect([called.length, new Set(called).size]).toEqual([300, 300])
    expect(await stateOf(id!)).toBe('unanswered')
  }, 40_000)
})

/** Somebody's statement waits for a lock: the rivals have met. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const rows = await db.owner`select 1 from pg_locks where not granted`
    if (rows.length > 0) return
  }
}
