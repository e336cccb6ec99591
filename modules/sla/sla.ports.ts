import type { Actor } from '@opora/access'
import type { CalendarBook } from '@opora/contracts'
import type { Instant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { TicketFact, TicketHead } from '@opora/tickets'
import type { AlarmKind } from './domain/clock-state.ts'
import type { LadderStep } from './domain/ladder.ts'
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
  /** A later alarm of the same clock rang together with it: people are told of that one. */
  superseded: boolean
  /** Whom to tell and whom to page by the policy's ladder; what changes the ticket has been done. */
  steps: LadderStep[]
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
  /** Minutes left at a moment: what a paused clock shows, and from where a late one counts on. */
  nextDueLeft: number | null
  nextDueLeftAt: Instant | null
  breached: boolean
}

export interface SlaPorts {
  bus: EventBus<SlaEvents>
  book: CalendarBook
  /** Writes the deadline that lists show on the ticket itself. */
  mirrorDeadline(sql: Queryable, ticketId: number, row: MirroredDeadline): Promise<void>
  /** Gives a ticket to a person, as an alarm's consequence. */
  assign(tx: Tx, ticketId: number, accountId: number): Promise<void>
  /** Sets a ticket's priority, as an alarm's consequence. */
  setPriority(tx: Tx, ticketId: number, priority: number): Promise<void>
  /** Of these accounts, those whose working time it is. */
  onShift(sql: Queryable, accountIds: readonly number[], at: Instant): Promise<number[]>
  /** Adds facts to a ticket's history, under its lock. */
  recordFacts(tx: Tx, actor: Actor, ticketId: number, facts: readonly TicketFact[]): Promise<void>
}
