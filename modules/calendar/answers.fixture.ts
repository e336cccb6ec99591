import fc from 'fast-check'
import { compileCalendar } from './index.ts'
import { calendars } from './random-calendars.fixture.ts'

/** A few hundred answers as one text; run in processes whose host has another zone, they must all print the same. */
const specs = fc.sample(calendars({ from: '2024-01-01', to: '2027-12-31' }), { numRuns: 40, seed: 42 })
const answers = specs.flatMap((spec, i) => {
  const calendar = compileCalendar(spec)
  const at = Date.UTC(2024, i, 1 + i, i % 24, i)
  const opening = calendar.nextOpening(at)
  if (opening === null) return [null]
  return [
    opening,
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
process.stdout.write(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, answers }))
