import type { Instant } from '@opora/core'
import type { Gap } from './counted-time.ts'
import type { Metric, PauseReason } from './policy.ts'
import { type Basis, dueAtOf, type Term } from './term.ts'

/** A wait of the ticket. `counted`: the policy in force let it stop resolution and next answer. */
export interface Pause extends Gap {
  reason: PauseReason
  counted: boolean
}

/** Time in which a closed ticket lay still. */
export interface ClosedTime extends Gap {
  reason: 'closed'
}

/** Something that shaped a clock: a code with parameters, for a sentence in the reader's language. */
export interface ClockFact {
  at: Instant
  code: ClockFactCode
  params: Record<string, string | number>
}

export type ClockFactCode =
  | 'target_set' // row, amount, unit, priority
  | 'target_gone' // no row promises anything now
  | 'answered'
  | 'acknowledged'
  | 'solved'
  | 'confirm_rejected' // it never stopped
  | 'work_around' // priority: the one that it dropped to
  | 'work_around_rejected' // priority: the one that holds again
  | 'agreed' // dueAt
  | 'breached' // dueAt
  | 'closed'
  | 'reopened'
  | 'merged'
  | 'unmerged'

/** How a clock came to its end. `met` covers late ends too; the breach stands beside it. */
export type ClockEnd =
  | 'answered'
  | 'acknowledged'
  | 'solved'
  | 'work_around'
  | 'work_around_rejected'
  | 'closed'
  | 'merged'

/** A clock while its ticket's facts are being replayed. Lives inside one fold only. */
export interface Clock {
  metric: Metric
  seq: number
  /** Registration, entitlement or the client's message. */
  origin: Instant
  /** The term that binds, or bound last; `null` when nothing was ever promised. */
  term: Term | null
  basis: Basis | null
  /** Whether a row promises something now. */
  promised: boolean
  ended: { at: Instant; by: ClockEnd; met: boolean } | null
  /** The first breach, which stays on record, and the deadline that it missed. */
  breach: { at: Instant; dueAt: Instant; term: Term } | null
  closedTimes: ClosedTime[]
  facts: ClockFact[]
}

export function newClock(metric: Metric, seq: number, origin: Instant): Clock {
  return {
    metric,
    seq,
    origin,
    term: null,
    basis: null,
    promised: false,
    ended: null,
    breach: null,
    closedTimes: [],
    facts: [],
  }
}

export function isOpen(clock: Clock): boolean {
  return clock.ended === null
}

/**
 * What stops this clock: the ticket's counted waits, except for reaction, and the times when the ticket was closed.
 * What came after its end no longer touches it.
 */
export function stopsOf(clock: Clock, pauses: readonly Pause[]): (Pause | ClosedTime)[] {
  const waits = clock.metric === 'reaction' ? [] : waitsOf(clock, pauses).filter((pause) => pause.counted)
  return [...waits, ...clock.closedTimes]
}

/** The ticket's waits while the clock lived. */
export function waitsOf(clock: Clock, pauses: readonly Pause[]): Pause[] {
  const end = clock.ended?.at ?? null
  return pauses
    .filter((pause) => (pause.to === null || pause.to > clock.origin) && (end === null || pause.from < end))
    .map((pause) => (end === null ? pause : { ...pause, to: Math.min(pause.to ?? end, end) }))
}

export function note(clock: Clock, at: Instant, code: ClockFactCode, params: ClockFact['params'] = {}): void {
  clock.facts.push({ at, code, params })
}

/** Puts a breach on record when the deadline lies before `at`. Called before each fact is applied, and at the present. */
export function recordBreach(clock: Clock, pauses: readonly Pause[], at: Instant): void {
  const { term, basis } = clock
  if (clock.breach || !isOpen(clock) || !clock.promised || !term || !basis) return
  const dueAt = dueAtOf(term, basis, stopsOf(clock, pauses))
  if (dueAt === null || dueAt >= at) return
  clock.breach = { at: Math.max(dueAt, term.since), dueAt, term }
  note(clock, clock.breach.at, 'breached', { dueAt })
}

export function endClock(clock: Clock, at: Instant, by: ClockEnd, met: boolean): void {
  if (!isOpen(clock)) return
  clock.ended = { at, by, met }
  if (by !== 'work_around' && by !== 'work_around_rejected') note(clock, at, by)
}

/** Lets an ended clock run on as if it had never stopped. */
export function undoEnd(clock: Clock, at: Instant, code: ClockFactCode, params: ClockFact['params'] = {}): void {
  clock.ended = null
  note(clock, at, code, params)
}

/** Lets an ended clock run on; the time since its end does not count. */
export function resumeAfterClosing(clock: Clock, at: Instant): void {
  if (!clock.ended) return
  clock.closedTimes.push({ from: clock.ended.at, to: at, reason: 'closed' })
  undoEnd(clock, at, 'reopened')
}
