import { contactActor } from '@opora/people/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addPolicy, msk, type SlaHouse, slaHouse, storedOf } from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse
const service = (amount: number) => ({ amount, unit: 'service_minutes' })
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
  await addPolicy(db, 'typed', [
    row('boxed', { portalType: 'boxed' }, { reaction: service(60), resolution: service(480) }),
    row('all', {}, { reaction: service(240), resolution: service(960) }, { agreedTerm: true }),
  ])
  await addPolicy(db, 'answers', [row('all', {}, { reaction: service(240) })])
})
afterAll(() => db.drop())

const typed = { slaPolicyCode: 'typed', calendarCode: 'mon-fri-10-18' }
const due = async (id: number, clock: string) => (await storedOf(db, id)).find((one) => one.clock === clock)

it('a term that the client agreed to in the cabinet is what the clock of the solution goes by', async () => {
  await db.setNow(msk('2026-02-03 11:00'))
  const asker = await house.client(typed)
  const { id } = await house.open(asker)
  expect((await due(id, 'resolution 1'))?.due).toBe('2026-02-05 11:00')
  const staff = await house.staff()
  const dueAt = Date.parse(msk('2026-02-20 15:00'))
  const offer = await db.begin(staff.scope, (tx) =>
    house.tickets.offerDeadline(tx, staff, id, { dueAt, reason: 'Ждём поставку' }),
  )
  // proposed is not agreed
  expect((await due(id, 'resolution 1'))?.due).toBe('2026-02-05 11:00')
  const client = contactActor(asker.contact!)
  await db.begin(client.scope, (tx) => house.tickets.decideDeadline(tx, client, id, { offerId: offer.id, agree: true }))
  expect((await due(id, 'resolution 1'))?.due).toBe('2026-02-20 15:00')
  expect((await due(id, 'reaction 1'))?.due).toBe('2026-02-03 15:00')
})

it('a row that fixes its term lets nobody propose another', async () => {
  await db.setNow(msk('2026-02-03 11:00'))
  const asker = await house.client(typed)
  const [made] = await db.owner<{ id: number }[]>`insert into portal (client_id, name, address, product)
    values (${asker.clientId}, 'Коробка', 'https://fixed.test', 'bitrix24-boxed') returning id`
  const { id } = await house.open(asker, { portalId: made!.id })
  const staff = await house.staff()
  const dueAt = Date.parse(msk('2026-02-20 15:00'))
  await expect(
    db.begin(staff.scope, (tx) => house.tickets.offerDeadline(tx, staff, id, { dueAt, reason: 'Ждём поставку' })),
  ).rejects.toMatchObject({ code: 'sla.no_other_term' })
})

it('a term agreed where no solution was promised is a promise from then on', async () => {
  await db.setNow(msk('2026-02-03 11:00'))
  const asker = await house.client({ ...typed, slaPolicyCode: 'answers' })
  const { id } = await house.open(asker)
  expect(await due(id, 'resolution 1')).toBeUndefined()
  const staff = await house.staff()
  const dueAt = Date.parse(msk('2026-02-20 15:00'))
  const offer = await db.begin(staff.scope, (tx) =>
    house.tickets.offerDeadline(tx, staff, id, { dueAt, reason: 'Ждём поставку' }),
  )
  const client = contactActor(asker.contact!)
  await db.begin(client.scope, (tx) => house.tickets.decideDeadline(tx, client, id, { offerId: offer.id, agree: true }))
  expect(await due(id, 'resolution 1')).toMatchObject({ state: 'running', due: '2026-02-20 15:00' })
  await db.begin(staff.scope, (tx) => house.tickets.change(tx, staff, id, null, { priority: 2 }))
  expect((await due(id, 'resolution 1'))?.due).toBe('2026-02-20 15:00')
  const { differences } = await house.sla.recheckClocks(db.owner, { limit: 100 })
  expect(differences.filter((one) => one.ticketId === id)).toEqual([])
})

it('a row for boxed portals binds from the first moment and lets go when the ticket turns out to be of another', async () => {
  await db.setNow(msk('2026-02-03 11:00'))
  const asker = await house.client(typed)
  const portal = async (product: string) => {
    const [made] = await db.owner<{ id: number }[]>`insert into portal (client_id, name, address, product)
      values (${asker.clientId}, ${product}, ${`https://${product}.test`}, ${product}) returning id`
    return made!.id
  }
  const [boxed, cloud] = [await portal('bitrix24-boxed'), await portal('bitrix24-cloud')]
  const { id } = await house.open(asker, { portalId: boxed })
  expect((await due(id, 'reaction 1'))?.due).toBe('2026-02-03 12:00')
  const staff = await house.staff()
  await db.begin(staff.scope, (tx) => house.tickets.change(tx, staff, id, null, { portalId: cloud }))
  expect((await due(id, 'reaction 1'))?.due).toBe('2026-02-03 15:00')
})

it('whoever takes an alert of monitoring has reacted to it', async () => {
  await db.setNow(msk('2026-02-03 11:00'))
  const { id } = await house.open(await house.client(typed), { channel: 'monitoring' })
  await db.setNow(msk('2026-02-03 11:12'))
  const staff = await house.staff()
  await db.begin(staff.scope, (tx) => house.tickets.assign(tx, staff, id, null, staff.accountId))
  expect((await due(id, 'reaction 1'))?.state).toBe('met')
})
