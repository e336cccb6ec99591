import type { Queryable } from '@opora/platform/database'

/** Uploads that no message has taken yet. */
export const uploadsStore = {
  async lastMinute(
    sql: Queryable,
    uploader: { uploadedByAccountId: number | null; uploadedByContactId: number | null },
  ): Promise<number> {
    const [row] = await sql<{ count: number }[]>`select count(*) as count from attachment
      where created_at > app_now() - interval '1 minute' and message_id is null
        and (uploaded_by_account_id = ${uploader.uploadedByAccountId} or uploaded_by_contact_id = ${uploader.uploadedByContactId})`
    return row!.count
  },
  /** Forgets what waited for a message longer than a day and stands in nobody's draft; says how many. */
  async forget(sql: Queryable, limit: number): Promise<number> {
    const rows = await sql`delete from attachment where id in (
      select f.id from attachment f where f.message_id is null and f.ticket_id is null and f.created_at < app_now() - interval '1 day'
        and not exists (select 1 from draft d where d.account_id = f.uploaded_by_account_id and strpos(d.body::text, f.public_id::text) > 0)
      order by f.id limit ${limit}) returning id`
    return rows.length
  },
}
