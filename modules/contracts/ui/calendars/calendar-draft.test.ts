import type { CalendarSpec } from '@opora/calendar'
import { expect, it } from 'vitest'
import { actOf, daysOffOf, exceptionOf, withDaysOff, withException, withoutDayOff } from './calendar-draft.ts'

const spec: CalendarSpec = { zone: 'Europe/Moscow', week: {}, dayRule: 'production' }

it('keeps one exception a date, in the order of dates', () => {
  const one = withException(spec, '2026-06-12', exceptionOf('2026-06-12', 'close', [], ' Отпуск '))
  const two = withException(one, '2026-06-11', exceptionOf('2026-06-11', 'add', [['19:00', '20:00']], ''))
  const three = withException(two, '2026-06-12', exceptionOf('2026-06-12', 'replace', [['12:00', '15:00']], ''))
  expect(three.exceptions).toEqual([
    { date: '2026-06-11', add: [['19:00', '20:00']] },
    { date: '2026-06-12', replace: [['12:00', '15:00']] },
  ])
  expect(one.exceptions).toEqual([{ date: '2026-06-12', replace: [], name: 'Отпуск' }])
  expect(withException(one, '2026-06-12', null).exceptions).toEqual([])
  expect(spec.exceptions).toBeUndefined()
})

it('shows an exception in the terms of the form', () => {
  expect(actOf({ date: '2026-06-12', replace: [] })).toEqual({ act: 'close', hours: [] })
  expect(actOf({ date: '2026-06-12', remove: [['10:00', '12:00']] })).toEqual({
    act: 'remove',
    hours: [['10:00', '12:00']],
  })
})

it('adds a stretch of days off, once each, and takes one away', () => {
  const stretch = { kind: 'holidays' as const, date: '2026-07-31', name: 'Ремонт' }
  const made = withDaysOff(withDaysOff(spec, stretch, '2026-08-02'), stretch)
  expect(daysOffOf(made).map((day) => day.date)).toEqual(['2026-07-31', '2026-08-01', '2026-08-02'])
  expect(daysOffOf(withoutDayOff(made, { ...stretch, date: '2026-08-01' }))).toHaveLength(2)
  expect(withDaysOff(spec, { ...stretch, kind: 'yearlyHolidays' }).yearlyHolidays).toEqual([
    { monthDay: '07-31', name: 'Ремонт' },
  ])
})
