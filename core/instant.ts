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
  return new Date(instant).toISOString()
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
