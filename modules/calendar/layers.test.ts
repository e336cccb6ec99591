import { describe, expect, it } from 'vitest'
import { type CalendarSpec, compileCalendar, InvalidCalendar, READY_CALENDARS, week } from './index.ts'

const MON_FRI = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const basic = compileCalendar(READY_CALENDARS['mon-fri-10-18'])

function moscow(text: string): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Moscow').epochMilliseconds
}

describe('layers', () => {
  const spec: CalendarSpec = {
    ...READY_CALENDARS['mon-fri-10-18'],
    breaks: [{ from: '13:00', to: '14:00' }],
    regionalDaysOff: [{ date: '2026-08-30', name: 'День Республики Татарстан' }],
    yearlyHolidays: [{ monthDay: '09-09', name: 'День тестировщика' }],
    exceptions: [
      { date: '2026-06-12', replace: [['12:00', '15:00']], name: 'Дежурство' },
      { date: '2026-06-15', add: [['19:00', '20:00']] },
      { date: '2026-06-16', remove: [['10:00', '12:00']] },
      { date: '2026-06-17', replace: [] },
    ],
  }
  const calendar = compileCalendar(spec)
  const open = (date: string) =>
    calendar.explainDay(date).open.map(({ from, to }) => [from, to].map((t) => clock(t)).join('–'))

  it('take a break out of the hours of the week', () => {
    expect(open('2026-06-10')).toEqual(['10:00–13:00', '14:00–18:00'])
  })

  it('let the owner replace, add and remove hours, over the production calendar', () => {
    expect(open('2026-06-12')).toEqual(['12:00–15:00'])
    expect(open('2026-06-15')).toEqual(['10:00–13:00', '14:00–18:00', '19:00–20:00'])
    expect(open('2026-06-16')).toEqual(['12:00–13:00', '14:00–18:00'])
    expect(open('2026-06-17')).toEqual([])
  })

  it('close own holidays of every year and regional days', () => {
    expect(calendar.isWorkingDate('2026-09-09')).toBe(false)
    expect(calendar.isWorkingDate('2027-09-09')).toBe(false)
    const regional = compileCalendar({ ...spec, regionalDaysOff: [{ date: '2026-06-09', name: 'Регион' }] })
    expect(regional.explainDay('2026-06-09').reasons.at(-1)).toEqual({
      code: 'regional_day_off',
      params: { name: 'Регион' },
    })
  })

  it('remove early hours from the night shift of the day before', () => {
    const night = compileCalendar({
      zone: 'Europe/Moscow',
      week: week(MON_FRI, ['22:00', '06:00']),
      dayRule: 'every_listed_day',
      exceptions: [{ date: '2026-02-04', remove: [['02:00', '03:00']] }],
    })
    expect(night.between(moscow('2026-02-03T22:00'), moscow('2026-02-04T06:00'))).toBe(7 * 60)
  })
})

describe('the hours of a day on the wall', () => {
  it('are told as people write them, past midnight too', () => {
    const hours = (...spans: [string, string][]) =>
      compileCalendar({ zone: 'Europe/Moscow', week: { tue: spans }, dayRule: 'every_listed_day' }).explainDay(
        '2026-02-03',
      ).hours
    expect(hours(['10:00', '13:00'], ['14:00', '24:00'])).toEqual([
      ['10:00', '13:00'],
      ['14:00', '24:00'],
    ])
    expect(hours(['22:00', '06:00'])).toEqual([['22:00', '06:00']])
    expect(hours(['08:00', '20:00'], ['20:00', '08:00'])).toEqual([['08:00', '08:00']])
  })
})

describe('reasons', () => {
  it('tell why a day is closed, moved or shortened', () => {
    const codes = (date: string) => basic.explainDay(date).reasons
    expect(codes('2025-11-01')).toEqual([
      { code: 'weekly_day_off', params: {} },
      { code: 'moved_working_day', params: { inPlaceOf: '2025-11-03' } },
      { code: 'shortened_day', params: {} },
    ])
    expect(codes('2025-11-03').at(-1)).toEqual({ code: 'moved_day_off', params: { from: '2025-11-01' } })
    expect(codes('2025-11-04').at(-1)).toEqual({ code: 'public_holiday', params: { name: 'День народного единства' } })
    expect(codes('2025-11-08').at(-1)).toEqual({ code: 'weekly_day_off', params: {} })
  })

  it('cover a stretch without a gap', () => {
    const told = basic
      .explain(moscow('2025-10-31T17:00'), moscow('2025-11-05T11:00'))
      .map((piece) => `${clock(piece.from)}–${clock(piece.to)} ${piece.open ? 'open' : 'closed'} ${piece.reason.code}`)
    expect(told).toEqual([
      '17:00–18:00 open week_hours',
      '18:00–10:00 closed outside_hours',
      '10:00–17:00 open moved_working_day',
      '17:00–18:00 closed shortened_day',
      '18:00–00:00 closed outside_hours',
      '00:00–00:00 closed weekly_day_off',
      '00:00–00:00 closed moved_day_off',
      '00:00–00:00 closed public_holiday',
      '00:00–10:00 closed outside_hours',
      '10:00–11:00 open week_hours',
    ])
  })
})

describe('an invalid spec', () => {
  it('is refused with every fault, its place and a sentence in both languages', () => {
    const bad = {
      zone: 'Europe/Atlantis',
      week: {
        mon: [['10:00', '25:00']],
        tue: [
          ['10:00', '14:00'],
          ['13:00', '18:00'],
        ],
        someday: [],
        wed: [['09:00', '09:00']],
      },
      dayRule: 'sometimes',
      lunch: true,
      yearlyHolidays: [{ monthDay: '02-30' }],
      exceptions: [
        { date: '2026-02-30', replace: [] },
        { date: '2026-03-01' },
        { date: '2026-03-02', replace: [], add: [['10:00', '11:00']] },
        { date: '2026-03-02', remove: [['22:00', '02:00']] },
      ],
    }
    let faults: [string, string][] = []
    try {
      compileCalendar(bad)
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidCalendar)
      faults = (error as InvalidCalendar).faults.map((fault) => [fault.path, fault.code])
      for (const fault of (error as InvalidCalendar).faults) expect(fault.ru && fault.en).toBeTruthy()
    }
    expect(faults).toEqual([
      ['lunch', 'unknown_field'],
      ['zone', 'unknown_zone'],
      ['dayRule', 'unknown_rule'],
      ['week.mon[0][1]', 'not_a_time'],
      ['week.tue', 'overlapping_spans'],
      ['week.someday', 'unknown_weekday'],
      ['week.wed[0]', 'empty_span'],
      ['yearlyHolidays[0].monthDay', 'not_a_month_day'],
      ['exceptions[0].date', 'not_a_date'],
      ['exceptions[1]', 'empty_exception'],
      ['exceptions[2]', 'replace_and_add'],
      ['exceptions[3].date', 'date_twice'],
      ['exceptions[3].remove', 'crosses_midnight'],
    ])
  })

  it('may be anything at all', () => {
    for (const junk of [null, 7, 'x', [], {}, { zone: 1, week: 2, exceptions: 3 }])
      expect(() => compileCalendar(junk)).toThrow(InvalidCalendar)
  })
})

function clock(t: number): string {
  return Temporal.Instant.fromEpochMilliseconds(t)
    .toZonedDateTimeISO('Europe/Moscow')
    .toPlainTime()
    .toString({ smallestUnit: 'minute' })
}
