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
const at = (iso: string) => Date.parse(iso)
const TUESDAY = at('2026-02-03T12:00:00+03:00')
const SUNDAY_NIGHT = at('2026-02-08T03:00:00+03:00')
let db: TestDatabase
let duty: Duty
let client: number
/** Tickets whose contract has duty around the clock. */
const onDuty = new Set<number>()
/** What was told, in order: whom a page called, or whom its end was told to. */
const heard: (number | { unanswered: number[] })[] = []

beforeAll(async () => {
  db = await createTestDatabase()
  await withCatalogue(db)
  const book = createCalendarBook()
  const bus = createEventBus<DutyEvents>()
  bus.on('duty.called', async (_tx, { accountId }) => void heard.push(accountId))
  bus.on('duty.unanswered', async (_tx, { accountIds }) => void heard.push({ unanswered: accountIds }))
  const calendars = async (sql: Parameters<typeof book.refresh>[0]) => {
    await book.refresh(sql)
    return book.calendar
  }
  duty = createDuty({ bus, calendars, waitMs: 5 * MINUTE, isDutyPromised: async (_sql, id) => onDuty.has(id) })
})
afterAll(() => db.drop())
beforeEach(async () => {
  heard.length = 0
  // each test has people and a client of its own
  await db.owner`update account set active = false`
  client = (await createClient(db.owner)).id
})

async function someone(role: Role, hours: string | null = null, serves: number[] | null = null) {
  const { id } = await createStaff(db.owner, { roles: [role], ...(serves ? { clientIds: serves } : {}) })
  const preferences = db.owner.json(hours === null ? {} : { hours })
  await db.owner`update account set preferences = ${preferences} where id = ${id}`
  return id
}

async function ticket(given: { assigneeId?: number } = {}) {
  const [row] = await db.owner<{ id: number; number: number }[]>`
    insert into ticket (client_id, channel, subject, assignee_id) values (${client}, 'email', 'Не работает', ${given.assigneeId ?? null}) returning id, number`
  return { ...row!, clientId: client, subject: 'Не работает' }
}

const worker = <T>(body: (tx: Tx) => Promise<T>) => db.begin({ as: 'worker' }, body)
const raise = (one: Awaited<ReturnType<typeof ticket>>, role: string, now: number, occasion = 'a') =>
  worker((tx) => duty.raise(tx, { ticket: one, role, occasion, kind: 'page', now }))
async function goOn(now: number) {
  await db.setNow(now)
  while ((await duty.callOverdue(db, silent)) > 0);
}
const stateOf = async (id: number) => (await db.owner`select state from duty_page where id = ${id}`)[0]!['state']
const answer = (accountId: number, pageId: number, roles: Role[] = ['it'], clients: number[] | null = null) =>
  db.begin({ as: 'staff' }, (tx) => duty.answer(tx, staffActor(accountId, roles, clients), pageId))

