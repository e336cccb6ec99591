import type { Instant } from './spec.ts'

/**
 * The clock of a zone over a stretch of time: `offset[i]` (ms east of UTC) holds from `since[i]` up to `since[i + 1]`.
 * The first run has no beginning; nothing may be asked about before the stretch.
 */
export interface ZoneRuns {
  since: Instant[]
  offset: number[]
}

/** Half-open stretch of real time. */
export interface Interval {
  from: Instant
  to: Instant
}

/** The runs from `from` to `to`; a year has at most a handful of transitions, which bounds the loop. */
export function zoneRuns(zone: string, from: Instant, to: Instant): ZoneRuns {
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  const runs: ZoneRuns = { since: [-Infinity], offset: [at.offsetNanoseconds / 1_000_000] }
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= to) return runs
    runs.since.push(next.epochMilliseconds)
    runs.offset.push(next.offsetNanoseconds / 1_000_000)
    at = next
  }
}

/** What the clock on the wall shows at `instant`, in ms as if the zone were UTC. */
export function wallTime(runs: ZoneRuns, instant: Instant): number {
  let i = runs.since.length - 1
  while (i > 0 && instant < (runs.since[i] as number)) i--
  return instant + (runs.offset[i] as number)
}

/**
 * All real time during which the clock on the wall shows a time inside one of the sorted `wall` stretches.
 * An hour that the clock skips does not exist; an hour that it shows twice counts twice.
 */
export function realIntervals(runs: ZoneRuns, wall: readonly Interval[]): Interval[] {
  const found: Interval[] = []
  runs.offset.forEach((offset, i) => {
    const since = runs.since[i] as number
    const until = runs.since[i + 1] ?? Infinity
    for (const stretch of wall) {
      const from = Math.max(stretch.from - offset, since)
      const to = Math.min(stretch.to - offset, until)
      if (to <= from) continue
      const last = found.at(-1)
      if (last && from <= last.to) last.to = Math.max(last.to, to)
      else found.push({ from, to })
    }
  })
  return found
}

/** The first instant at which the clock on the wall has reached `wall`. */
export function instantOfWall(runs: ZoneRuns, wall: number): Instant {
  for (let i = 0; i < runs.offset.length; i++) {
    const at = Math.max(wall - (runs.offset[i] as number), runs.since[i] as number)
    if (at < (runs.since[i + 1] ?? Infinity)) return at
  }
  throw new RangeError('a zone has no last run')
}
