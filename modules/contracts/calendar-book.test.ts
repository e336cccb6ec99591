import { createClient } from '@opora/people/testkit'
import type { Queryable } from '@opora/platform/database'
import { createTestDatabase, type TestDatabase } from '@opora/platform/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALWAYS_KEY, createCalendarBook } from './index.ts'
import { createContract, terms, withCatalogue } from './testkit.ts'

const state = {} as { db: TestDatabase; looks: number }
const at = (text: string) => Date.parse(`${text}+03:00`)
const HOUR = 3_600_000

beforeAll(async () => {
  state.db = await createTestDatabase()
  state.looks = 0
  await state.db.setNow('2026-01-12T06:00:00Z')
  await withCatalogue(state.db)
})
afterAll(() => state.db.drop())

const openBook = () =>
  createCalendarBook(async (body) => {
    state.looks += 1
    return await body(state.db.staff)
  })
const loadedBook = async () => {
  const book = openBook()
  await book.refresh(state.db.staff)
  return book
}

async function changeCalendar(code: string, spec: object) {
  const json = state.db.owner.json(spec as never)
  await state.db
    .owner`update calendar set spec = ${json}, version = version + 1, updated_at = app_now() where code = ${code}`
  await state.db
    .owner`insert into calendar_version (code, version, spec) select code, version, spec from calendar where code = ${code}`
}

test('counts what is left of a deadline in open hours, in whole minutes, negative when it is past', async () => {
  const book = await loadedBook()
  const left = (from: string, due: string, key = 'mon-fri-10-18@1') => book.remainingMinutes(key, at(from), at(due))
  expect(left('2026-02-03T10:00:00', '2026-02-03T12:00:00')).toBe(120)
  expect(left('2026-02-03T10:00:30', '2026-02-03T12:00:00')).toBe(120)
  expect(left('2026-02-06T17:00:00', '2026-02-09T11:00:00')).toBe(120)
  expect(left('2026-02-09T11:00:00', '2026-02-06T17:00:00')).toBe(-120)
  expect(left('2026-02-07T12:00:00', '2026-02-08T12:00:00')).toBe(0)
  expect(left('2026-02-07T12:00:00', '2026-02-08T12:00:00', ALWAYS_KEY)).toBe(1440)
  expect(left('2026-02-06T12:00:00', '2026-02-09T12:00:00', '24x7@1+ru-working-days@1')).toBe(1440)
  expect(left('2026-02-06T12:00:00', '2026-02-09T12:00:00', 'nobody@1')).toBeNull()
})

test('says when the hours turn, so that a countdown stands still by itself', async () => {
  const book = await loadedBook()
  const ahead = (from: string, key = 'mon-fri-10-18@1') => book.countdown(key, at(from), at('2026-02-10T12:00:00'))
  const hours = (...list: number[]) => list.map((hour) => hour * 3_600)
  expect(ahead('2026-02-06T17:00:00')).toEqual({ remainingMinutes: 660, open: true, turnsIn: hours(1, 65, 73, 89, 96) })
  expect(ahead('2026-02-06T18:00:00')).toEqual({ remainingMinutes: 600, open: false, turnsIn: hours(64, 72, 88, 96) })
  expect(ahead('2026-02-06T18:00:00', ALWAYS_KEY)).toMatchObject({ open: true, turnsIn: [] })
  expect(book.countdown('mon-fri-10-18@1', at('2026-02-06T17:00:00'), null)).toMatchObject({ remainingMinutes: null })
  expect(ahead('2026-02-06T17:00:00', 'nobody@1')).toBeNull()
})

test('an old key goes on counting by the old hours, a code alone by the present ones', async () => {
  const book = await loadedBook()
  await state.db.setNow('2026-03-01T00:00:00Z')
  await changeCalendar('mon-fri-8-20', {
    zone: 'Europe/Moscow',
    week: { tue: [['12:00', '13:00']] },
    dayRule: 'every_listed_day',
  })
  await book.refresh(state.db.staff)
  const day = [at('2026-03-03T00:00:00'), at('2026-03-04T00:00:00')] as const
  expect(book.remainingMinutes('mon-fri-8-20@1', ...day)).toBe(720)
  expect(book.remainingMinutes('mon-fri-8-20@2', ...day)).toBe(60)
  expect(book.remainingMinutes('mon-fri-8-20', ...day)).toBe(60)
  expect(book.keyAt('mon-fri-8-20', at('2026-02-01T00:00:00'))).toBe('mon-fri-8-20@1')
  expect(book.keyAt('mon-fri-8-20', at('2026-04-01T00:00:00'))).toBe('mon-fri-8-20@2')
  expect(book.keyAt('nobody', 0)).toBeNull()
})

test('asks for nothing while nothing has changed, and looks by itself when it was never loaded', async () => {
  const book = await loadedBook()
  const before = book.calendar('24x7')
  await book.refresh(state.db.staff)
  expect(book.calendar('24x7')).toBe(before)
  const lazy = openBook()
  const looks = state.looks
  expect(lazy.remainingMinutes('24x7@1', 0, HOUR)).toBeNull()
  expect(lazy.remainingMinutes('24x7@1', 0, HOUR)).toBeNull()
  expect(state.looks).toBe(looks + 1)
})

test('a loaded production year reaches calendars that were compiled before it', async () => {
  const book = await loadedBook()
  const day = [at('2031-02-04T00:00:00'), at('2031-02-05T00:00:00')] as const
  expect(book.remainingMinutes('mon-fri-10-18@1', ...day)).toBe(480)
  const year = { year: 2031, status: 'approved', source: 'test', holidays: [{ date: '2031-02-04', name: 'Праздник' }] }
  const data = state.db.owner.json({ ...year, weekdaysOff: [], workingWeekends: [], shortened: [], moves: [] })
  await state.db.owner`insert into production_year (country, year, data, source) values ('RU', 2031, ${data}, 'test')`
  await book.refresh(state.db.staff)
  expect(book.remainingMinutes('mon-fri-10-18@1', ...day)).toBe(0)
})

test("a timer is due in the hours of the contract as it is now; without a contract in the prospects'", async () => {
  const book = openBook()
  await state.db.setNow('2026-02-06T14:00:00Z')
  const { id: clientId } = await createClient(state.db.owner)
  const contract = await createContract(state.db, clientId, { terms: terms({ calendarCode: 'mon-sat-9-19' }) })
  const due = (contractId: number | null, length: Parameters<typeof book.dueAt>[2], sql: Queryable = state.db.staff) =>
    book.dueAt(sql, { contractId }, length, at('2026-02-06T17:00:00'))
  const minutes = { unit: 'minutes', minutes: 180 } as const
  expect(await due(contract.id, minutes)).toBe(at('2026-02-07T10:00:00'))
  expect(await due(null, minutes)).toBe(at('2026-02-09T11:00:00'))
  const days = { unit: 'working_days', days: 5 } as const
  expect(await due(contract.id, days)).toBe(at('2026-02-13T19:00:00'))
  expect(await due(null, { unit: 'instant', at: 17 })).toBe(17)
  const asClient = { as: 'client', clientId, accountId: 1 } as const
  expect(await state.db.begin(asClient, (tx) => due(contract.id, minutes, tx))).toBe(at('2026-02-07T10:00:00'))
})
