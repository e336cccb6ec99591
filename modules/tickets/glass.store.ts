import { holdsRole } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import { type GlassRow, glassRows } from './glass.read-model.ts'

/** Who asked to read a ticket outside their reach, and who let them. */
export const glassStore = {
  async lock(sql: Queryable, id: number): Promise<GlassRow | null> {
    const [row] = await sql<GlassRow[]>`${glassRows(sql)} where g.id = ${id} for update of g`
    return row ?? null
  },
  /** What this person asked of this ticket and is not over yet. */
  async present(sql: Queryable, accountId: number, ticketId: number): Promise<GlassRow | null> {
    const [row] = await sql<
      GlassRow[]
    >`${glassRows(sql)} where g.account_id = ${accountId} and g.ticket_id = ${ticketId}
      and (g.decided_at is null or g.ends_at > app_now()) order by g.id desc limit 1`
    return row ?? null
  },
  async add(
    sql: Queryable,
    row: { clientId: number; ticketId: number; accountId: number; reason: string },
  ): Promise<number> {
    const [made] = await sql<{ id: number }[]>`insert into broken_glass ${sql(row)} returning id`
    return made!.id
  },
  /** `minutes` null: refused. */
  async decide(
    sql: Queryable,
    id: number,
    decided: { by: number; alone: boolean; minutes: number | null },
  ): Promise<void> {
    await sql`update broken_glass set decided_by = ${decided.by}, decided_at = app_now(), alone = ${decided.alone},
      ends_at = app_now() + ${decided.minutes}::int * interval '1 minute' where id = ${id}`
  },
  async end(sql: Queryable, id: number): Promise<void> {
    await sql`update broken_glass set ends_at = app_now() where id = ${id} and ends_at > app_now()`
  },
  /** Who else could give their word. */
  async deciders(sql: Queryable, exceptAccountId: number): Promise<number[]> {
    const found = await sql<
      { id: number }[]
    >`select a.id from account a where a.active and a.side = 'staff' and a.password_hash is not null
      and a.id <> ${exceptAccountId} and ${holdsRole(sql, 'ad', 'di')} order by a.id`
    return found.map((row) => row.id)
  },
}
