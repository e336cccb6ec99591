import { DAY_MS, dateOfEpochDay, type EpochDay, MINUTE_MS, weekdayOf, yearOfDay } from './civil-day.ts'
import type { DayPlan, DayReason, DaySource } from './day-plan.ts'
import { hoursOfSpan } from './spans.ts'
import type { CivilDate, Instant, Weekday } from './spec.ts'
import { wallHoursOfDay } from './year-table.ts'
import { type Interval, instantOfWall, realIntervals, wallTime, type ZoneRuns } from './zone.ts'

/** What a civil date comes to: its hours and, lowest layer first, what shaped them. */
export interface DayExplanation {
  date: CivilDate
  weekday: Weekday
  /** The hours that begin on the date as the clock on the wall shows them, `HH:MM`; `22:00–06:00` ends on the next date. */
  hours: [from: string, to: string][]
  open: Interval[]
  openMinutes: number
  reasons: DayReason[]
  /** The year has no approved production calendar, and this calendar needs one. */
  estimated: boolean
}

/** A stretch with one state and one reason. */
export interface ExplainedInterval extends Interval {
  open: boolean
  reason: DayReason
}

export function explainDay(day: EpochDay, runs: ZoneRuns, source: DaySource): DayExplanation {
  const plan = source.plan(day)
  const open = realIntervals(runs, wallHoursOfDay(plan, day))
  return {
    date: dateOfEpochDay(day),
    weekday: weekdayOf(day),
    hours: plan.spans.map(hoursOfSpan),
    open,
    openMinutes: open.reduce((sum, interval) => sum + (interval.to - interval.from), 0) / MINUTE_MS,
    reasons: plan.reasons,
    estimated: source.isEstimatedYear(yearOfDay(day)),
  }
}

/** Fills the gaps between the open stretches and gives every piece its reason. */
export function explainIntervals(
  open: readonly Interval[],
  from: Instant,
  to: Instant,
  runsAt: (t: Instant) => ZoneRuns,
  source: DaySource,
): ExplainedInterval[] {
  const pieces: ExplainedInterval[] = []
  let at = from
  for (const stretch of [...open, { from: to, to }]) {
    if (stretch.from > at) pieces.push(...closedPieces({ from: at, to: stretch.from }, runsAt, source))
    if (stretch.to > stretch.from) pieces.push({ ...stretch, open: true, reason: openReason(stretch, runsAt, source) })
    at = stretch.to
  }
  return mergeEqual(pieces)
}

function openReason(stretch: Interval, runsAt: (t: Instant) => ZoneRuns, source: DaySource): DayReason {
  const day = dayAt(stretch.from, runsAt)
  const reasons = source.plan(day).reasons
  const opening = reasons.findLast((reason) => OPENING.has(reason.code))
  return stretch.to - stretch.from > 2 * DAY_MS || !opening ? { code: 'week_hours', params: {} } : opening
}

const OPENING = new Set(['week_hours', 'moved_working_day', 'exception_replaced', 'exception_added'])

function closedPieces(gap: Interval, runsAt: (t: Instant) => ZoneRuns, source: DaySource): ExplainedInterval[] {
  const pieces: ExplainedInterval[] = []
  for (let at = gap.from; at < gap.to; ) {
    const runs = runsAt(at)
    const day = dayAt(at, runsAt)
    const midnight = Math.max(instantOfWall(runs, (day + 1) * DAY_MS), at + 1)
    const end = Math.min(gap.to, midnight)
    pieces.push(...closedPiecesOfDay({ from: at, to: end }, day, runs, source))
    at = end
  }
  return pieces
}

function closedPiecesOfDay(gap: Interval, day: EpochDay, runs: ZoneRuns, source: DaySource): ExplainedInterval[] {
  const plan = source.plan(day)
  const last = plan.reasons.at(-1)
  const otherwise: DayReason = plan.spans.length === 0 && last ? last : { code: 'outside_hours', params: {} }
  const pieces: ExplainedInterval[] = []
  let at = gap.from
  for (const cut of cutsOf(plan, day, runs)
    .concat(cutsOf(source.plan(day - 1), day - 1, runs))
    .sort(byStart)) {
    const from = Math.max(cut.from, at)
    const to = Math.min(cut.to, gap.to)
    if (to <= from) continue
    if (from > at) pieces.push({ from: at, to: from, open: false, reason: otherwise })
    pieces.push({ from, to, open: false, reason: cut.reason })
    at = to
  }
  if (at < gap.to) pieces.push({ from: at, to: gap.to, open: false, reason: otherwise })
  return pieces
}

function cutsOf(plan: DayPlan, day: EpochDay, runs: ZoneRuns): (Interval & { reason: DayReason })[] {
  return plan.cuts.flatMap((cut) =>
    realIntervals(runs, wallHoursOfDay({ ...plan, spans: [cut] }, day)).map((real) => ({
      ...real,
      reason: cut.reason,
    })),
  )
}

function byStart(a: Interval, b: Interval): number {
  return a.from - b.from
}

function dayAt(t: Instant, runsAt: (t: Instant) => ZoneRuns): EpochDay {
  return Math.floor(wallTime(runsAt(t), t) / DAY_MS)
}

function mergeEqual(pieces: readonly ExplainedInterval[]): ExplainedInterval[] {
  const merged: ExplainedInterval[] = []
  for (const piece of pieces) {
    const last = merged.at(-1)
    if (last && !last.open && !piece.open && isSame(last.reason, piece.reason)) last.to = piece.to
    else merged.push({ ...piece })
  }
  return merged
}

function isSame(a: DayReason, b: DayReason): boolean {
  return a.code === b.code && JSON.stringify(a.params) === JSON.stringify(b.params)
}
