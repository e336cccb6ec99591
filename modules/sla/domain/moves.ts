import type { Instant } from '@opora/core'
import { isRunning } from './breach.ts'
import type { ClockState } from './clock-state.ts'
import type { Metric, SlaTarget } from './policy.ts'

/** What a clock promises, as far as a comparison asks. */
export interface Promised {
  dueAt: Instant | null
  target: SlaTarget
  rowName: string
  rowNameEn: string
  breached: boolean
}

/** An open clock that would promise something else. A side that promises nothing is `null`. */
export interface ClockMove {
  metric: Metric
  seq: number
  before: Promised | null
  after: Promised | null
}

/** How open clocks would move: those whose deadline or promise differs. Ended clocks never do. */
export function movesBetween(before: readonly ClockState[], after: readonly ClockState[]): ClockMove[] {
  const open = (clocks: readonly ClockState[]) =>
    new Map(clocks.filter(isRunning).map((clock) => [`${clock.metric} ${clock.seq}`, clock]))
  const [old, next] = [open(before), open(after)]
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((name) => {
    const [a, b] = [old.get(name), next.get(name)]
    const { metric, seq } = (a ?? b)!
    if (a && b && a.dueAt === b.dueAt && isSameTarget(a.target, b.target)) return []
    return [{ metric, seq, before: a ? promisedBy(a) : null, after: b ? promisedBy(b) : null }]
  })
}

/** Real time by which a deadline moves, later positive; `null` where a side has none. */
export function movedMs({ before, after }: ClockMove): number | null {
  const [from, to] = [before?.dueAt ?? null, after?.dueAt ?? null]
  return from === null || to === null ? null : to - from
}

/** Whether the move itself would break a promise that is whole today. */
export function breaksBy({ before, after }: ClockMove): boolean {
  return after?.breached === true && before?.breached !== true
}

function promisedBy(clock: ClockState): Promised {
  const { dueAt, target, rowName, rowNameEn, breachedAt } = clock
  return { dueAt, target, rowName, rowNameEn, breached: breachedAt !== null }
}

function isSameTarget(a: SlaTarget, b: SlaTarget): boolean {
  return a.amount === b.amount && a.unit === b.unit
}
