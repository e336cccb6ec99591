import { describe, expect, it } from 'vitest'
import { type CalendarSpec, compileCalendar, NoOpenTime, READY_CALENDARS, week } from './index.ts'

const MON_FRI = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const basic = compileCalendar(READY_CALENDARS['mon-fri-10-18'])
const business = compileCalendar(READY_CALENDARS['mon-sat-9-19'])
const roundTheClock = compileCalendar(READY_CALENDARS['24x7'])

function moscow(text: string): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Moscow').epochMilliseconds
}

function hoursByRule(dayRule: CalendarSpec['dayRule']) {
  return compileCalendar({ ...READY_CALENDARS['mon-fri-10-18'], dayRule })
}

describe('eight working hours from Friday 31 October 2025, 16:00', () => {
  const friday = moscow('2025-10-31T16:00')

  it('end on the moved, shortened working Saturday by the production calendar', () => {
    expect(basic.add(friday, 480)).toBe(moscow('2025-11-01T16:00'))
  })

  it('end on Wednesday when moved working days do not count', () => {
    expect(hoursByRule('weekdays_less_all_days_off').add(friday, 480)).toBe(moscow('2025-11-05T16:00'))
  })

  it('end on Monday when only the holidays of the law are off', () => {
    expect(hoursByRule('weekdays_less_statutory_holidays').add(friday, 480)).toBe(moscow('2025-11-03T16:00'))
  })

  it('end on Saturday at 14:00 by the hours Monday to Saturday 9–19', () => {
    expect(business.add(friday, 480)).toBe(moscow('2025-11-01T14:00'))
  })

  it('end at midnight round the clock', () => {
    expect(roundTheClock.add(friday, 480)).toBe(moscow('2025-11-01T00:00'))
  })
})

describe('the shortened day', () => {
  it('closes an hour earlier where the production calendar is followed', () => {
    expect(basic.nextClosing(moscow('2025-11-01T11:00'))).toBe(moscow('2025-11-01T17:00'))
    expect(basic.nextClosing(moscow('2026-04-30T11:00'))).toBe(moscow('2026-04-30T17:00'))
  })

  it('is left alone by 9–19 and 24×7 unless they are told to follow it', () => {
    expect(business.nextClosing(moscow('2026-04-30T11:00'))).toBe(moscow('2026-04-30T19:00'))
    const told = compileCalendar({ ...READY_CALENDARS['mon-sat-9-19'], shortenedDays: true })
    expect(told.nextClosing(moscow('2026-04-30T11:00'))).toBe(moscow('2026-04-30T18:00'))
  })
})

describe('the hours of a closing', () => {
  it('make time that runs out exactly there due at that closing', () => {
    expect(basic.add(moscow('2026-02-03T10:00'), 480)).toBe(moscow('2026-02-03T18:00'))
    expect(basic.add(moscow('2026-02-03T17:00'), 60)).toBe(moscow('2026-02-03T18:00'))
    expect(basic.add(moscow('2026-02-03T18:00'), 60)).toBe(moscow('2026-02-04T11:00'))
  })

  it('are not working time at the closing moment itself', () => {
    expect(basic.isOpen(moscow('2026-02-03T18:00') - 1)).toBe(true)
    expect(basic.isOpen(moscow('2026-02-03T18:00'))).toBe(false)
    expect(basic.isOpen(moscow('2026-02-03T10:00'))).toBe(true)
  })

  it('are mirrored by subtraction, which stops at an opening', () => {
    expect(basic.subtract(moscow('2026-02-04T11:00'), 60)).toBe(moscow('2026-02-04T10:00'))
    expect(basic.subtract(moscow('2026-02-04T11:00'), 61)).toBe(moscow('2026-02-03T17:59'))
  })

  it('are found from either side of New Year', () => {
    expect(basic.nextOpening(moscow('2026-12-30T18:00'))).toBe(moscow('2027-01-11T10:00'))
    expect(basic.nextClosing(moscow('2026-12-31T12:00'))).toBe(moscow('2027-01-11T18:00'))
    expect(basic.previousClosing(moscow('2027-01-11T09:00'))).toBe(moscow('2026-12-30T18:00'))
    expect(basic.between(moscow('2026-12-30T17:00'), moscow('2027-01-11T11:00'))).toBe(120)
    expect(basic.subtract(moscow('2027-01-11T11:00'), 120)).toBe(moscow('2026-12-30T17:00'))
  })

  it('never come round the clock, which is one stretch over New Year', () => {
    expect(roundTheClock.nextClosing(moscow('2026-12-31T12:00'))).toBeNull()
    expect(roundTheClock.openIntervals(moscow('2026-12-31T00:00'), moscow('2027-01-02T00:00'))).toHaveLength(1)
    expect(roundTheClock.add(moscow('2026-12-31T12:00'), 24 * 60)).toBe(moscow('2027-01-01T12:00'))
  })
})

