import { createCalendarBook } from '@opora/contracts'
import { withCatalogue } from '@opora/contracts/testkit'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextWorkingMoment } from './reader-hours.ts'

let db: TestDatabase
const book = createCalendarBook()
const at = (iso: string) => Date.parse(iso)

beforeAll(async () => {
  db = await createTestDatabase()
  await withCatalogue(db)
})
afterAll(() => db.drop())

async function moment(preferences: object, zone: string, now: string): Promise<string> {
  const email = `${crypto.randomUUID()}@provider.test`
  const [person] = await db.owner<{ id: number }[]>`
    insert into account (side, email, name, zone, preferences)
    values ('staff', ${email}, 'Читатель', ${zone}, ${db.owner.json(preferences as never)}) returning id`
  return new Date(await nextWorkingMoment(book, db.worker, at(now), person!.id)).toISOString()
}

test('a notice waits for the hours that its reader has set, in the reader’s zone', async () => {
  const friday = '2026-02-06T21:00:00Z'
  // whoever has set nothing works 10–19 from Monday to Friday
  expect(await moment({}, 'Europe/Moscow', friday)).toBe('2026-02-09T07:00:00.000Z')
  expect(await moment({ hours: 'mon-sat-9-19' }, 'Europe/Moscow', friday)).toBe('2026-02-07T06:00:00.000Z')
  expect(await moment({ hours: 'mon-sat-9-19' }, 'Asia/Omsk', friday)).toBe('2026-02-07T03:00:00.000Z')
  expect(await moment({ hours: '24x7' }, 'Europe/Moscow', friday)).toBe(new Date(friday).toISOString())
})

test('hours that nobody keeps any more are those of the company', async () => {
  expect(await moment({ hours: 'gone' }, 'Europe/Moscow', '2026-02-06T21:00:00Z')).toBe('2026-02-09T07:00:00.000Z')
})
