import type { CalendarBook } from '@opora/contracts'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { TicketHead } from '@opora/tickets'
import type { AlarmKind } from './domain/clock-state.ts'
import type { Metric } from './domain/policy.ts'

/** An alarm of a clock that has just rung, for the first and only time. */
export interface RungAlarm {
  ticket: TicketHead
  metric: Metric
  seq: number
  kind: AlarmKind
  /** The deadline that is near or past; `null` for a warning of a clock that is paused by now. */
  dueAt: Instant | null
  /** The first instant at which the alarm was true; `now` is when it rang. */
  at: Instant
  now: Instant
  /** A later alarm of the same clock rang together with it: telling people of that one is enough. */
  superseded: boolean
  /** The promise runs at any hour, so that a notice of it need not wait for somebody's working time. */
  aroundTheClock: boolean
}

/** What this module announces. */
export interface SlaEvents {
  'sla.alarm': RungAlarm
}

/** What a list shows of a ticket's clocks: the one that is due first. */
export interface MirroredDeadline {
  nextDueAt: Instant | null
  nextDueMetric: string | null
  nextDueState: string | null
  nextDueCalendar: string | null
  nextDueEstimated: boolean
  breached: boolean
}

export interface SlaPorts {
  bus: EventBus<SlaEvents>
  book: CalendarBook
  /** Writes the deadline that lists show on the ticket itself. */
  mirrorDeadline(sql: Queryable, ticketId: number, row: MirroredDeadline): Promise<void>
}
