import type { Instant } from '@opora/core'
import type { Alarm, ClockState } from './clock-state.ts'
import { explainClock } from './explain-clock.ts'
import type { CalendarBook } from './term.ts'

/** When an open or ended clock was breached, seen from `now`; `null` when it was not. Needs no replay. */
export function breachAt(
  clock: Pick<ClockState, 'breachedAt' | 'endedAt' | 'dueAt' | 'targetSince' | 'state'>,
  now: Instant,
): Instant | null {
  if (clock.breachedAt !== null) return clock.breachedAt
  if (clock.endedAt !== null || clock.state === 'cancelled' || clock.dueAt === null || clock.dueAt >= now) return null
  return Math.max(clock.dueAt, clock.targetSince)
}

/** How late a breached clock was, and whether it was late only while the client was waited for: that costs no penalty. */
export interface Lateness {
  lateMinutes: number
  whollyWaitingForClient: boolean
}

/**
 * `null` for a clock without a breach. Counts the clock's own open time from the missed deadline to its end, to the
 * moment when another term began to bind, or to `asOf`.
 */
export function latenessOf(clock: ClockState, calendars: CalendarBook): Lateness | null {
  if (clock.breachedAt === null || clock.breachedDueAt === null) return null
  const dueAt = clock.breachedDueAt
  const isLater = (at: Instant) => at > (clock.breachedAt ?? at)
  const changed = clock.facts.find(({ at, code }) => isLater(at) && (code === 'target_set' || code === 'target_gone'))
  const until = Math.min(changed?.at ?? Infinity, clock.endedAt ?? clock.asOf)
  const late = explainClock(clock, calendars, until).intervals.filter((piece) => piece.to > dueAt && piece.counted)
  const lateMs = late.reduce((sum, interval) => sum + interval.to - Math.max(interval.from, dueAt), 0)
  const isWaiting = (reason: string, params: Record<string, string>) =>
    reason === 'waiting_not_counted' && params['reason'] === 'client'
  return {
    lateMinutes: Math.floor(lateMs / 60_000),
    whollyWaitingForClient: late.length > 0 && late.every(({ reason, params }) => isWaiting(reason, params)),
  }
}

export function isRunning(clock: ClockState): boolean {
  return clock.state === 'running' || clock.state === 'paused'
}

/** The open clock that is due first, which is what a list shows; those without a deadline come last. */
export function earliestOpen(clocks: readonly ClockState[]): ClockState | null {
  const due = (clock: ClockState) => clock.dueAt ?? Number.MAX_SAFE_INTEGER
  return clocks.filter(isRunning).sort((a, b) => due(a) - due(b))[0] ?? null
}

/** The next alarm of a clock that has not fired yet, as far as `fired` kinds tell. */
export function nextAlarm(clock: ClockState, fired: ReadonlySet<string> = new Set()): Alarm | null {
  return clock.alarms.filter((alarm) => !fired.has(alarm.kind)).sort((a, b) => a.at - b.at)[0] ?? null
}
