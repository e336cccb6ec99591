import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { workInstructions } from './instructions.read-model.ts'
import { createProcessService } from './process.service.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  const process = createProcessService({ dueAt: async (_sql, _ticket, _due, from) => from })
  await db.begin({ as: 'worker' }, (tx) => process.publishShipped(tx))
})
afterAll(() => db.drop())

it('every lane of the shipped process tells its role what to do, in both languages', async () => {
  const roles = await db.read({ as: 'staff' }, workInstructions)
  expect(roles.map((one) => one.role)).toEqual(
    expect.arrayContaining(['l1', 'im', 'it', 'dev', 'an', 'qa', 'rb', 'in']),
  )
  const first = roles.find((one) => one.role === 'l1')!.lanes[0]!
  expect(first.places.map((place) => place.id)).toContain('l1_classify')
  for (const lane of roles.flatMap((one) => one.lanes))
    for (const words of [lane.instruction, ...lane.places.map((place) => place.instruction)])
      expect(words === null || (words.ru.length > 10 && words.en.length > 10)).toBe(true)
})
