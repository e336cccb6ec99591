import { DAY_MS, type EpochDay, firstDayOfYear, MINUTE_MS } from './civil-day.ts'
import type { DayPlan, DaySource } from './day-plan.ts'
import { uniteSpans } from './spans.ts'
import type { Instant } from './spec.ts'
import { type Interval, instantOfWall, realIntervals, type ZoneRuns, zoneRuns } from './zone.ts'

/**
 * The open intervals of one local year as instants: disjoint, ascending, cut at the year's borders.
 * `before[i]` is the open time (ms) of the year before interval `i`; `total` is that of the whole year.
 * The two indexes only narrow the binary searches: `byDay` by the 24-hour slot since the year's beginning,
 * `byOpenTime` by the share of open time that has passed (`slotMs` each).
 */
export interface YearTable {
  year: number
  from: Instant
  to: Instant
  runs: ZoneRuns
  starts: Float64Array
  ends: Float64Array
  before: Float64Array
  total: number
  byDay: Uint32Array
  byOpenTime: Uint32Array
  slotMs: number
}

/** Zone rules reach past the year's borders by this much, for night shifts and for days that the borders cut. */
const MARGIN_MS = 4 * DAY_MS

export function buildYearTable(source: DaySource, year: number): YearTable {
  const first = firstDayOfYear(year)
  const last = firstDayOfYear(year + 1)
  const runs = zoneRuns(source.zone, first * DAY_MS - MARGIN_MS, last * DAY_MS + MARGIN_MS)
  const from = instantOfWall(runs, first * DAY_MS)
  const to = instantOfWall(runs, last * DAY_MS)
  const isEmpty = source.emptyAfter !== null && first > source.emptyAfter
  const open = isEmpty ? [] : clip(realIntervals(runs, wallHours(source, first - 1, last)), from, to)
  return indexed(year, from, to, runs, open)
}

function indexed(year: number, from: Instant, to: Instant, runs: ZoneRuns, open: readonly Interval[]): YearTable {
  const ends = Float64Array.from(open, (interval) => interval.to)
  const before = new Float64Array(open.length)
  let total = 0
  open.forEach((interval, i) => {
    before[i] = total
    total += interval.to - interval.from
  })
  const slotMs = Math.ceil(total / Math.max(open.length, 1)) || 1
  const byDay = new Uint32Array(Math.ceil((to - from) / DAY_MS) + 1)
  for (let slot = 0; slot < byDay.length; slot++)
    byDay[slot] = partition(ends, 0, ends.length, (end) => end > from + slot * DAY_MS)
  const byOpenTime = new Uint32Array(Math.floor(total / slotMs) + 2)
  for (let slot = 0; slot < byOpenTime.length; slot++)
    byOpenTime[slot] = partition(before, 0, before.length, (passed) => passed > slot * slotMs)
  const starts = Float64Array.from(open, (interval) => interval.from)
  return { year, from, to, runs, starts, ends, before, total, byDay, byOpenTime, slotMs }
}

/** Index in `low`…`high` of the first value for which `isPast` holds; `high` when there is none. */
function partition(values: Float64Array, low: number, high: number, isPast: (value: number) => boolean): number {
  for (let from = low, to = high; ; ) {
    if (from >= to) return from
    const middle = (from + to) >>> 1
    if (isPast(values[middle] as number)) to = middle
    else from = middle + 1
  }
}

/** Hours that begin on `day`, on the wall clock (ms as if the zone were UTC). */
export function wallHoursOfDay(plan: DayPlan, day: EpochDay): Interval[] {
  return plan.spans.map((span) => ({
    from: day * DAY_MS + span.from * MINUTE_MS,
    to: day * DAY_MS + span.to * MINUTE_MS,
  }))
}

/** Index of the first interval that ends after `t`, which lies inside the year; the length when there is none. */
export function firstEndingAfter(table: YearTable, t: Instant): number {
  const { ends, byDay } = table
  const slot = Math.floor((t - table.from) / DAY_MS)
  let low = byDay[slot] as number
  let high = byDay[slot + 1] as number
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ends[middle] as number) > t) high = middle
    else low = middle + 1
  }
  return low
}

/** Open ms of the year up to `t`, which lies inside the year. */
export function openBefore(table: YearTable, t: Instant): number {
  const i = firstEndingAfter(table, t)
  if (i === table.ends.length) return table.total
  return (table.before[i] as number) + Math.max(t - (table.starts[i] as number), 0)
}

/** The earliest instant by which `ms` of open time have passed, 0 < ms ≤ total: a closing when it comes out even. */
export function earliestAt(table: YearTable, ms: number): Instant {
  const i = lastBegunBy(table, ms)
  const passed = table.before[i] as number
  return passed === ms ? (table.ends[i - 1] as number) : (table.starts[i] as number) + ms - passed
}

/** The latest instant by which `ms` of open time have passed, 0 ≤ ms < total: an opening when it comes out even. */
export function latestAt(table: YearTable, ms: number): Instant {
  const i = lastBegunBy(table, ms)
  return (table.starts[i] as number) + ms - (table.before[i] as number)
}

/** Index of the last interval before which at most `ms` of open time have passed. */
function lastBegunBy(table: YearTable, ms: number): number {
  const { before, byOpenTime } = table
  const slot = Math.floor(ms / table.slotMs)
  let low = byOpenTime[slot] as number
  let high = byOpenTime[slot + 1] as number
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((before[middle] as number) > ms) high = middle
    else low = middle + 1
  }
  return low - 1
}

function wallHours(source: DaySource, first: EpochDay, last: EpochDay): Interval[] {
  const hours: Interval[] = []
  for (let day = first; day < last; day++) hours.push(...wallHoursOfDay(source.plan(day), day))
  return uniteSpans(hours)
}

function clip(intervals: readonly Interval[], from: Instant, to: Instant): Interval[] {
  return intervals
    .map((interval) => ({ from: Math.max(interval.from, from), to: Math.min(interval.to, to) }))
    .filter((interval) => interval.to > interval.from)
}
