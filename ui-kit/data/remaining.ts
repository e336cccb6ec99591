import { type Instant, MINUTE_MS, type Minutes } from '@opora/core'

/** A clock as the API tells it. Nothing in it depends on whether the reader's own clock is right. */
export interface ClockReading {
  state: 'running' | 'paused' | 'met' | 'breached'
  /** The deadline, `null` while it cannot be known (paused without end). Epoch milliseconds or ISO. */
  dueAt: Instant | string | null
  /** Working minutes left when the answer came; negative when overdue. */
  remainingMinutes: Minutes | null
  /** When the answer came, by the clock that `now` is read from. */
  asOf?: Instant
  /** The service hours were open then. */
  open?: boolean
  /** After how many seconds from then they close or open, in turn. */
  turnsIn?: readonly number[]
}

export function instantOf(value: Instant | string): Instant {
  return typeof value === 'string' ? Date.parse(value) : value
}

/**
 * The working minutes left to show at `now`. Between two answers of the API, however long that is (a tab left open, a machine that
 * slept), they run down while the hours are open and stand still otherwise.
 */
export function remainingAt(clock: ClockReading, now: Instant): Minutes | null {
  const { remainingMinutes: left, asOf } = clock
  if (left === null || asOf === undefined || clock.state === 'paused' || clock.state === 'met') return left
  return left - Math.floor(openMs(clock, Math.max(0, now - asOf)) / MINUTE_MS)
}

/** Open time within so many milliseconds of the answer. */
function openMs({ open = false, turnsIn = [] }: ClockReading, elapsed: number): number {
  let isOpen = open
  let from = 0
  let sum = 0
  for (const seconds of turnsIn) {
    const turn = seconds * 1_000
    if (turn >= elapsed) break
    if (isOpen) sum += turn - from
    from = turn
    isOpen = !isOpen
  }
  return isOpen ? sum + elapsed - from : sum
}

export type ClockTone = 'neutral' | 'ok' | 'warn' | 'danger'

const RISK_MINUTES = 60

/** Red when broken, amber within the last hour (or the share that the caller names), quiet otherwise. */
export function toneOf(clock: ClockReading, left: Minutes | null, riskMinutes: Minutes = RISK_MINUTES): ClockTone {
  if (clock.state === 'met') return 'ok'
  if (clock.state === 'breached' || (clock.state === 'running' && left !== null && left < 0)) return 'danger'
  if (clock.state === 'paused' || left === null) return 'neutral'
  return left <= riskMinutes ? 'warn' : 'neutral'
}
