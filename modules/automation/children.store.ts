import type { Queryable } from '@opora/platform/database'

/** Tickets that wait until what is gathered under them is closed. */
export const childrenStore = {
  async wait(sql: Queryable, ticket: { id: number; clientId: number }): Promise<void> {
    await sql`insert into child_wait (client_id, ticket_id) values (${ticket.clientId}, ${ticket.id})
      on conflict (ticket_id) where ended_at is null do nothing`
  },
  async endWait(sql: Queryable, ticketId: number): Promise<boolean> {
    const rows =
      await sql`update child_wait set ended_at = app_now() where ticket_id = ${ticketId} and ended_at is null returning id`
    return rows.length > 0
  },
  /** Tickets that wait though nothing under them is open any more: a child was taken out, or a job was lost. */
  async waitingInVain(sql: Queryable, limit: number): Promise<number[]> {
    const rows = await sql<{ ticketId: number }[]>`select w.ticket_id from child_wait w where w.ended_at is null
      and not exists (select 1 from ticket k where k.parent_id = w.ticket_id and k.state <> 'closed' and k.merged_into_id is null)
      order by w.id limit ${limit}`
    return rows.map((row) => row.ticketId)
  },
  async lockTicket(sql: Queryable, id: number): Promise<boolean> {
    return (await sql`select 1 from ticket where id = ${id} for update`).length > 0
  },
  async parentOf(sql: Queryable, ticketId: number): Promise<number | null> {
    const [row] = await sql<{ parentId: number | null }[]>`select parent_id from ticket where id = ${ticketId}`
    return row?.parentId ?? null
  },
  async openChildren(sql: Queryable, parentId: number): Promise<number[]> {
    const rows = await sql<{ number: number }[]>`select number from ticket
      where parent_id = ${parentId} and state <> 'closed' and merged_into_id is null order by number limit 50`
    return rows.map((row) => row.number)
  },
  async hasChildren(sql: Queryable, parentId: number): Promise<boolean> {
    return (await sql`select 1 from ticket where parent_id = ${parentId} limit 1`).length > 0
  },
}
