import { type Instant, MINUTE_MS } from '@opora/core'
import { type Clock, type ClockEnd, type ClockFact, type ClosedTime, type Pause, stopsOf, waitsOf } from './clock.ts'
import { countedMs, type Gap } from './counted-time.ts'
import type { Metric, PauseReason, SlaTarget } from './policy.ts'
import { type Basis, dueAtOf, shareAt, type Term } from './term.ts'
import type { WarningShare } from './warning-shares.ts'

/** `warn75`: three quarters of the counted time are gone. */
export type AlarmKind = `warn${number}` | 'breach'

/** `at` is the first instant at which the alarm is true. Each is to fire once for a ticket, metric, seq and kind. */
export interface Alarm {
  kind: AlarmKind
  at: Instant
}

/**
 * - `running`, `paused`: open.
 * - `met`: ended in time. `stopped`: ended late, its breach is on record.
 * - `cancelled`: ended without its purpose: ticket closed or merged, work-around rejected, nothing promised any more.
 */
export type ClockStanding = 'running' | 'paused' | 'met' | 'stopped' | 'cancelled'

/** A clock as data (JSON): what a row of the clock table holds, and what its explanation is made of. */
export interface ClockState {
  metric: Metric
  seq: number
  state: ClockStanding
  /** Registration, entitlement or the client's message. */
  registeredAt: Instant
  /** The opening from which time counts. */
  startedAt: Instant
  /** `null` while a pause holds it, and when the calendar has no such time. */
  dueAt: Instant | null
  /** When the metric's purpose was reached, in time or late. */
  metAt: Instant | null
  endedAt: Instant | null
  endedBy: ClockEnd | null
  /** The first breach; it stays on record whatever happens to the target later. */
  breachedAt: Instant | null
  breachedDueAt: Instant | null
  pauseReason: PauseReason | null
  priority: number
  target: SlaTarget
  rowName: string
  rowNameEn: string
  policyCode: string
  calendarCode: string
  dayCalendarCode: string | null
  /** Since when this target binds. */
  targetSince: Instant
  agreedDueAt: Instant | null
  mayAgree: boolean
  /** Minutes of counted time that the target comes to; `null` when the calendar has no such time. */
  targetMinutes: number | null
  usedMinutes: number
  /** Negative when overdue. */
  remainingMinutes: number | null
  /** The deadline rests on a year without an approved production calendar. */
  estimated: boolean
  alarms: Alarm[]
  /** The moment for which minutes and state were computed. */
  asOf: Instant
  /** Waits and closed times that stopped the clock. */
  stops: (Pause | ClosedTime)[]
  /** Waits that did not stop it. */
  uncountedWaits: Pause[]
  facts: ClockFact[]
}

/** The finished form of a clock at `now`; `null` when nothing was ever promised. */
export function stateOf(
  clock: Clock,
  pauses: readonly Pause[],
  sharesOf: (term: Term) => readonly WarningShare[],
  now: Instant,
): ClockState | null {
  const { term, basis } = clock
  if (!term || !basis) return null
  const stops = stopsOf(clock, pauses)
  const dueAt = dueAtOf(term, basis, stops)
  const end = clock.ended?.at ?? now
  const usedMinutes = Math.floor(countedMs(basis.calendar, basis.start, end, stops) / MINUTE_MS)
  const targetMinutes = basis.amountMs === null ? null : Math.floor(basis.amountMs / MINUTE_MS)
  const pause = pauses.find((wait) => wait.to === null && wait.counted)
  const isPaused = clock.ended === null && clock.metric !== 'reaction' && pause !== undefined
  return {
    metric: clock.metric,
    seq: clock.seq,
    state: standingOf(clock, isPaused),
    registeredAt: clock.origin,
    startedAt: basis.start,
    dueAt,
    metAt: clock.ended?.met ? clock.ended.at : null,
    endedAt: clock.ended?.at ?? null,
    endedBy: clock.ended?.by ?? null,
    breachedAt: clock.breach?.at ?? null,
    breachedDueAt: clock.breach?.dueAt ?? null,
    pauseReason: isPaused ? pause.reason : null,
    ...promiseOf(term),
    targetMinutes,
    usedMinutes,
    remainingMinutes: targetMinutes === null ? null : targetMinutes - usedMinutes,
    estimated: basis.calendar.isEstimated(clock.origin, Math.max(dueAt ?? end, basis.start)),
    alarms: clock.promised ? alarmsOf(clock, { term, basis, dueAt }, stops, sharesOf) : breachAlarm(clock, null),
    asOf: now,
    stops: stops.sort((a, b) => a.from - b.from),
    uncountedWaits: waitsOf(clock, pauses).filter((wait) => !wait.counted || clock.metric === 'reaction'),
    facts: [...clock.facts].sort((a, b) => a.at - b.at),
  }
}

function promiseOf(term: Term) {
  const { since, warnings: _warnings, policyFrom: _policyFrom, ...promise } = term
  return { ...promise, targetSince: since }
}

function standingOf(clock: Clock, isPaused: boolean): ClockStanding {
  if (clock.ended) return clock.ended.met ? (clock.breach ? 'stopped' : 'met') : 'cancelled'
  if (!clock.promised) return 'cancelled'
  return isPaused ? 'paused' : 'running'
}

/** Alarms that can still come, and those that have come, of an open clock; of an ended one only its breach. */
function alarmsOf(
  clock: Clock,
  { term, basis, dueAt }: { term: Term; basis: Basis; dueAt: Instant | null },
  gaps: readonly Gap[],
  sharesOf: (term: Term) => readonly WarningShare[],
): Alarm[] {
  if (clock.ended) return breachAlarm(clock, null)
  const lateAt = dueAt === null ? Infinity : Math.max(dueAt + 1, term.since)
  const reached = sharesOf(term).flatMap(({ percent, since }) => {
    const at = shareAt(basis, percent / 100, gaps)
    return at === null ? [] : [{ percent, since, at }]
  })
  const warnings = reached.flatMap(({ percent, since, at }): Alarm[] => {
    // A term that is over when it begins to bind has nothing left to warn of, nor has a share that came when a greater one was past.
    if (Math.max(term.since, since) >= lateAt) return []
    if (at < since && reached.some((other) => other.percent > percent && other.at <= since)) return []
    return [{ kind: `warn${percent}`, at: Math.max(at, term.since, since) }]
  })
  return [...warnings, ...breachAlarm(clock, dueAt)].sort((a, b) => a.at - b.at)
}

/** A breach is true from the first instant after the deadline, and no earlier than the term that was missed. */
function breachAlarm(clock: Clock, dueAt: Instant | null): Alarm[] {
  if (clock.breach) return [{ kind: 'breach', at: Math.max(clock.breach.dueAt + 1, clock.breach.term.since) }]
  return dueAt === null || !clock.term ? [] : [{ kind: 'breach', at: Math.max(dueAt + 1, clock.term.since) }]
}
