import type { Instant } from '@opora/core'
import type { Queryable, Tx } from '@opora/platform/database'

// Any constant of one's own: whoever plans a window holds it, so that two never miss each other.
const CALENDAR_LOCK = 150_015

export const windowsStore = {
  async lockCalendar(tx: Tx): Promise<void> {
    await tx`select pg_advisory_xact_lock(${CALENDAR_LOCK})`
  },
  async freeze(sql: Queryable, id: number): Promise<{ id: number; clientId: number | null } | null> {
    const [row] = await sql<{ id: number; clientId: number | null }[]>`
      select id, client_id from freeze_period where id = ${id} and lifted_at is null`
    return row ?? null
  },
  async insertFreeze(
    tx: Tx,
    row: {
      clientId: number | null
      fromAt: Instant
      untilAt: Instant
      reason: string
      allowsEmergency: boolean
      createdBy: number | null
    },
  ): Promise<number> {
    const [made] = await tx<{ id: number }[]>`insert into freeze_period ${tx(row as never)} returning id`
    return made!.id
  },
  async liftFreeze(tx: Tx, id: number): Promise<void> {
    await tx`update freeze_period set lifted_at = app_now() where id = ${id}`
  },
  async clientExists(sql: Queryable, id: number): Promise<boolean> {
    const rows = await sql`select 1 from client where id = ${id}`
    return rows.length > 0
  },
}