describe('working days', () => {
  it('end at the close of the n-th working day after the day of registration', () => {
    expect(basic.addWorkingDays(moscow('2026-02-03T12:00'), 3)).toBe(moscow('2026-02-06T18:00'))
  })

  it('count a registration outside the hours as made at the next opening', () => {
    expect(basic.addWorkingDays(moscow('2026-02-06T18:00'), 1)).toBe(moscow('2026-02-10T18:00'))
    expect(basic.addWorkingDays(moscow('2026-02-07T12:00'), 1)).toBe(moscow('2026-02-10T18:00'))
  })

  it('close at 24:00 round the clock, on working days of the production calendar', () => {
    const days = compileCalendar(READY_CALENDARS['ru-working-days'])
    expect(roundTheClock.addWorkingDays(moscow('2026-02-06T23:00'), 3, days)).toBe(moscow('2026-02-12T00:00'))
    expect(roundTheClock.addWorkingDays(moscow('2026-02-07T12:00'), 1, days)).toBe(moscow('2026-02-10T00:00'))
  })

  it('skip the New Year holidays: the first working day of 2027 is Monday 11 January', () => {
    expect(basic.addWorkingDays(moscow('2026-12-30T12:00'), 1)).toBe(moscow('2027-01-11T18:00'))
    expect(basic.shiftWorkingDate('2026-12-31', 1)).toBe('2027-01-11')
    expect(basic.shiftWorkingDate('2027-01-11', -1)).toBe('2026-12-30')
  })

  it('belong to the evening on which a night shift began', () => {
    const night = compileCalendar({
      zone: 'Europe/Moscow',
      week: week(MON_FRI, ['22:00', '06:00']),
      dayRule: 'every_listed_day',
    })
    expect(night.addWorkingDays(moscow('2026-02-03T02:00'), 1)).toBe(moscow('2026-02-04T06:00'))
    expect(night.addWorkingDays(moscow('2026-02-03T23:00'), 1)).toBe(moscow('2026-02-05T06:00'))
  })
})

describe('zone transitions count real minutes', () => {
  const inZone = (zone: string) =>
    compileCalendar({
      zone,
      week: week(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], ['00:00', '24:00']),
      dayRule: 'every_listed_day',
    })
  const dayLength = (zone: string, date: string) => inZone(zone).explainDay(date).openMinutes

  it('on days of 23 and 25 hours', () => {
    expect(dayLength('Europe/Paris', '2026-03-29')).toBe(23 * 60)
    expect(dayLength('Europe/Paris', '2026-10-25')).toBe(25 * 60)
  })

  it('when Moscow set its clocks back for good in 2014, and Almaty in 2024', () => {
    expect(dayLength('Europe/Moscow', '2014-10-26')).toBe(25 * 60)
    expect(dayLength('Asia/Almaty', '2024-02-29')).toBe(25 * 60)
  })

  it('when a whole date is skipped', () => {
    expect(inZone('Pacific/Apia').isWorkingDate('2011-12-30')).toBe(false)
    expect(inZone('Pacific/Apia').shiftWorkingDate('2011-12-29', 1)).toBe('2011-12-31')
  })

  it('inside working hours: the shift over the spring gap is an hour shorter', () => {
    const night = compileCalendar({
      zone: 'Europe/Paris',
      week: week(['sat'], ['22:00', '06:00']),
      dayRule: 'every_listed_day',
    })
    const from = Date.parse('2026-03-28T21:00:00Z')
    expect(night.add(from, 7 * 60)).toBe(Date.parse('2026-03-29T04:00:00Z'))
    expect(night.explainDay('2026-03-28').openMinutes).toBe(7 * 60)
  })
})

