import type { Instant } from '@opora/core'

/** A fact of a ticket's history about its places, in the order in which the facts were kept. */
export interface PlaceFact {
  type: 'place_entered' | 'place_left'
  place: string
  at: Instant
  /** Of leaving: what let the ticket go. */
  by: string | null
  /** The outcome's id, the message's name or the timer's element. */
  what: string | null
}

/** One stay of a ticket at a place. */
export interface Visit {
  place: string
  from: Instant
  /** Null while the ticket is there. */
  until: Instant | null
  by: string | null
  what: string | null
}

/** The stays that the facts tell of, in the order of coming. A place entered twice at once is left in the order of coming. */
export function visitsOf(facts: readonly PlaceFact[]): Visit[] {
  const visits: Visit[] = []
  for (const fact of facts) {
    if (fact.type === 'place_entered') {
      visits.push({ place: fact.place, from: fact.at, until: null, by: null, what: null })
      continue
    }
    const open = visits.find((visit) => visit.place === fact.place && visit.until === null)
    if (open) Object.assign(open, { until: fact.at, by: fact.by, what: fact.what })
  }
  return visits
}

/** How long tickets wait at a place. Minutes; null where nothing has been measured. */
export interface WaitFigures {
  visits: number
  median: number | null
  p90: number | null
  longest: number | null
}

/** Figures over measured stays, by the nearest rank: each is one of the values that were measured. */
export function waitFigures(minutes: readonly number[]): WaitFigures {
  const sorted = [...minutes].sort((one, other) => one - other)
  return {
    visits: sorted.length,
    median: percentile(sorted, 50),
    p90: percentile(sorted, 90),
    longest: sorted.at(-1) ?? null,
  }
}

/** The nearest rank of a sorted list: the least value that at least so many per cent do not exceed. */
function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null
}
