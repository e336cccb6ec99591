import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type DeadlineOffer, offerColumns } from './deadline.read-model.ts'

export interface DeadlineDecision {
  decision: NonNullable<DeadlineOffer['decision']>
  contactId: number | null
  name: string
}

/** Terms proposed for single tickets, and what the other side said. */
export const deadlineStore = {
  async add(
    sql: Queryable,
    offer: {
      clientId: number
      ticketId: number
      dueAt: Instant
      reason: string
      offeredBy: number
      offeredByName: string
    },
  ): Promise<number> {
    const [row] = await sql<{ id: number }[]>`insert into deadline_offer ${sql(offer as never)} returning id`
    return row!.id
  },
  async waiting(sql: Queryable, ticketId: number): Promise<DeadlineOffer | null> {
    const [row] = await sql<
      DeadlineOffer[]
    >`select ${offerColumns(sql)} from deadline_offer where ticket_id = ${ticketId} and decision is null`
    return row ?? null
  },
  /** False: it was decided meanwhile. */
  async decide(sql: Queryable, id: number, decided: DeadlineDecision): Promise<boolean> {
    const rows = await sql`update deadline_offer set decision = ${decided.decision},
      decided_by_contact_id = ${decided.contactId}, decided_by_name = ${decided.name}, decided_at = app_now()
      where id = ${id} and decision is null returning id`
    return rows.length > 0
  },
}
