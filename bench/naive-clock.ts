interface Fact {
  type: string
  at: number
  data: Record<string, unknown>
}

const ZONE = 'Europe/Moscow'
const MINUTE_MS = 60_000
const HOLIDAYS = new Set([
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
])
const COUNTED = ['client', 'approval', 'payment', 'date']

/**
 * Minutes of Monday–Friday 10–18 in Moscow, less waits, from the opening to `end`: every minute is looked at with the platform's own
 * dates. It knows neither moved days nor shortened ones.
 */
export function naiveMinutes(facts: readonly Fact[], end: number): number {
  const ordered = facts.toSorted((a, b) => a.at - b.at)
  let next = 0
  let waiting = false
  let used = 0
  for (let t = ordered[0]?.at ?? end; t < end; t += MINUTE_MS) {
    for (; next < ordered.length && ordered[next]!.at <= t; next++) {
      const { type, data } = ordered[next]!
      if (type === 'paused') waiting = COUNTED.includes(String(data['reason']))
      if (type === 'resumed') waiting = false
    }
    if (!waiting && isOpen(t)) used++
  }
  return used
}

function isOpen(t: number): boolean {
  const wall = Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(ZONE)
  if (wall.dayOfWeek > 5 || wall.hour < 10 || wall.hour >= 18) return false
  return !HOLIDAYS.has(wall.toPlainDate().toString().slice(5))
}
