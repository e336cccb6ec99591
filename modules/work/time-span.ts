import type { CivilDate, Instant, Minutes } from '@opora/core'
import { civilDateIn, DAY_MS, HOUR_MS, MINUTE_MS, parseInstant, startOfDate } from '@opora/core'
import { minutesBetween } from './domain/time-entry.ts'
import { workRefusals } from './work.refusals.ts'

/** When the work was done. */
export interface TimeSpan {
  startedAt: Instant
  endedAt: Instant
  minutes: Minutes
  /** False: only the day is known. */
  timed: boolean
  date: CivilDate
}

export interface GivenSpan {
  minutes?: number | undefined
  startedAt?: string | undefined
  endedAt?: string | undefined
  date?: string | undefined
}

const DAY_BEGINS_MS = 9 * HOUR_MS

/** Reads a span in whole minutes; a day without times stands at that day's morning, today's at the minutes just passed. */
export function readSpan(given: GivenSpan, now: Instant, zone: string): TimeSpan {
  if (given.startedAt !== undefined) {
    const startedAt = Math.floor(parseInstant(given.startedAt) / MINUTE_MS) * MINUTE_MS
    const minutes = given.endedAt === undefined ? given.minutes : minutesBetween(startedAt, parseInstant(given.endedAt))
    if (minutes === undefined) throw workRefusals.refuse('work.time_missing', { field: 'endedAt' })
    if (minutes <= 0) throw workRefusals.refuse('work.span_backwards', { field: 'endedAt' })
    const differs = given.endedAt !== undefined && given.minutes !== undefined && given.minutes !== minutes
    if (differs) {
      const params = { minutes: given.minutes ?? 0, expected: minutes }
      throw workRefusals.refuse('work.span_differs', { field: 'minutes', params })
    }
    return timedSpan(startedAt, minutes, zone)
  }
  if (given.minutes === undefined) throw workRefusals.refuse('work.time_missing', { field: 'minutes' })
  return daySpan(given.date ?? civilDateIn(zone, now), given.minutes, now, zone)
}

export function timedSpan(startedAt: Instant, minutes: Minutes, zone: string): TimeSpan {
  return {
    startedAt,
    endedAt: startedAt + minutes * MINUTE_MS,
    minutes,
    timed: true,
    date: civilDateIn(zone, startedAt),
  }
}

export function daySpan(date: CivilDate, minutes: Minutes, now: Instant, zone: string): TimeSpan {
  const begins = startOfDate(zone, date)
  const isToday = begins <= now && now < begins + DAY_MS
  const ends = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const startedAt = isToday ? Math.max(begins, ends - minutes * MINUTE_MS) : begins + DAY_BEGINS_MS
  return { startedAt, endedAt: startedAt + minutes * MINUTE_MS, minutes, timed: false, date }
}

/** Work in two months is two entries, so that each month's sheet, approval, report and close has its own part of it. */
export function splitByMonth(span: TimeSpan, zone: string): TimeSpan[] {
  if (!span.timed) return [span]
  const month = Temporal.PlainDate.from(span.date).toPlainYearMonth()
  const border = startOfDate(zone, month.add({ months: 1 }).toPlainDate({ day: 1 }).toString())
  if (span.endedAt <= border) return [span]
  const before = (border - span.startedAt) / MINUTE_MS
  return [
    timedSpan(span.startedAt, before, zone),
    ...splitByMonth(timedSpan(border, span.minutes - before, zone), zone),
  ]
}
