import type { DayReasonCode, ExplainedInterval } from '@opora/calendar'
import { type Instant, MINUTE_MS } from '@opora/core'
import type { ClockFact } from './clock.ts'
import type { ClockState } from './clock-state.ts'
import { gapsAfter } from './counted-time.ts'
import { type CalendarBook, calendarOf, countingCalendar } from './term.ts'

/** Why a stretch counted or did not: the calendar's reason, or one of the ticket's own. */
export type IntervalReason =
  | DayReasonCode
  | 'clock_time' // counts at any hour
  | 'waiting' // reason: client, vendor …
  | 'ticket_closed'
  | 'waiting_not_counted' // reason: the policy does not let this wait stop the clock

/** A stretch of a clock's life. `minutes` of the counted ones add up to the minutes that the clock shows. */
export interface ClockInterval {
  from: Instant
  to: Instant
  counted: boolean
  minutes: number
  reason: IntervalReason
  params: Record<string, string>
}

/** From registration to `to` without a gap, and beside it the facts that shaped the clock. */
export interface ClockExplanation {
  from: Instant
  to: Instant
  countedMinutes: number
  intervals: ClockInterval[]
  facts: ClockFact[]
}

type Piece = Omit<ClockInterval, 'minutes'>

/**
 * Why a clock shows what it shows. By default up to its end, or to the moment that it was computed for; with `until`
 * the deadline of an open clock, why it is then.
 */
export function explainClock(
  clock: ClockState,
  calendars: CalendarBook,
  until: Instant = clock.endedAt ?? clock.asOf,
): ClockExplanation {
  const from = clock.registeredAt
  const to = Math.max(until, from)
  const start = Math.min(Math.max(clock.startedAt, from), to)
  const before = calendarOf(calendars, clock.calendarCode).explain(from, start).map(uncounted)
  const intervals = withMinutes([...before, ...runningPieces(clock, calendars, start, to)])
  return {
    from,
    to,
    countedMinutes: intervals.reduce((sum, interval) => sum + interval.minutes, 0),
    intervals,
    facts: clock.facts,
  }
}

/** Time from the start: stops, and between them what the calendar says. */
function runningPieces(clock: ClockState, calendars: CalendarBook, start: Instant, to: Instant): Piece[] {
  const calendar = countingCalendar(clock, calendars)
  const isAlways = clock.target.unit === 'clock_minutes'
  const pieces: Piece[] = []
  let at = start
  const byCalendar = (end: Instant) => {
    if (end <= at) return
    for (const piece of calendar.explain(at, end)) pieces.push(...annotated(openOrClosed(piece, isAlways), clock))
    at = end
  }
  for (const gap of gapsAfter(clock.stops, start)) {
    if (gap.from >= to) break
    byCalendar(gap.from)
    const end = Math.min(gap.to ?? to, to)
    pieces.push(...stopPieces(clock, at, end))
    at = end
  }
  byCalendar(to)
  return pieces
}

function openOrClosed(piece: ExplainedInterval, isAlways: boolean): Piece {
  const { from, to, open, reason } = piece
  if (open && isAlways) return { from, to, counted: true, reason: 'clock_time', params: {} }
  return { from, to, counted: open, reason: reason.code, params: reason.params }
}

function uncounted(piece: ExplainedInterval): Piece {
  return { ...openOrClosed(piece, false), counted: false }
}

/** A stretch of stopped time, cut where one wait follows another. */
function stopPieces(clock: ClockState, from: Instant, to: Instant): Piece[] {
  const pieces: Piece[] = []
  let at = from
  for (const stop of clock.stops) {
    const end = Math.min(stop.to ?? to, to)
    if (end <= at || stop.from >= to) continue
    const piece: Piece =
      stop.reason === 'closed'
        ? { from: at, to: end, counted: false, reason: 'ticket_closed', params: {} }
        : { from: at, to: end, counted: false, reason: 'waiting', params: { reason: stop.reason } }
    pieces.push(piece)
    at = end
  }
  return pieces
}

/** Marks the counted time in which the ticket waited, but not for a reason that stops this clock. */
function annotated(piece: Piece, clock: ClockState): Piece[] {
  if (!piece.counted) return [piece]
  const pieces: Piece[] = []
  let at = piece.from
  for (const wait of clock.uncountedWaits) {
    const from = Math.max(wait.from, at)
    const to = Math.min(wait.to ?? piece.to, piece.to)
    if (to <= from) continue
    if (from > at) pieces.push({ ...piece, from: at, to: from })
    pieces.push({ ...piece, from, to, reason: 'waiting_not_counted', params: { reason: wait.reason } })
    at = to
  }
  if (at < piece.to) pieces.push({ ...piece, from: at })
  return pieces
}

/** Whole minutes by running totals, so that they add up whatever the seconds are. */
function withMinutes(pieces: readonly Piece[]): ClockInterval[] {
  let countedMs = 0
  return pieces.map((piece) => {
    const before = Math.floor(countedMs / MINUTE_MS)
    if (piece.counted) countedMs += piece.to - piece.from
    return { ...piece, minutes: Math.floor(countedMs / MINUTE_MS) - before }
  })
}
