import type { Calendar } from './calendar.ts'
import type { Instant } from './spec.ts'

/** The next opening of a calendar's hours as the clocks on the wall of `zone` show them; `at` itself while they are open. */
export function nextOpeningIn(calendar: Calendar, zone: string, at: Instant): Instant {
  const opening = calendar.nextOpening(sameWallTime(at, zone, calendar.zone))
  return opening === null ? at : sameWallTime(opening, calendar.zone, zone)
}

/** The instant at which the clocks of the second zone show what those of the first show at `at`. */
function sameWallTime(at: Instant, from: string, to: string): Instant {
  if (from === to) return at
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(from).toPlainDateTime()
  return wall.toZonedDateTime(to).epochMilliseconds
}
