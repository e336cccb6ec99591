import fc from 'fast-check'
import { compileCalendar } from './index.ts'
import { calendars } from './random-calendars.fixture.ts'

/** A few hundred answers of random calendars, always the same ones, with the zone of the host that gave them. */
export function answers(): { zone: string; answers: unknown[] } {
  const specs = fc.sample(calendars({ from: '2024-01-01', to: '2027-12-31' }), { numRuns: 40, seed: 42 })
  const given = specs.flatMap((spec, i) => {
    const calendar = compileCalendar(spec)
    const at = Date.UTC(2024, i, 1 + i, i % 24, i)
    if (calendar.nextOpening(at) === null) return [null]
    return [
      calendar.nextOpening(at),
      calendar.nextClosing(at),
      calendar.previousClosing(at),
      calendar.add(at, 997 + i),
      calendar.subtract(at, 997 + i),
      calendar.addWorkingDays(at, 3),
      calendar.between(at, at + 9_000_000_000),
      calendar.explainDay(calendar.dateAt(at)),
      calendar.explain(at, at + 300_000_000),
    ]
  })
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, answers: given }
}
