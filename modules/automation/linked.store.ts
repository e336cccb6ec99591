import type { Queryable } from '@opora/platform/database'

/** How far a ticket that an action opened is from one that somebody else opened. */
export const linkedStore = {
  /** 0: nobody's action opened it. A ticket that is being opened in this transaction has no row yet, so the transaction knows its depth. */
  async depthOf(sql: Queryable, ticketId: number): Promise<number> {
    const [row] = await sql<{ depth: number }[]>`
      select greatest(coalesce((select depth from linked_by_action where ticket_id = ${ticketId}), 0),
        coalesce(nullif(current_setting('app.linked_depth', true), ''), '0')::int) as depth`
    return row!.depth
  },
  /** Says of this transaction how deep the ticket is that it opens; gives what was said before. */
  async opening(sql: Queryable, depth: number): Promise<number> {
    const [row] = await sql<{ before: number }[]>`
      with old as materialized (select coalesce(nullif(current_setting('app.linked_depth', true), ''), '0')::int as before)
      select before, set_config('app.linked_depth', ${String(depth)}, true) from old`
    return row!.before
  },
  async keep(sql: Queryable, linked: { clientId: number; ticketId: number; depth: number }): Promise<void> {
    await sql`insert into linked_by_action ${sql(linked)}`
  },
}
