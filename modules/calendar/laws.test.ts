import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfEpochDay, epochDayOf } from './civil-day.ts'
import { type CalendarSpec, compileCalendar, week } from './index.ts'
import { calendars } from './random-calendars.fixture.ts'

const MINUTE = 60_000
const FIRST_DAY = epochDayOf('2023-12-20')
const LAST_DAY = epochDayOf('2027-01-15')

const specs = calendars({ from: dateOfEpochDay(FIRST_DAY), to: dateOfEpochDay(LAST_DAY) })

const openSpecs = specs.filter(
  (spec) => (spec.week.wed ?? []).length > 0 && compileCalendar(spec).nextOpening(at('2026-02-03')) !== null,
)
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
            const begun = calendar.subtract(end, n)
            expect(calendar.between(begun, start)).toBe(0)
            if (calendar.isOpen(start)) expect(begun).toBe(start)
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

function hasNightShift(spec: CalendarSpec): boolean {
  const listed = [
    ...Object.values(spec.week),
    ...(spec.exceptions ?? []).map((e) => [...(e.replace ?? []), ...(e.add ?? [])]),
  ]
  return listed.flat().some(([from, to]) => to <= from)
}

describe('every zone with its history', () => {
  it('leaves no moment out and counts none twice round the clock, from 1900 to 2299', () => {
    const always = week(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], ['00:00', '24:00'])
    const early = Date.UTC(1900, 0, 3)
    const moments = fc.tuple(fc.nat({ max: 140 * 365 }), fc.nat({ max: 800 }))
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const calendar = compileCalendar({ zone, week: always, dayRule: 'every_listed_day' })
      for (const [day, length] of fc.sample(moments, { numRuns: 2, seed: zone.length })) {
        const from = early + day * 86_400_000
        const to = from + length * 86_400_000 + 12_345
        if (calendar.betweenMs(from, to) !== to - from) throw new Error(`${zone}, ${new Date(from).toISOString()}`)
      }
    }
    const last = compileCalendar({ zone: 'Europe/Moscow', week: always, dayRule: 'every_listed_day' })
    expect(last.betweenMs(Date.UTC(2290, 0), Date.UTC(2299, 0))).toBe(Date.UTC(2299, 0) - Date.UTC(2290, 0))
    expect(() => last.isOpen(Date.UTC(2301, 0))).toThrow(RangeError)
  })
})
