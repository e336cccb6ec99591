import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfEpochDay, epochDayOf } from './civil-day.ts'
import { type CalendarSpec, compileCalendar, DAY_RULES, type HourSpan, RU_PRODUCTION_YEARS } from './index.ts'

const MINUTE = 60_000
const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Europe/Paris',
  'America/New_York',
  'Asia/Almaty',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
]
const FIRST_DAY = epochDayOf('2023-12-20')
const LAST_DAY = epochDayOf('2027-01-15')

const time = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Apart, ascending; the last may cross midnight unless `within` the day. */
function hours(within = false): fc.Arbitrary<HourSpan[]> {
  const border = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15)
  return fc
    .tuple(fc.uniqueArray(border, { minLength: 0, maxLength: 6 }), fc.boolean(), fc.integer({ min: 0, max: 20 }))
    .map(([borders, overnight, end]) => {
      const sorted = borders.sort((a, b) => a - b)
      const spans: HourSpan[] = []
      for (let i = 0; i + 1 < sorted.length; i += 2)
        spans.push([time(sorted[i] as number), time(sorted[i + 1] as number)])
      const last = sorted.at(-1)
      if (sorted.length % 2 === 1 && last !== undefined) {
        const early = overnight && !within ? Math.min(end * 15, sorted[0] as number) : 1440
        if (early !== last && early > 0) spans.push([time(last), time(early)])
      }
      return spans
    })
}

const date = fc.integer({ min: FIRST_DAY, max: LAST_DAY }).map(dateOfEpochDay)
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const specs: fc.Arbitrary<CalendarSpec> = fc.record({
  zone: fc.constantFrom(...ZONES),
  week: fc.record(
    { mon: hours(), tue: hours(), wed: hours(), thu: hours(), fri: hours(), sat: hours(), sun: hours() },
    { requiredKeys: ['mon', 'wed'] },
  ),
  dayRule: fc.constantFrom(...DAY_RULES),
  shortenedDays: fc.option(fc.boolean(), { nil: undefined }),
  breaks: fc.constantFrom(
    [],
    [{ from: '13:00', to: '14:00' }],
    [{ from: '23:30', to: '00:30', days: ['mon' as const, 'sat' as const] }],
  ),
  holidays: fc.array(fc.record({ date }), { maxLength: 3 }),
  yearlyHolidays: fc.constantFrom([], [{ monthDay: '12-31' }], [{ monthDay: '02-29' }]),
  regionalDaysOff: fc.array(fc.record({ date }), { maxLength: 2 }),
  exceptions: fc.uniqueArray(
    fc.oneof(
      fc.record({ date, replace: hours() }),
      fc.record({ date, add: hours() }),
      fc.record({ date, remove: hours(true) }),
      fc.record({ date, replace: hours(), remove: hours(true) }),
    ),
    { maxLength: 4, selector: (exception) => exception.date },
  ),
})

const openSpecs = specs.filter(
  (spec) => (spec.week.wed ?? []).length > 0 && compileCalendar(spec).nextOpening(at('2026-02-03')) !== null,
)
const instants = fc.integer({ min: FIRST_DAY * 1440, max: LAST_DAY * 1440 }).map((minute) => minute * MINUTE)
const anyInstants = fc.integer({ min: FIRST_DAY * 86_400_000, max: LAST_DAY * 86_400_000 })
const amounts = fc.integer({ min: 0, max: 60_000 })

function at(text: string): number {
  return Date.parse(`${text}T00:00Z`)
}

