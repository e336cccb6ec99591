import type { Actor } from '@opora/access'
import type { Contracts } from '@opora/contracts'
import type { CivilDate, CivilMonth, Instant, Kopecks, Minutes } from '@opora/core'
import type { Database, Queryable } from '@opora/platform/database'
import type { EventBus } from '@opora/platform/events'
import type { TicketHead, TicketService } from '@opora/tickets'

export interface OfferedEstimate {
  id: number
  round: number
  title: string
  minutes: Minutes
  amountKopecks: Kopecks
  validUntil: CivilDate | null
}

/** Announced inside the transaction of the change; every handler runs in it. */
export interface WorkEvents {
  /** An estimate went to the client: the responsible contact is to be told, with a link to decide by. */
  'work.estimate_offered': { actor: Actor; ticket: TicketHead; estimate: OfferedEstimate; now: Instant }
  'work.estimate_decided': {
    actor: Actor
    ticket: TicketHead
    estimate: OfferedEstimate
    decision: 'approve' | 'decline' | 'ask'
    comment: string
    authorId: number
    now: Instant
  }
  /** Nobody decided in time: whoever wrote the estimate and the client are to be told. */
  'work.estimate_expired': {
    actor: Actor
    ticket: TicketHead
    estimate: OfferedEstimate
    authorId: number
    now: Instant
  }
  /** Work went past what was approved: a further round stands ready to be completed and sent. */
  'work.round_opened': { actor: Actor; ticket: TicketHead; estimate: OfferedEstimate; authorId: number; now: Instant }
  /** The work has passed the share of its estimate at which people are warned; announced once for an amount approved. */
  'work.estimate_warned': {
    actor: Actor
    ticket: TicketHead
    usedMinutes: Minutes
    approvedMinutes: Minutes
    now: Instant
  }
}

export interface WorkPorts {
  /** For what stands though the request that led to it was refused, and for jobs. */
  database: Database
  bus: EventBus<WorkEvents>
  contracts: Pick<Contracts, 'drawTime' | 'reverseTime' | 'moveReturned'>
  tickets: Pick<TicketService, 'get' | 'lockForAction' | 'takeOutcome' | 'tellProcess' | 'recordFacts'>
  /** Whether a month of a contract is closed. The module that closes months answers. */
  isMonthClosed(sql: Queryable, contractId: number, month: CivilMonth): Promise<boolean>
}
