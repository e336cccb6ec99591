import type { Instant } from '@opora/core'
import type { ClockState } from './domain/clock-state.ts'
import { type ClockInterval, explainClock } from './domain/explain-clock.ts'
import type { CalendarBook } from './domain/term.ts'

export interface ExplainedInterval extends ClockInterval {
  /** Still to come: how the deadline will be reached if nothing happens. */
  ahead: boolean
}

export interface ExplainedDeadline {
  intervals: ExplainedInterval[]
  /** Minutes counted so far: the sum of the counted intervals that are not ahead. */
  usedMinutes: number
  /** Minutes that lead up to the deadline from now: the sum of those that are. 0 for a clock that has ended, is paused or overdue. */
  aheadMinutes: number
}

/** Why a clock's deadline is when it is: its life up to now or to its end, and, of a running one, on to the deadline. */
export function explainDeadline(clock: ClockState, calendars: CalendarBook): ExplainedDeadline {
  const past = explainClock(clock, calendars)
  const intervals = past.intervals.map((interval) => ({ ...interval, ahead: false }))
  const { dueAt, asOf } = clock
  if (clock.state !== 'running' || dueAt === null || dueAt <= asOf) {
    return { intervals, usedMinutes: past.countedMinutes, aheadMinutes: 0 }
  }
  const whole = explainClock(clock, calendars, dueAt)
  const aheadMinutes = whole.countedMinutes - past.countedMinutes
  return {
    intervals: [...intervals, ...ahead(whole.intervals, past.to, aheadMinutes)],
    usedMinutes: past.countedMinutes,
    aheadMinutes,
  }
}

/** What of the whole lies after `now`; the stretch that is cut there takes the minutes that the others leave. */
function ahead(whole: readonly ClockInterval[], now: Instant, minutes: number): ExplainedInterval[] {
  const later = whole.filter((interval) => interval.to > now)
  const others = later.slice(1).reduce((sum, interval) => sum + interval.minutes, 0)
  return later.map((interval, index) => ({
    ...interval,
    from: Math.max(interval.from, now),
    minutes: index === 0 && interval.counted ? minutes - others : interval.minutes,
    ahead: true,
  }))
}
