import type { Actor } from '@opora/access'
import type { Instant, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { TicketHead, TicketService } from '@opora/tickets'

/** Announced inside the transaction of the change; every handler runs in it. */
export interface ChangesEvents {
  /** These people are asked to vote: for the first time, anew because the change is another, or because the deadline is near. */
  'change.vote_asked': {
    actor: Actor
    ticket: TicketHead
    roundId: number
    occasion: 'opened' | 'again' | 'reminder'
    accountIds: number[]
    deadlineAt: Instant | null
    now: Instant
  }
  /** The board has spoken, or its vote has lapsed. */
  'change.decided': {
    actor: Actor
    ticket: TicketHead
    roundId: number
    decision: 'approved' | 'rejected' | 'lapsed'
    explanation: Words
    /** Whom it concerns: who wrote the change, who installs it, who called the vote. */
    accountIds: number[]
    now: Instant
  }
  /** The board has not reviewed an emergency change in time. */
  'change.review_late': { actor: Actor; ticket: TicketHead; accountIds: number[]; now: Instant }
  /** The client is asked to agree to a window. */
  'change.window_asked': {
    actor: Actor
    ticket: TicketHead
    changeId: number
    from: Instant
    until: Instant
    now: Instant
  }
}

export interface ChangesPorts {
  bus: EventBus<ChangesEvents>
  tickets: Pick<TicketService, 'get' | 'lockForAction' | 'takeOutcome' | 'tellProcess' | 'recordFacts'>
  /** The moment so many working days after `from`, in the calendar of the ticket's contract. */
  workingDaysAfter(sql: Queryable, contractId: number | null, days: number, from: Instant): Promise<Instant>
  /** A key of 32 bytes for one purpose, from the installation's own. */
  deriveKey(purpose: string): Buffer
}
