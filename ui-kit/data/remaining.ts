import { type Instant, MINUTE_MS, type Minutes } from '@opora/core'

/** A clock as the API tells it. */
export interface ClockReading {
  state: 'running' | 'paused' | 'met' | 'breached'
  /** The deadline, `null` while it cannot be known (paused without end). Epoch milliseconds or ISO. */
  dueAt: Instant | string | null
  /** Working minutes left at `asOf`; negative when overdue. */
  remainingMinutes: Minutes | null
  /** When the server counted them. */
  asOf?: Instant | string
  /** The service hours are open now, so the minutes are running down while the page is looked at. */
  open?: boolean
}

export function instantOf(value: Instant | string): Instant {
  return typeof value === 'string' ? Date.parse(value) : value
}

/**
 * The working minutes left to show at `now`. Between two answers of the API they run down only while the service is open,
 * and they are never more than the minutes on the wall up to the deadline.
 */
export function remainingAt(clock: ClockReading, now: Instant): Minutes | null {
  if (clock.remainingMinutes === null) return null
  if (clock.state !== 'running') return clock.remainingMinutes
  const elapsed = clock.open && clock.asOf !== undefined ? Math.max(0, now - instantOf(clock.asOf)) : 0
  const counted = clock.remainingMinutes - Math.floor(elapsed / MINUTE_MS)
  if (clock.dueAt === null) return counted
  const wall = Math.ceil((instantOf(clock.dueAt) - now) / MINUTE_MS)
  return counted <= 0 ? counted : Math.min(counted, Math.max(0, wall))
}

export type ClockTone = 'neutral' | 'ok' | 'warn' | 'danger'

const RISK_MINUTES = 60

/** Red when broken, amber within the last hour (or the share that the caller names), quiet otherwise. */
export function toneOf(clock: ClockReading, left: Minutes | null, riskMinutes: Minutes = RISK_MINUTES): ClockTone {
  if (clock.state === 'met') return 'ok'
  if (clock.state === 'breached' || (left !== null && left < 0)) return 'danger'
  if (clock.state === 'paused' || left === null) return 'neutral'
  return left <= riskMinutes ? 'warn' : 'neutral'
}
