import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

export const invitationsStore = {
  /** Who was invited before and is again: the row is the same, and it is told anew when its end comes. */
  async invite(
    sql: Queryable,
    row: {
      clientId: number
      ticketId: number
      accountId: number
      email: string
      note: string
      endsAt: Instant
      invitedBy: number
    },
  ): Promise<void> {
    await sql`insert into partner_invitation ${sql(row)} on conflict (ticket_id, account_id) do update set email = excluded.email,
      note = excluded.note, ends_at = excluded.ends_at, invited_by = excluded.invited_by, invited_at = app_now(), sent_at = app_now(),
      letters = partner_invitation.letters + 1, withdrawn_at = null, withdrawn_by = null, soon_told_at = null, end_told_at = null,
      version = partner_invitation.version + 1`
  },
  async prolong(sql: Queryable, id: number, endsAt: Instant): Promise<void> {
    await sql`update partner_invitation set ends_at = ${endsAt}, soon_told_at = null, end_told_at = null, version = version + 1 where id = ${id}`
  },
  async withdraw(sql: Queryable, id: number, by: number | null): Promise<void> {
    await sql`update partner_invitation set withdrawn_at = app_now(), withdrawn_by = ${by}, version = version + 1 where id = ${id}`
  },
  async letterSent(sql: Queryable, id: number): Promise<void> {
    await sql`update partner_invitation set sent_at = app_now(), letters = letters + 1, version = version + 1 where id = ${id}`
  },
  /** One invitation whose end is near, or has come, and of which that was not told yet; marked as told in this transaction. */
  async takeEnding(
    sql: Queryable,
    soonMs: number,
  ): Promise<{ ticketId: number; accountId: number; over: boolean } | null> {
    const [row] = await sql<{ ticketId: number; accountId: number; over: boolean }[]>`
      update partner_invitation i set
        end_told_at = case when i.ends_at <= app_now() then app_now() end,
        soon_told_at = coalesce(i.soon_told_at, app_now())
      where i.id = (select id from partner_invitation where withdrawn_at is null and end_told_at is null
          and (ends_at <= app_now() or (soon_told_at is null and ends_at <= app_now() + ${soonMs}::float8 * interval '1 millisecond'))
        order by ends_at, id for update skip locked limit 1)
      returning i.ticket_id, i.account_id, i.ends_at <= app_now() as over`
    return row ?? null
  },
}
