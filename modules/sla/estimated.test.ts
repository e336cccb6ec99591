import { contactActor, serveRoutes } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { cabinetTicketRoutes, createDesk, ticketsRoutes } from '@opora/tickets'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cabinetSlaRoutes, slaRoutes } from './index.ts'
import { addFact, addPolicy, dueOf, msk, type SlaHouse, slaHouse } from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse
let api: Awaited<ReturnType<typeof serveRoutes>>

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(msk('2027-01-11 09:00'))
  house = await slaHouse(db)
  api = await serveRoutes(db, [
    ...slaRoutes(house.sla),
    ...cabinetSlaRoutes(house.sla),
    ...ticketsRoutes(house.tickets, createDesk()),
    ...cabinetTicketRoutes(house.tickets, house.ports),
  ])
  const row = { name: 'Все', nameEn: 'All', when: {} }
  const answer = { reaction: { amount: 8 * 60, unit: 'service_minutes' as const } }
  const solution = { resolution: { amount: 5, unit: 'working_days' as const } }
  await addPolicy(db, 'both', [{ ...row, targets: { ...answer, ...solution } }])
  await addPolicy(db, 'answers', [{ ...row, targets: answer }])
})
afterAll(async () => {
  await api.close()
  await db.drop()
})

/** Where people see a deadline: the desk's list and ticket, the cabinet's list, ticket and clocks. */
async function marks(slaPolicyCode: string, openedAt: string) {
  const asker = await house.client({ slaPolicyCode, calendarCode: 'mon-fri-10-18' })
  await db.setNow(msk(openedAt))
  const { id } = await house.open(asker)
  const staff = await house.staff(['im'])
  const contact = contactActor(asker.contact)
  const get = async (actor: typeof staff, path: string) => (await api.call(actor, 'GET', path)).body
  const listed = (await get(staff, '/tickets')).items!.find((item) => item['id'] === id) as {
    next: { estimated: boolean }
  }
  const clocks = (await get(staff, `/tickets/${id}/clocks`)).items as { estimated: boolean }[]
  const inCabinet = (await get(contact, '/cabinet/tickets')).items!.find((item) => item['id'] === id)
  const cabinetClocks = (await get(contact, `/cabinet/tickets/${id}/clocks`)).items as { estimated: boolean }[]
  return {
    list: listed.next.estimated,
    ticket: clocks.map((clock) => clock.estimated),
    cabinetList: inCabinet?.['expectedEstimated'],
    cabinetTicket: (await get(contact, `/cabinet/tickets/${id}`))['expectedEstimated'],
    cabinetClocks: cabinetClocks.map((clock) => clock.estimated),
  }
}

it('marks a deadline in a year without a decree wherever people read it', async () => {
  expect(await marks('both', '2027-12-30 12:00')).toEqual({
    list: true,
    ticket: [true, true],
    cabinetList: true,
    cabinetTicket: true,
    cabinetClocks: [true, true],
  })
})

it('marks a promised answer too where no solution is promised', async () => {
  expect(await marks('answers', '2027-12-30 17:00')).toMatchObject({
    list: true,
    cabinetList: true,
    cabinetTicket: true,
  })
})

it('marks nothing in the years that have their decrees', async () => {
  expect(await marks('both', '2026-12-29 12:00')).toEqual({
    list: false,
    ticket: [false, false],
    cabinetList: false,
    cabinetTicket: false,
    cabinetClocks: [false, false],
  })
})

it('moves open deadlines when a day to come of an approved year changes', async () => {
  const asker = await house.client({ slaPolicyCode: 'both', calendarCode: 'mon-fri-10-18' })
  await db.setNow(msk('2027-06-01 12:00'))
  const { id } = await house.open(asker)
  expect(await dueOf(db, id, 'resolution 1')).toBe('2027-06-08 18:00')
  await db.setNow(msk('2027-06-01 13:00'))
  await db.owner`update production_year set loaded_at = app_now(),
    data = jsonb_set(data, '{weekdaysOff}', data -> 'weekdaysOff' || '["2027-06-07"]') where year = 2027`
  const moved = await db.begin({ as: 'worker' }, (tx) => house.sla.refreshEstimated(tx, { limit: 100, after: 0 }))
  expect([moved, await dueOf(db, id, 'resolution 1')]).toEqual([null, '2027-06-09 18:00'])
  const { differences } = await house.sla.recheckClocks(db.owner, { limit: 100 })
  expect(differences.filter((one) => one.ticketId === id)).toEqual([])
})

it('lets the cabinet count down in working time, and tells a wait with what is left', async () => {
  const asker = await house.client({ slaPolicyCode: 'both', calendarCode: 'mon-fri-10-18' })
  await db.setNow(msk('2026-03-03 17:30'))
  const { id } = await house.open(asker)
  const countdowns = async () => {
    const contact = contactActor(asker.contact)
    const { items } = (await api.call(contact, 'GET', '/cabinet/tickets')).body
    const one = (await api.call(contact, 'GET', `/cabinet/tickets/${id}`)).body
    return [items!.find((item) => item['id'] === id)?.['countdown'], one['countdown']]
  }
  const minutes = 30 + 5 * 8 * 60
  const [inList, inTicket] = await countdowns()
  expect(inList).toMatchObject({ state: 'running', remainingMinutes: minutes, open: true })
  expect(inTicket).toMatchObject({ state: 'running', remainingMinutes: minutes, open: true })
  const { turnsIn } = inTicket as { turnsIn: number[] }
  expect(turnsIn.slice(0, 3).map((seconds) => Math.ceil(seconds / 60))).toEqual([30, 990, 1_470])
  await addFact(house, db, id, 'answered', {}, '2026-03-04 11:00')
  await addFact(house, db, id, 'paused', { reason: 'client' }, '2026-03-04 11:01')
  await db.setNow(msk('2026-03-06 11:00'))
  const paused = {
    state: 'paused',
    remainingMinutes: expect.toSatisfy((left: number) => Math.abs(left - minutes + 91) <= 1),
    open: false,
    turnsIn: [],
  }
  expect(await countdowns()).toEqual([paused, paused])
})
