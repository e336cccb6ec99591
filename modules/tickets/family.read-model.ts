import type { Queryable } from '@opora/platform/database'

// deeper than anybody gathers tickets; more is a circle
const DEPTH_MAX = 50

/** Parents and children among tickets. */
export const familyReadModel = {
  /** Is this ticket the other one, or anywhere under it? */
  async isWithin(sql: Queryable, id: number, ancestorId: number): Promise<boolean> {
    const rows = await sql`
      with recursive up as (
        select id, parent_id, 0 as depth from ticket where id = ${id}
        union all
        select t.id, t.parent_id, u.depth + 1 from up u join ticket t on t.id = u.parent_id where u.depth < ${DEPTH_MAX})
      select 1 from up where id = ${ancestorId}`
    return rows.length > 0
  },
  /** Open tickets of the same client that are linked to this one, by whichever end, and have no parent. */
  async gatherable(sql: Queryable, ticket: { id: number; clientId: number }): Promise<number[]> {
    const rows = await sql<{ id: number }[]>`
      select o.id from ticket_link l join ticket o on o.id = case when l.from_id = ${ticket.id} then l.to_id else l.from_id end
      where (l.from_id = ${ticket.id} or l.to_id = ${ticket.id}) and l.kind in ('duplicate', 'caused_by', 'related')
        and o.client_id = ${ticket.clientId} and o.parent_id is null and o.merged_into_id is null and o.state <> 'closed'
      group by o.id order by o.id`
    return rows.map((row) => row.id)
  },
  /** Numbers of children that nobody has solved yet. */
  async openChildren(sql: Queryable, parentId: number): Promise<number[]> {
    const rows = await sql<{ number: number }[]>`
      select number from ticket where parent_id = ${parentId} and state not in ('confirming', 'closed') order by number limit 20`
    return rows.map((row) => row.number)
  },
}