describe('the algebra of working time', () => {
  it('counts back what it added, and adds back what it subtracted', () => {
    fc.assert(
      fc.property(
        openSpecs,
        fc.array(fc.tuple(anyInstants, amounts), { minLength: 10, maxLength: 10 }),
        (spec, questions) => {
          const calendar = compileCalendar(spec)
          for (const [start, n] of questions) {
            const end = calendar.add(start, n)
            expect(calendar.between(start, end)).toBe(n)
            const back = calendar.subtract(start, n)
            expect(calendar.between(back, start)).toBe(n)
            if (calendar.isOpen(start)) expect(calendar.subtract(end, n)).toBe(start)
            // A due moment is the last of working time; a beginning counted backwards is its first.
            if (n > 0) expect([calendar.isOpen(end - 1), calendar.isOpen(back)]).toEqual([true, true])
          }
        },
      ),
      { numRuns: 120 },
    )
  })

  it('is additive and monotonic', () => {
    fc.assert(
      fc.property(openSpecs, fc.tuple(anyInstants, anyInstants, anyInstants), amounts, amounts, (spec, times, n, m) => {
        const calendar = compileCalendar(spec)
        const [a, b, c] = [...times].sort((x, y) => x - y) as [number, number, number]
        expect(calendar.betweenMs(a, b) + calendar.betweenMs(b, c)).toBe(calendar.betweenMs(a, c))
        expect(calendar.betweenMs(b, a)).toBe(0 - calendar.betweenMs(a, b))
        expect(calendar.add(a, n)).toBeLessThanOrEqual(calendar.add(b, n))
        expect(calendar.subtract(a, n)).toBeLessThanOrEqual(calendar.subtract(b, n))
        expect(calendar.addMs(calendar.addMs(a, n * MINUTE), m * MINUTE)).toBe(calendar.addMs(a, (n + m) * MINUTE))
      }),
      { numRuns: 150 },
    )
  })

  it('explains any stretch without a gap, and its open pieces add up', () => {
    fc.assert(
      fc.property(specs, anyInstants, fc.integer({ min: 1, max: 40 * 86_400_000 }), (spec, from, length) => {
        const calendar = compileCalendar(spec)
        const pieces = calendar.explain(from, from + length)
        let cursor = from
        let open = 0
        for (const piece of pieces) {
          expect(piece.from).toBe(cursor)
          expect(piece.to).toBeGreaterThan(piece.from)
          if (piece.open) open += piece.to - piece.from
          cursor = piece.to
        }
        expect(cursor).toBe(from + length)
        expect(open).toBe(calendar.betweenMs(from, from + length))
      }),
      { numRuns: 150 },
    )
  })

  it('closes a term of working days at the end of a working day', () => {
    fc.assert(
      fc.property(openSpecs, anyInstants, fc.integer({ min: 1, max: 20 }), (spec, start, n) => {
        const calendar = compileCalendar(spec)
        const due = calendar.addWorkingDays(start, n)
        expect(due).toBeGreaterThan(start)
        expect(calendar.isOpen(due - 1)).toBe(true)
        // A night shift may close after the short hours of the day that it runs into.
        if (n > 1 && !hasNightShift(spec)) expect(due).toBeGreaterThan(calendar.addWorkingDays(start, n - 1))
      }),
      { numRuns: 150 },
    )
  })
})

describe('a minute-by-minute oracle', () => {
  it('agrees on 48 hours around any moment of any calendar', () => {
    fc.assert(
      fc.property(specs, instants, (spec, start) => {
        const calendar = compileCalendar(spec)
        const isOpen = oracle(spec)
        let counted = 0
        for (let t = start; t < start + 2 * 86_400_000; t += MINUTE) {
          const open = isOpen(t)
          if (open !== calendar.isOpen(t)) throw new Error(`${new Date(t).toISOString()}: oracle says ${open}`)
          if (open) counted++
        }
        expect(calendar.between(start, start + 2 * 86_400_000)).toBe(counted)
        if (counted > 0) expect(walk(isOpen, start, counted)).toBe(calendar.add(start, counted))
      }),
      { numRuns: 60, seed: 20_26 },
    )
  })

  it.each(['2026-03-29', '2026-10-25', '2025-11-01', '2024-02-29', '2024-04-07', '2024-12-31'])(
    'agrees on %s in every zone',
    (day) => {
      fc.assert(
        fc.property(specs, (spec) => {
          const calendar = compileCalendar(spec)
          const isOpen = oracle(spec)
          for (let t = at(day) - 12 * 60 * MINUTE; t < at(day) + 36 * 60 * MINUTE; t += 5 * MINUTE)
            if (isOpen(t) !== calendar.isOpen(t))
              throw new Error(`${new Date(t).toISOString()}: oracle says ${isOpen(t)}`)
        }),
        { numRuns: 25 },
      )
    },
  )
})

function hasNightShift(spec: CalendarSpec): boolean {
  const listed = [
    ...Object.values(spec.week),
    ...(spec.exceptions ?? []).map((e) => [...(e.replace ?? []), ...(e.add ?? [])]),
  ]
  return listed.flat().some(([from, to]) => to <= from)
}

