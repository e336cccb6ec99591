import type { Calendar } from '@opora/calendar'
import type { Instant } from '@opora/core'

/** Time that does not count, whatever the calendar says. `to` is `null` while it lasts. */
export interface Gap {
  from: Instant
  to: Instant | null
}

/** Sorted, merged and cut to what lies after `start`; a gap that lasts swallows everything later. */
export function gapsAfter<G extends Gap>(gaps: readonly G[], start: Instant): Gap[] {
  const merged: Gap[] = []
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    const from = Math.max(gap.from, start)
    if (gap.to !== null && gap.to <= from) continue
    const last = merged.at(-1)
    if (last && (last.to === null || from <= last.to)) {
      if (last.to !== null) last.to = gap.to === null ? null : Math.max(last.to, gap.to)
    } else merged.push({ from, to: gap.to })
  }
  return merged
}

/** Open milliseconds from `start` to `end` outside the gaps; 0 when the end comes first. */
export function countedMs(calendar: Calendar, start: Instant, end: Instant, gaps: readonly Gap[]): number {
  if (end <= start) return 0
  return gapsAfter(gaps, start).reduce(
    (counted, gap) => {
      const to = Math.min(gap.to ?? end, end)
      return to > gap.from ? counted - calendar.betweenMs(gap.from, to) : counted
    },
    calendar.betweenMs(start, end),
  )
}

/**
 * The instant by which `ms` have been counted since `start`; `null` when a gap that lasts comes first.
 * `earliest` gives deadlines (a closing when it comes out even), `latest` warnings (the opening after it).
 * Throws `NoOpenTime`.
 */
export function instantAfter(
  calendar: Calendar,
  start: Instant,
  ms: number,
  gaps: readonly Gap[],
  edge: 'earliest' | 'latest',
): Instant | null {
  let at = start
  let left = ms
  for (const gap of gapsAfter(gaps, start)) {
    const available = calendar.betweenMs(at, gap.from)
    if (left < available || (edge === 'earliest' && left === available)) break
    if (gap.to === null) return null
    left -= available
    at = gap.to
  }
  const reached = calendar.addMs(at, left)
  return edge === 'latest' ? (calendar.nextOpening(reached) ?? reached) : reached
}
