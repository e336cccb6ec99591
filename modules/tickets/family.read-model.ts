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
  /** Numbers of children that nobody has solved yet. */
  async openChildren(sql: Queryable, parentId: number): Promise<number[]> {
    const rows = await sql<{ number: number }[]>`
      select number from ticket where parent_id = ${parentId} and state not in ('confirming', 'closed') order by number limit 20`
    return rows.map((row) => row.number)
  },
}
