import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addFact, addPolicy, dueOf, msk, type SlaHouse, slaHouse } from './sla.fixture.ts'

let db: TestDatabase
let house: SlaHouse
let asker: Awaited<ReturnType<SlaHouse['client']>>

beforeAll(async () => {
  db = await createTestDatabase()
  await db.setNow(msk('2026-01-12 09:00'))
  house = await slaHouse(db)
  const hours = (amount: number) => ({ amount: amount * 60, unit: 'service_minutes' })
  await addPolicy(db, 'plain', [
    { name: 'all', nameEn: 'all', when: {}, targets: { reaction: hours(4), resolution: hours(16) } },
  ])
  asker = await house.client({
    slaPolicyCode: 'plain',
    calendarCode: 'mon-fri-10-18',
    promises: {
      pausesCounted: ['client', 'vendor'],
      duty: { priorities: [1, 2], reactionMinutes: 30 },
    },
  })
})
afterAll(() => db.drop())

describe('what a contract says beside its policy', () => {
  it('answers at any hour at the priorities of its duty option, and by the table at the others', async () => {
    await db.setNow(msk('2026-02-08 03:00'))
    const urgent = await house.open(asker, { priority: 1 })
    const ordinary = await house.open(asker, { priority: 3 })
    expect(await dueOf(db, urgent.id, 'reaction 1')).toBe('2026-02-08 03:30')
    expect(await dueOf(db, urgent.id, 'resolution 1')).toBe('2026-02-10 18:00')
    expect(await dueOf(db, ordinary.id, 'reaction 1')).toBe('2026-02-09 14:00')
  })

  it('stops its clocks while the vendor is waited for, though the policy would not', async () => {
    await db.setNow(msk('2026-02-10 10:00'))
    const { id } = await house.open(asker, { priority: 3 })
    await addFact(house, db, id, 'paused', { reason: 'vendor' }, '2026-02-10 11:00')
    await addFact(house, db, id, 'resumed', {}, '2026-02-10 13:00')
    expect(await dueOf(db, id, 'resolution 1')).toBe('2026-02-12 12:00')
    expect(await dueOf(db, id, 'reaction 1')).toBe('2026-02-10 14:00')
    expect((await house.sla.recheckClocks(db.worker, { limit: 100 })).differences).toEqual([])
  })
})
