import { compileCalendar, READY_CALENDARS, RU_PRODUCTION_YEARS } from '@opora/calendar'
import { describe, expect, it } from 'vitest'
import { calendarYear, changedDays, changedKinds } from './calendar-year.ts'

const spec = READY_CALENDARS['mon-fri-10-18']
const year = (change: object = {}) => calendarYear(compileCalendar({ ...spec, ...change }), 2026)

describe('a year of a calendar', () => {
  it('adds its days up', () => {
    const { days, ...sums } = year()
    expect(sums).toEqual({
      year: 2026,
      zone: 'Europe/Moscow',
      openMinutes: (247 * 8 - 4) * 60,
      workingDays: 247,
      estimated: false,
    })
    expect(days).toHaveLength(365)
    expect(days[5]).toEqual({
      date: '2026-01-06',
      weekday: 'tue',
      hours: [],
      openMinutes: 0,
      reasons: [
        { code: 'week_hours', params: {} },
        { code: 'public_holiday', params: { name: 'Новогодние каникулы' } },
      ],
      estimated: false,
    })
  })

  it('names the days on which another calendar has other hours', () => {
    expect(changedDays(year(), year())).toEqual([])
    expect(changedDays(year(), year({ regionalDaysOff: [{ date: '2026-05-27' }] }))).toEqual([
      { date: '2026-05-27', before: [['10:00', '18:00']], after: [] },
    ])
  })
})

describe('a new production year', () => {
  it('is told by what it changes against the law when there was none, and against the old one when there was', () => {
    const loaded = RU_PRODUCTION_YEARS.find((one) => one.year === 2027)!
    expect(changedKinds(loaded, loaded)).toEqual([])
    expect(changedKinds(null, loaded)).toEqual([
      { date: '2027-02-20', before: 'off', after: 'short' },
      { date: '2027-02-22', before: 'short', after: 'off' },
      { date: '2027-11-05', before: 'work', after: 'off' },
      { date: '2027-12-31', before: 'short', after: 'off' },
    ])
  })
})
