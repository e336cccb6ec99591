import { ALWAYS_KEY, type CalendarBook, type CalendarKey } from '@opora/contracts'
import { DAY_MS, type Instant, isoInstant, isoInstantOrNull } from '@opora/core'
import { earliestOpen, isRunning, nextAlarm } from './domain/breach.ts'
import type { AlarmKind, ClockState } from './domain/clock-state.ts'
import type { Metric, SlaTarget } from './domain/policy.ts'
import type { MirroredDeadline } from './sla.ports.ts'

/** A clock as its table takes it: names of columns, instants in ISO 8601. */
export interface ClockRow {
  metric: Metric
  seq: number
  state: string
  registered_at: string
  started_at: string
  target_since: string
  due_at: string | null
  met_at: string | null
  ended_at: string | null
  ended_by: string | null
  breached_at: string | null
  breached_due_at: string | null
  pause_reason: string | null
  priority: number
  target: SlaTarget
  row_name: string
  row_name_en: string
  policy_code: string
  calendar_code: string
  day_calendar_code: string | null
  agreed_due_at: string | null
  target_minutes: number | null
  used_minutes: number
  estimated: boolean
  alarms: { kind: AlarmKind; at: string }[]
  next_alarm_at: string | null
  next_alarm: AlarmKind | null
}

/** Which alarms of which clock have rung, by `metric seq`. */
export type Rung = ReadonlyMap<string, ReadonlySet<string>>

export function clockName(clock: { metric: string; seq: number }): string {
  return `${clock.metric} ${clock.seq}`
}

export function rowOf(clock: ClockState, rung: Rung): ClockRow {
  const next = nextAlarm(clock, rung.get(clockName(clock)))
  return {
    metric: clock.metric,
    seq: clock.seq,
    state: clock.state,
    registered_at: isoInstant(clock.registeredAt),
    started_at: isoInstant(clock.startedAt),
    target_since: isoInstant(clock.targetSince),
    due_at: isoInstantOrNull(clock.dueAt),
    met_at: isoInstantOrNull(clock.metAt),
    ended_at: isoInstantOrNull(clock.endedAt),
    ended_by: clock.endedBy,
    breached_at: isoInstantOrNull(clock.breachedAt),
    breached_due_at: isoInstantOrNull(clock.breachedDueAt),
    pause_reason: clock.pauseReason,
    priority: clock.priority,
    target: clock.target,
    row_name: clock.rowName,
    row_name_en: clock.rowNameEn,
    policy_code: clock.policyCode,
    calendar_code: clock.calendarCode,
    day_calendar_code: clock.dayCalendarCode,
    agreed_due_at: isoInstantOrNull(clock.agreedDueAt),
    target_minutes: clock.targetMinutes,
    used_minutes: clock.usedMinutes,
    estimated: clock.estimated,
    alarms: clock.alarms.map(({ kind, at }) => ({ kind, at: isoInstant(at) })),
    next_alarm_at: isoInstantOrNull(next?.at),
    next_alarm: next?.kind ?? null,
  }
}

/** The calendar in which a clock's time runs, by key. */
export function countingKey(clock: {
  target: SlaTarget
  calendarCode: string
  dayCalendarCode: string | null
}): CalendarKey {
  if (clock.target.unit === 'clock_minutes') return ALWAYS_KEY
  return clock.dayCalendarCode === null ? clock.calendarCode : `${clock.calendarCode}+${clock.dayCalendarCode}`
}

/** The state that people read: an open clock whose deadline has passed is broken. */
export function shownState(clock: ClockState): 'running' | 'paused' | 'met' | 'breached' | 'cancelled' {
  if (clock.state === 'stopped') return 'breached'
  const isOverdue = isRunning(clock) && clock.dueAt !== null && clock.dueAt < clock.asOf
  return isOverdue ? 'breached' : clock.state
}

export function mirrorOf(clocks: readonly ClockState[]): MirroredDeadline {
  const next = earliestOpen(clocks)
  return {
    nextDueAt: next?.dueAt ?? null,
    nextDueMetric: next?.metric ?? null,
    nextDueState: next && shownState(next),
    nextDueCalendar: next?.state === 'running' ? countingKey(next) : null,
    nextDueEstimated: next?.estimated ?? false,
    nextDueLeft: next?.remainingMinutes ?? null,
    nextDueLeftAt: next?.asOf ?? null,
    breached: clocks.some((clock) => clock.breachedAt !== null),
  }
}

/** Whether the promise runs at every hour of the week that begins at `from`. */
export function isAroundTheClock(book: CalendarBook, key: CalendarKey, from: Instant): boolean {
  const week = 7 * DAY_MS
  return book.calendar(key)?.betweenMs(from, from + week) === week
}
