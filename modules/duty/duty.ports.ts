import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { CalendarsByCode } from './domain/on-shift.ts'

/** A page as whoever is called, or told of its end, reads it. */
export interface RaisedPage {
  id: number
  clientId: number
  ticketId: number
  role: string
  kind: string
  data: Record<string, string | number>
}

/** Announced inside the transaction of the change; every handler runs in it. */
export interface DutyEvents {
  /** This person is called: for the first and only time by this page. */
  'duty.called': { page: RaisedPage; accountId: number; now: Instant }
  /** Nobody of the role is left to be called: who answers for incidents is told, once. */
  'duty.unanswered': { page: RaisedPage; accountIds: number[]; now: Instant }
}

export interface DutyPorts {
  bus: EventBus<DutyEvents>
  /** Calendars by their code, as they are now. */
  calendars(sql: Queryable): Promise<CalendarsByCode>
  /** Whether a ticket waits for the first answer that a contract's duty around the clock promises. */
  isDutyPromised(sql: Queryable, ticketId: number): Promise<boolean>
  /** How long somebody who is called has before the next is. */
  waitMs: number
}