describe('years without an approved calendar', () => {
  it('are computed by the general rules and marked', () => {
    expect(basic.isEstimated(moscow('2026-01-01T00:00'), moscow('2027-12-31T00:00'))).toBe(false)
    expect(basic.isEstimated(moscow('2027-12-31T00:00'), moscow('2028-01-10T00:00'))).toBe(true)
    expect(basic.explainDay('2028-01-07').reasons.at(-1)?.code).toBe('public_holiday')
    expect(basic.explainDay('2028-05-09')).toMatchObject({ estimated: true, openMinutes: 0 })
    expect(roundTheClock.isEstimated(moscow('2030-01-01T00:00'), moscow('2031-01-01T00:00'))).toBe(false)
  })
})

describe('a calendar with no open hour', () => {
  const never = compileCalendar({ zone: 'Europe/Moscow', week: {}, dayRule: 'production' })
  const now = moscow('2026-02-03T12:00')

  it('answers null or throws by name, and never loops', () => {
    expect(never.nextOpening(now)).toBeNull()
    expect(never.nextClosing(now)).toBeNull()
    expect(never.previousClosing(now)).toBeNull()
    expect(never.isOpen(now)).toBe(false)
    expect(never.between(now, moscow('2030-01-01T00:00'))).toBe(0)
    expect(never.add(now, 0)).toBe(now)
    expect(() => never.add(now, 1)).toThrow(NoOpenTime)
    expect(() => never.subtract(now, 1)).toThrow(NoOpenTime)
    expect(() => never.addWorkingDays(now, 1)).toThrow(NoOpenTime)
    expect(() => never.shiftWorkingDate('2026-02-03', 1)).toThrow(NoOpenTime)
  })

  it('still has the hours of its exceptions', () => {
    const once = compileCalendar({
      zone: 'Europe/Moscow',
      week: {},
      dayRule: 'every_listed_day',
      exceptions: [{ date: '2026-12-31', add: [['20:00', '02:00']] }],
    })
    expect(once.add(now, 360)).toBe(moscow('2027-01-01T02:00'))
    expect(() => once.add(now, 361)).toThrow(NoOpenTime)
  })

  it('also when its day calendar shares no day with it', () => {
    const sundays = compileCalendar({
      zone: 'Europe/Moscow',
      week: week(['sun'], ['10:00', '18:00']),
      dayRule: 'every_listed_day',
    })
    expect(() =>
      sundays.addWorkingDays(
        now,
        1,
        compileCalendar({ ...READY_CALENDARS['ru-working-days'], dayRule: 'every_listed_day' }),
      ),
    ).toThrow(NoOpenTime)
  })
})

describe('a calendar of very many intervals', () => {
  it('opens and closes every other minute of the year and still counts', () => {
    const clock = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    const everyOther = Array.from({ length: 720 }, (_, i) => [clock(2 * i), clock(2 * i + 1)] as const)
    const flicker = compileCalendar({
      zone: 'Europe/Moscow',
      week: week(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], ...everyOther),
      dayRule: 'every_listed_day',
    })
    expect(flicker.between(moscow('2026-01-01T00:00'), moscow('2027-01-01T00:00'))).toBe(365 * 720)
    expect(flicker.add(moscow('2026-01-01T00:00'), 364 * 720 + 1)).toBe(moscow('2026-12-31T00:01'))
  })
})
