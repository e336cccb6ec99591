import type { Instant, Minutes } from '@opora/core'
import { MINUTE_MS } from '@opora/core'

/** A stretch of a day, `to` exclusive. */
export interface Stretch {
  from: Instant
  to: Instant
  minutes: Minutes
}

export interface DayMarks {
  /** Time that stands in more than one entry. */
  overlaps: Stretch[]
  /** Time between the first beginning and the last end that stands in none. */
  gaps: Stretch[]
}

/**
 * Where a day's entries lie upon each other and where they leave holes; holes shorter than `leastGapMinutes` are no news. Entries of
 * which only the day is known stand nowhere and take no part.
 */
export function dayMarks(
  entries: readonly { startedAt: Instant; endedAt: Instant }[],
  leastGapMinutes: Minutes,
): DayMarks {
  const marks: DayMarks = { overlaps: [], gaps: [] }
  const ordered = entries.filter((one) => one.startedAt < one.endedAt).toSorted((a, b) => a.startedAt - b.startedAt)
  let end: Instant | null = null
  for (const { startedAt, endedAt } of ordered) {
    if (end !== null && startedAt < end) addOverlap(marks.overlaps, startedAt, Math.min(end, endedAt))
    const gap = end === null ? 0 : startedAt - end
    if (end !== null && gap >= leastGapMinutes * MINUTE_MS) marks.gaps.push(stretch(end, startedAt))
    end = Math.max(end ?? endedAt, endedAt)
  }
  return marks
}

/** Overlaps are found in order of their beginnings: one that begins inside the last is part of it. */
function addOverlap(overlaps: Stretch[], from: Instant, to: Instant): void {
  const last = overlaps.at(-1)
  if (last === undefined || last.to < from) overlaps.push(stretch(from, to))
  else if (last.to < to) overlaps.splice(-1, 1, stretch(last.from, to))
}

function stretch(from: Instant, to: Instant): Stretch {
  return { from, to, minutes: Math.round((to - from) / MINUTE_MS) }
}
