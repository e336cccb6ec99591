import type { Queryable } from '@opora/platform/database'

/** Whether what a request names is there, and open to it. Asked before anything is written, so that the answer names the field. */
export const namedReadModel = {
  async clientExists(sql: Queryable, id: number): Promise<boolean> {
    return (await sql`select 1 from client where id = ${id}`).length > 0
  },
  /** Who of these may read the notes of this client's tickets: active people of the provider who serve it, in a role that reads them. */
  async mayReadNotes(sql: Queryable, accountIds: readonly number[], clientId: number): Promise<Set<number>> {
    const rows = await sql<{ id: number }[]>`
      select a.id from account a where a.id = any(${[...accountIds]}::bigint[]) and a.active and a.side = 'staff'
        and (a.serves = 'all' or exists (select 1 from account_client s where s.account_id = a.id and s.client_id = ${clientId}))
        and exists (select 1 from account_role r where r.account_id = a.id and r.role in ('l1', 'im', 'it', 'dev', 'an', 'qa', 'rb', 'am', 'di'))`
    return new Set(rows.map((row) => row.id))
  },
}
