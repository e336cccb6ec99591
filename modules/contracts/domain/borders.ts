import type { CivilDate, Instant, Minutes } from '@opora/core'
import { civilDateIn, MINUTE_MS, startOfDate } from '@opora/core'

/** Half-open: `from` belongs to it, `to` does not. */
export interface Span {
  from: Instant
  to: Instant
}

/** The service hours inside a span, in order and without overlap. */
export type OpenIntervals = (from: Instant, to: Instant) => readonly Span[]

/** A part of a piece of work that lies in one day and wholly inside or outside service hours. */
export interface Piece extends Span {
  minutes: Minutes
  /** In the contract's zone; its month and the contract version follow from it. */
  date: CivilDate
  outOfHours: boolean
  /** Only the day is known, and part of it lies outside service hours: nobody has said in which part the work was done. */
  hoursUnknown: boolean
}

const MAX_SPAN_DAYS = 31

/**
 * Splits work at the borders of days (hence of months and contract versions) and of service hours.
 * The minutes of the pieces add up to the whole minutes of the span.
 */
export function splitAtBorders(span: Span, zone: string, openIntervals: OpenIntervals): Piece[] {
  if (span.to <= span.from) return []
  const open = openIntervals(span.from, span.to)
  const cuts = [...dayStarts(span, zone), ...open.flatMap((o) => [o.from, o.to])]
    .filter((cut) => span.from < cut && cut < span.to)
    .sort((a, b) => a - b)
  const points = [span.from, ...new Set(cuts), span.to]
  const wholeMinutes = (until: Instant) => Math.floor((until - span.from) / MINUTE_MS)
  return points.slice(0, -1).flatMap((from, index) => {
    const to = points[index + 1] ?? span.to
    const minutes = wholeMinutes(to) - wholeMinutes(from)
    if (minutes === 0) return []
    const outOfHours = !open.some((o) => o.from <= from && to <= o.to)
    return [{ from, to, minutes, date: civilDateIn(zone, from), outOfHours, hoursUnknown: false }]
  })
}

/** Work of which only the day is known: one piece, effective at the day's first instant. */
export function pieceOfDay(
  date: CivilDate,
  minutes: Minutes,
  zone: string,
  hours: Pick<Piece, 'outOfHours' | 'hoursUnknown'>,
): Piece {
  const from = startOfDate(zone, date)
  return { from, to: from + minutes * MINUTE_MS, minutes, date, ...hours }
}

function dayStarts(span: Span, zone: string): Instant[] {
  const starts: Instant[] = []
  let day = Temporal.PlainDate.from(civilDateIn(zone, span.from))
  for (let count = 0; count <= MAX_SPAN_DAYS; count += 1) {
    day = day.add({ days: 1 })
    const start = startOfDate(zone, day.toString())
    if (start >= span.to) return starts
    starts.push(start)
  }
  throw new RangeError(`a piece of work spans more than ${MAX_SPAN_DAYS} days`)
}