function walk(isOpen: (t: number) => boolean, start: number, minutes: number): number {
  let left = minutes
  let t = start
  for (; left > 0; t += MINUTE) if (isOpen(t)) left--
  return t
}

/** The layers said once more in the plainest way: is this minute of the clock on the wall inside the hours? */
function oracle(spec: CalendarSpec): (t: number) => boolean {
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: spec.zone, dateStyle: 'short', timeStyle: 'short' })
  const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
  const memory = new Map<string, boolean[]>()
  const dayMinutes = (day: string): boolean[] => {
    const known = memory.get(day)
    if (known) return known
    const made = minutesOfDay(spec, day, minuteOf)
    memory.set(day, made)
    return made
  }
  return (t) => {
    const [day, wall] = formatter.format(t).split(' ') as [string, string]
    const minute = minuteOf(wall)
    const removed = spec.exceptions?.find((exception) => exception.date === day)?.remove ?? []
    if (covers(removed, minute, minuteOf)) return false
    return dayMinutes(day)[minute] === true || dayMinutes(dateOfEpochDay(epochDayOf(day) - 1))[minute + 1440] === true
  }
}

function covers(spans: readonly HourSpan[], minute: number, minuteOf: (text: string) => number): boolean {
  return spans.some(([from, to]) => {
    const end = minuteOf(to) <= minuteOf(from) ? minuteOf(to) + 1440 : minuteOf(to)
    return minuteOf(from) <= minute && minute < end
  })
}

function minutesOfDay(spec: CalendarSpec, day: string, minuteOf: (text: string) => number): boolean[] {
  const year = RU_PRODUCTION_YEARS.find((entry) => day.startsWith(String(entry.year)))
  const weekdayOf = (text: string) => weekdays[(new Date(text).getUTCDay() + 6) % 7] as (typeof weekdays)[number]
  let list: readonly HourSpan[] = spec.week[weekdayOf(day)] ?? []
  const isHoliday = [
    '01-01',
    '01-02',
    '01-03',
    '01-04',
    '01-05',
    '01-06',
    '01-07',
    '01-08',
    '02-23',
    '03-08',
    '05-01',
    '05-09',
    '06-12',
    '11-04',
  ].includes(day.slice(5))
  if (spec.dayRule !== 'every_listed_day' && isHoliday) list = []
  if (['production', 'weekdays_less_all_days_off'].includes(spec.dayRule) && year?.weekdaysOff.includes(day)) list = []
  const move = year?.moves.find((entry) => entry.from === day)
  if (spec.dayRule === 'production' && year?.workingWeekends.includes(day) && list.length === 0 && move)
    list = spec.week[weekdayOf(move.to)] ?? []
  const minutes = Array.from({ length: 2880 }, (_, minute) => covers(list, minute, minuteOf))
  for (const pause of spec.breaks ?? [])
    for (let minute = 0; minute < 2880; minute++) {
      const later = Math.floor(minute / 1440)
      for (const back of [0, 1]) {
        const began = dateOfEpochDay(epochDayOf(day) + later - back)
        const listed = !pause.days || pause.days.includes(weekdayOf(began))
        if (listed && covers([[pause.from, pause.to]], (minute % 1440) + back * 1440, minuteOf)) minutes[minute] = false
      }
    }
  if (spec.shortenedDays ?? spec.dayRule === 'production') shorten(minutes, year?.shortened.includes(day) ?? false)
  const own = [...(spec.holidays ?? []), ...(spec.regionalDaysOff ?? [])].some((holiday) => holiday.date === day)
  if (own || spec.yearlyHolidays?.some((holiday) => holiday.monthDay === day.slice(5))) minutes.fill(false)
  const exception = spec.exceptions?.find((entry) => entry.date === day)
  if (exception?.replace) minutes.fill(false)
  for (const extra of [exception?.replace ?? [], exception?.add ?? []])
    for (let minute = 0; minute < 2880; minute++) if (covers(extra, minute, minuteOf)) minutes[minute] = true
  return minutes
}

function shorten(minutes: boolean[], isShort: boolean): void {
  let owed = isShort ? 60 : 0
  for (let minute = 2879; minute >= 0 && owed > 0; minute--)
    if (minutes[minute]) {
      minutes[minute] = false
      owed--
    }
}
