import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

export interface DeadlineOffer {
  id: number
  dueAt: Instant
  reason: string
  offeredByName: string
  offeredAt: Instant
  decision: 'agreed' | 'declined' | 'withdrawn' | null
  decidedByName: string | null
  decidedAt: Instant | null
}

export const offerColumns = (sql: Queryable) =>
  sql`id, due_at, reason, offered_by_name, offered_at, decision, decided_by_name, decided_at`

/** The newest term proposed for a ticket that was not withdrawn. */
export async function latestOffer(sql: Queryable, ticketId: number): Promise<DeadlineOffer | null> {
  const [row] = await sql<DeadlineOffer[]>`select ${offerColumns(sql)} from deadline_offer
    where ticket_id = ${ticketId} and decision is distinct from 'withdrawn' order by id desc limit 1`
  return row ?? null
}
