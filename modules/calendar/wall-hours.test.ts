import { expect, it } from 'vitest'
import { compileCalendar, READY_CALENDARS } from './index.ts'
import { nextOpeningIn } from './wall-hours.ts'

const office = compileCalendar(READY_CALENDARS['mon-fri-10-19'])
const at = (text: string) => Date.parse(text)
const next = (zone: string, text: string) => new Date(nextOpeningIn(office, zone, at(text))).toISOString()

it('a notice at midnight or on a Sunday waits for the morning of a working day (zammad 4432)', () => {
  expect(next('Europe/Moscow', '2026-02-03T00:00:00+03:00')).toBe('2026-02-03T07:00:00.000Z')
  expect(next('Europe/Moscow', '2026-02-08T12:00:00+03:00')).toBe('2026-02-09T07:00:00.000Z')
  expect(next('Europe/Moscow', '2026-05-01T12:00:00+03:00')).toBe('2026-05-04T07:00:00.000Z')
})

it('inside the hours it goes at once', () => {
  expect(next('Europe/Moscow', '2026-02-03T15:00:00+03:00')).toBe('2026-02-03T12:00:00.000Z')
})

it('the hours are those of the reader’s own wall, not of the office', () => {
  expect(next('Asia/Vladivostok', '2026-02-03T12:00:00+10:00')).toBe('2026-02-03T02:00:00.000Z')
  expect(next('Asia/Vladivostok', '2026-02-03T20:00:00+10:00')).toBe('2026-02-04T00:00:00.000Z')
  expect(next('Europe/Kaliningrad', '2026-02-03T09:30:00+02:00')).toBe('2026-02-03T08:00:00.000Z')
})
