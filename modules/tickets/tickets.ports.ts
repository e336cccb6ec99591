import type { Actor } from '@opora/access'
import type { Instant, Locale } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { ProcessService } from '@opora/process'
import type { TicketEvents } from './tickets.events.ts'

/** What a contract says about a request at the door. */
export interface CoverageAnswer {
  contractId: number | null
  entitlement: 'covered' | 'waiting' | 'not_covered'
  reason: { ru: string; en: string } | null
  /** For example `channel_not_included`. */
  flags: string[]
  licenceClass: string
}

export interface CoverageQuestion {
  clientId: number
  contactId: number | null
  portalId: number | null
  channel: string
  topic: string | null
  priority: number
  couponApplied: boolean
  at: Instant
}

/** What is left of a deadline, and what its hours do from now on. */
export interface Ahead {
  /** Open minutes from now; negative when it is past, null without a deadline. */
  remainingMinutes: number | null
  open: boolean
  /** After how many seconds the hours close or open, in turn. */
  turnsIn: number[]
}

/** What is needed to tell a client about a ticket. */
export type CabinetPorts = Pick<TicketPorts, 'process' | 'countdown'>

/** What tickets need of the rest of the house, each a single method. */
export interface TicketPorts {
  bus: EventBus<TicketEvents>
  process: ProcessService
  coverageOf(sql: Queryable, question: CoverageQuestion): Promise<CoverageAnswer>
  /** Spends a coupon for a ticket; throws a refusal when it cannot be spent. */
  spendCoupon(
    tx: Tx,
    actor: Actor,
    coupon: { code: string; clientId: number; ticketId: number; ticketNumber: number },
  ): Promise<number>
  /** Accounts of partners, which are the access module's. */
  partners: {
    account(
      tx: Tx,
      actor: Actor,
      wish: { email: string; name: string | null; locale: Locale },
    ): Promise<{ accountId: number; email: string; name: string; locale: Locale; zone: string }>
    /** What was sent about this ticket lets nobody in any more. */
    endLinks(tx: Tx, accountId: number, ticketId: number): Promise<void>
  }
  /** The vendor's own hours. */
  vendorHours: {
    knows(sql: Queryable, calendarCode: string): Promise<boolean>
    /** The calendar's version of that moment, and when so many of its minutes are gone. */
    begin(
      sql: Queryable,
      calendarCode: string,
      from: Instant,
      minutes: readonly number[],
    ): Promise<{ key: string; dueAt: Instant[] }>
    /** Open minutes between two moments, and the stretches that they are made of. */
    count(
      sql: Queryable,
      calendarKey: string,
      from: Instant,
      until: Instant,
    ): Promise<{ minutes: number; intervals: { from: Instant; to: Instant; open: boolean; minutes: number }[] }>
  }
  /** What a countdown in a calendar needs; null when the calendar is unknown. */
  countdown(calendarCode: string, now: Instant, dueAt: Instant | null): Ahead | null
  /** How long a reply can be taken back, in milliseconds. */
  undoMs: number
}