describe('a page', () => {
  it('is an accident’s only where the ticket is one; a rule calls for whatever it likes', async () => {
    await db.setNow(TUESDAY)
    const kinds = async (kind: string) => {
      const one = { ...(await ticket()), kind } as never
      await worker((tx) =>
        duty.onAction(tx, {
          actor: {} as never,
          ticket: one,
          name: 'page_on_call',
          params: { role: 'it' },
          now: TUESDAY,
        }),
      )
      const [page] = await db.owner`select kind, role from duty_page order by id desc limit 1`
      return page
    }
    expect(await kinds('accident')).toEqual({ kind: 'page', role: 'it' })
    expect(await kinds('request')).toEqual({ kind: 'page_asked', role: 'it' })
  })

  it('calls who is on shift, and after each wait without an answer the next; its end is told to the incident manager', async () => {
    await db.setNow(SUNDAY_NIGHT)
    const office = await someone('it')
    const night = await someone('it', '24x7')
    const saturdays = await someone('it', 'mon-sat-9-19')
    const manager = await someone('im')
    const id = await raise(await ticket(), 'it', SUNDAY_NIGHT)
    expect(heard).toEqual([night])
    await goOn(SUNDAY_NIGHT + 4 * MINUTE)
    expect(heard).toEqual([night])
    await goOn(SUNDAY_NIGHT + 6 * MINUTE)
    await goOn(SUNDAY_NIGHT + 12 * MINUTE)
    // the night's own first, then in the order in which the others' hours begin: both on Monday, the one at nine before the one at ten
    expect(heard).toEqual([night, saturdays, office])
    await goOn(SUNDAY_NIGHT + 18 * MINUTE)
    expect(heard.at(-1)).toEqual({ unanswered: [manager] })
    expect(await stateOf(id!)).toBe('unanswered')
    await goOn(SUNDAY_NIGHT + 60 * MINUTE)
    expect(heard).toHaveLength(4)
  })

  it('is raised once for one reason, and calls nobody twice under several workers', async () => {
    await db.setNow(TUESDAY)
    const people = [await someone('it'), await someone('it'), await someone('it')]
    const manager = await someone('im')
    const one = await ticket()
    const raised = await Promise.all([1, 2, 3, 4].map(() => raise(one, 'it', TUESDAY)))
    expect(raised.filter((id) => id !== null)).toHaveLength(1)
    expect(heard).toHaveLength(1)
    for (let wait = 1; wait <= 4; wait++) {
      await db.setNow(TUESDAY + wait * 6 * MINUTE)
      await Promise.all([1, 2, 3, 4, 5].map(() => duty.callOverdue(db, silent)))
    }
    expect(heard).toEqual([...people, { unanswered: [manager] }])
  })

  it('that somebody has answered calls nobody else, and a second answer is one', async () => {
    await db.setNow(TUESDAY)
    const [first, second] = [await someone('it'), await someone('it')]
    const id = await raise(await ticket(), 'it', TUESDAY)
    await answer(first, id!)
    await answer(first, id!)
    await expect(answer(second, id!)).rejects.toMatchObject({ code: 'duty.answered' })
    await goOn(TUESDAY + 60 * MINUTE)
    expect(heard).toEqual([first])
  })

  it('of two who answer at once has one', async () => {
    await db.setNow(TUESDAY)
    const people = [await someone('it'), await someone('it'), await someone('it')]
    const id = await raise(await ticket(), 'it', TUESDAY)
    const said = await Promise.allSettled(people.map((person) => answer(person, id!)))
    expect(said.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  })

  it('is answered by taking the ticket, and by answering its client, but not by giving the ticket away', async () => {
    await db.setNow(TUESDAY)
    const engineer = await someone('it')
    const manager = await someone('im')
    const one = await ticket()
    const id = await raise(one, 'it', TUESDAY)
    const event = { ticket: one as never, now: TUESDAY }
    const by = (accountId: number) => ({ ...event, actor: staffActor(accountId, ['it']), accountId: engineer })
    await worker((tx) => duty.onAssigned(tx, by(manager)))
    expect(await stateOf(id!)).toBe('calling')
    await worker((tx) => duty.onAssigned(tx, by(engineer)))
    expect(await stateOf(id!)).toBe('answered')
    const again = await raise(one, 'it', TUESDAY, 'b')
    await worker((tx) => duty.onReplied(tx, { ...by(manager), messageId: 1, sendAt: TUESDAY }))
    expect(await stateOf(again!)).toBe('answered')
  })

  it('of a ticket that was closed in the meantime is dropped, and cannot be answered', async () => {
    await db.setNow(TUESDAY)
    const engineer = await someone('it')
    await someone('it')
    const one = await ticket()
    const id = await raise(one, 'it', TUESDAY)
    await db.owner`update ticket set state = 'closed' where id = ${one.id}`
    await goOn(TUESDAY + 6 * MINUTE)
    expect(heard).toEqual([engineer])
    expect(await stateOf(id!)).toBe('dropped')
    await expect(answer(engineer, id!)).rejects.toMatchObject({ code: 'duty.over' })
  })

  it('of a ticket that was merged goes on, and is answered in the other', async () => {
    await db.setNow(TUESDAY)
    const people = [await someone('it'), await someone('it')]
    const [from, into] = [await ticket(), await ticket()]
    const id = await raise(from, 'it', TUESDAY)
    await db.owner`update ticket set state = 'closed', merged_into_id = ${into.id} where id = ${from.id}`
    await goOn(TUESDAY + 6 * MINUTE)
    expect(heard).toEqual(people)
    const listed = await duty.pagesOf(db.worker, into.id)
    expect(listed).toMatchObject([{ id, state: 'calling' }])
    const actor = staffActor(people[1]!, ['it'])
    await worker((tx) =>
      duty.onReplied(tx, { ticket: into as never, actor, messageId: 1, sendAt: TUESDAY, now: TUESDAY }),
    )
    expect(await stateOf(id!)).toBe('answered')
  })

  it('without anybody of the role is told to the incident manager at once, and theirs to the director', async () => {
    await db.setNow(TUESDAY)
    const [manager, director] = [await someone('im'), await someone('di')]
    await raise(await ticket(), 'dev', TUESDAY)
    expect(heard).toEqual([{ unanswered: [manager] }])
    heard.length = 0
    const id = await raise(await ticket(), 'im', TUESDAY)
    await goOn(TUESDAY + 6 * MINUTE)
    expect(heard).toEqual([manager, { unanswered: [director] }])
    // late, but somebody is there now
    await answer(director, id!, ['di'])
    expect(await stateOf(id!)).toBe('answered')
  })

  it('calls only who serves the client, and is answered by nobody else', async () => {
    await db.setNow(TUESDAY)
    const other = await createClient(db.owner)
    const foreign = await someone('it', null, [other.id])
    const own = await someone('it', null, [client])
    const id = await raise(await ticket(), 'it', TUESDAY)
    expect(heard).toEqual([own])
    await expect(answer(foreign, id!, ['it'], [other.id])).rejects.toMatchObject({ code: 'access.not_found' })
    await expect(answer(own, 999_999_999)).rejects.toMatchObject({ code: 'access.not_found' })
  })

  it('of a ladder goes to the ticket’s own person, or to the incident manager where it has none', async () => {
    await db.setNow(TUESDAY)
    const [mine, manager] = [await someone('l1'), await someone('im')]
    const alarm = { metric: 'reaction', seq: 1, kind: 'breach', now: TUESDAY, steps: [{ act: 'page', to: 'assignee' }] }
    const [had, nobodys] = [await ticket({ assigneeId: mine }), await ticket()]
    const of = (one: object, assigneeId: number | null) => ({ ...alarm, ticket: { ...one, assigneeId } as never })
    await worker((tx) => duty.onAlarm(tx, of(had, mine)))
    await worker((tx) => duty.onAlarm(tx, of(nobodys, null)))
    expect(heard).toEqual([mine, manager])
  })

  it('of a contract with duty calls a developer once, at the opening or when the ticket comes under it, and nobody once it is in hand', async () => {
    await db.setNow(SUNDAY_NIGHT)
    const [developer, other] = [await someone('dev', '24x7'), await someone('dev')]
    const [urgent, raised, taken, plain] = [
      await ticket(),
      await ticket(),
      await ticket({ assigneeId: other }),
      await ticket(),
    ]
    for (const one of [urgent, raised, taken]) onDuty.add(one.id)
    const head = (one: object, assigneeId: number | null = null) =>
      ({ ...one, contractId: 1, assigneeId, state: 'open' }) as never
    const opened = (one: object, assigneeId: number | null = null) =>
      worker((tx) => duty.onOpened(tx, { ticket: head(one, assigneeId), coupon: false, now: SUNDAY_NIGHT } as never))
    const changed = (one: object, type: string) =>
      worker((tx) => duty.onFacts(tx, { ticket: head(one), facts: [{ type }], now: SUNDAY_NIGHT } as never))
    await opened(urgent)
    await changed(urgent, 'priority_changed')
    await changed(raised, 'linked')
    await changed(raised, 'priority_changed')
    await opened(taken, other)
    await opened(plain)
    expect(heard).toEqual([developer, developer])
    const pages = await db.owner`select ticket_id, role, kind from duty_page where occasion = 'duty' order by id`
    expect(pages).toEqual([urgent, raised].map((one) => ({ ticketId: one.id, role: 'dev', kind: 'page_duty' })))
  })

  it('spares who is called already', async () => {
    await db.setNow(TUESDAY)
    const people = [await someone('it'), await someone('it')]
    await raise(await ticket(), 'it', TUESDAY)
    await raise(await ticket(), 'it', TUESDAY)
    expect(heard).toEqual(people)
  })
})
