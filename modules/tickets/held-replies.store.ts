import type { Queryable } from '@opora/platform/database'

// Longer texts than this add nothing to the search and could pass the limit of a text-search vector.
export const INDEXED_CHARACTERS = 40_000
export const VECTOR_LIMIT_BYTES = 700_000

/** Of the ticket `t`: since when a reply of it waits for the time of undoing to pass. */
export const heldSince = (sql: Queryable) =>
  sql`(select min(h.created_at) from message h where h.ticket_id = t.id and h.held)`

export const heldReplies = {
  /**
   * Replies whose time for undoing has passed become the client's to see. Their tickets are locked first, as every change of a ticket
   * does; what somebody else has in hand waits for the next look.
   */
  async take(sql: Queryable, limit: number): Promise<{ ticketId: number; bodyText: string }[]> {
    return await sql<{ ticketId: number; bodyText: string }[]>`
      with due as materialized (
        select m.id from message m join ticket t on t.id = m.ticket_id where m.held and m.send_at <= app_now()
        order by m.send_at limit ${limit} for no key update of t, m skip locked)
      update message set held = false where id in (select id from due) returning ticket_id, body_text`
  },
  /** The client's search and list know of a reply from now on. */
  async show(
    sql: Queryable,
    reply: { ticketId: number; bodyText: string },
  ): Promise<{ id: number; clientId: number; contactId: number | null }> {
    await sql`update ticket_search set client = client || to_tsvector('russian', ${reply.bodyText.slice(0, INDEXED_CHARACTERS)})
      where ticket_id = ${reply.ticketId} and pg_column_size(client) <= ${VECTOR_LIMIT_BYTES}`
    const [row] = await sql<{ id: number; clientId: number; contactId: number | null }[]>`
      update ticket t set updated_at = app_now(), reply_held_at = ${heldSince(sql)}
      where id = ${reply.ticketId} returning id, client_id, contact_id`
    return row!
  },
}
