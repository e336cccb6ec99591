/** A point in time: integer milliseconds since 1970-01-01T00:00:00Z. Zones appear only at the edges. */
export type Instant = number

/** A civil date without a zone, `YYYY-MM-DD`. */
export type CivilDate = string

/** A civil month without a zone, `YYYY-MM`. */
export type CivilMonth = string

/** Whether a date or month is of a time that work is planned in: a slip of the finger in the year must not be counted through. */
export function isOfOurTime(date: CivilDate | CivilMonth): boolean {
  return date >= '1990' && date < '2200'
}

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** ISO 8601 in UTC, the form in which instants cross the API: `2026-03-01T06:00:00.000Z`. */
export function isoInstant(instant: Instant): string {
  const day = Math.floor(instant / DAY_MS)
  const rest = instant - day * DAY_MS
  const milliseconds = rest % SECOND_MS
  const seconds = (rest - milliseconds) / SECOND_MS
  const minutes = Math.floor(seconds / 60)
  return `${isoDay(day)}T${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${THREE[Math.floor(milliseconds)]}Z`
}

// A list of tickets writes some hundreds of instants of few days; the platform's own way takes five times as long.
const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const THREE = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'))
const DAYS_KEPT = 5_000
const isoDays = new Map<number, string>()

function isoDay(day: number): string {
  const kept = isoDays.get(day)
  if (kept !== undefined) return kept
  const text = new Date(day * DAY_MS).toISOString().slice(0, -'T00:00:00.000Z'.length)
  if (isoDays.size >= DAYS_KEPT) isoDays.clear()
  isoDays.set(day, text)
  return text
}

/** The same for a value that may be absent. */
export function isoInstantOrNull(instant: Instant | null | undefined): string | null {
  return instant === null || instant === undefined ? null : isoInstant(instant)
}

/** Reads an ISO 8601 instant with an offset or `Z`; throws `RangeError` for anything else. */
export function parseInstant(text: string): Instant {
  return Temporal.Instant.from(text).epochMilliseconds
}

/** The civil date that a clock on the wall in `zone` (IANA name) shows at `instant`. */
export function civilDateIn(zone: string, instant: Instant): CivilDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** The first instant of a civil date in `zone`. */
export function startOfDate(zone: string, date: CivilDate): Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds
}

/** The month as a half-open span of instants in `zone`: from its first instant to the first of the next month. */
export function monthSpan(zone: string, month: CivilMonth): { from: Instant; to: Instant } {
  const first = Temporal.PlainYearMonth.from(month)
  return {
    from: first.toPlainDate({ day: 1 }).toZonedDateTime(zone).epochMilliseconds,
    to: first.add({ months: 1 }).toPlainDate({ day: 1 }).toZonedDateTime(zone).epochMilliseconds,
  }
}
