import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfEpochDay, epochDayOf } from './civil-day.ts'
import { type CalendarSpec, compileCalendar, DAY_RULES, type HourSpan } from './index.ts'
import { minuteOracle } from './minute-oracle.fixture.ts'

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
      { numRuns: 80 },
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
      { numRuns: 100 },
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
      { numRuns: 100 },
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
      { numRuns: 100 },
    )
  })
})

describe('a minute-by-minute oracle', () => {
  it('agrees on 48 hours around any moment of any calendar', () => {
    fc.assert(
      fc.property(specs, instants, (spec, start) => {
        const calendar = compileCalendar(spec)
        const isOpen = minuteOracle(spec)
        let counted = 0
        for (let t = start; t < start + 2 * 86_400_000; t += MINUTE) {
          const open = isOpen(t)
          if (open !== calendar.isOpen(t)) throw new Error(`${new Date(t).toISOString()}: oracle says ${open}`)
          if (open) counted++
        }
        expect(calendar.between(start, start + 2 * 86_400_000)).toBe(counted)
        if (counted > 0) expect(walk(isOpen, start, counted)).toBe(calendar.add(start, counted))
      }),
      { numRuns: 40 },
    )
  })

  it.each(['2026-03-29', '2026-10-25', '2025-11-01', '2024-02-29', '2024-04-07', '2024-12-31'])(
    'agrees on %s in every zone',
    (day) => {
      fc.assert(
        fc.property(specs, (spec) => {
          const calendar = compileCalendar(spec)
          const isOpen = minuteOracle(spec)
          for (let t = at(day) - 12 * 60 * MINUTE; t < at(day) + 36 * 60 * MINUTE; t += 5 * MINUTE)
            if (isOpen(t) !== calendar.isOpen(t))
              throw new Error(`${new Date(t).toISOString()}: oracle says ${isOpen(t)}`)
        }),
        { numRuns: 15 },
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
