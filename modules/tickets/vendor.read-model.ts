import type { Scope } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import { ticketScope } from './tickets.list.ts'
import { type WaitRow, waitColumns, waitSources } from './vendor.store.ts'

interface WaitingRow extends WaitRow {
  ticket: { id: number; number: number; subject: string; client: string; assignee: string | null; priority: number }
}

const SHOWN = 500

export const vendorReadModel = {
  /** Open waits of tickets in this reach, the longest first. */
  waiting: (sql: Queryable, scope: Scope): Promise<WaitingRow[]> =>
    sql<WaitingRow[]>`
      select ${waitColumns(sql)}, jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject, 'client', cl.name,
          'assignee', a.name, 'priority', t.priority) as ticket
      from ${waitSources(sql)} join ticket t on t.id = w.ticket_id join client cl on cl.id = t.client_id
        left join account a on a.id = t.assignee_id
      where w.ended_at is null and ${ticketScope(sql, scope)} order by w.asked_at, w.id limit ${SHOWN}`,
}
