import type { Outbox } from '@opora/channels'
import type { Instant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'
import type { Log } from '@opora/platform/log'

export interface PromisedTime {
  metric: 'reaction' | 'next_answer' | 'resolution'
  dueAt: Instant
  estimated: boolean
}

export interface NoticePorts {
  outbox: Outbox
  /** The times promised for a ticket that has just been registered. */
  promises(sql: Queryable, ticketId: number): Promise<PromisedTime[]>
  /** Links that let a partner in, for the letter of an invitation; null when that person may not come in. */
  partnerLinks(
    tx: Tx,
    accountId: number,
    about: { ticketId: number; endsAt: Instant; besides?: boolean },
  ): Promise<{ enterPath: string; joinPath: string | null } | null>
  /** When this person may be disturbed next: now inside their hours, else at the next opening. */
  nextWorkingMoment(sql: Queryable, at: Instant, accountId: number): Promise<Instant>
  /** Address at which people see Opora, without a closing slash. */
  publicUrl(): string
  log: Log
}
