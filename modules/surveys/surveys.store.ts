import type { Tx } from '@opora/platform/database'

export interface RatingRow {
  clientId: number
  ticketId: number
  contactId: number | null
  score: number
  comment: string
}

export const surveysStore = {
  /** One rating a ticket: the later word replaces the earlier one. */
  async rate(tx: Tx, row: RatingRow): Promise<void> {
    await tx`insert into rating ${tx(row as never)}
      on conflict (ticket_id) do update set score = excluded.score, comment = excluded.comment, contact_id = excluded.contact_id,
        at = app_now(), version = rating.version + 1`
  },
}
