import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

export interface GlassRow {
  id: number
  clientId: number
  ticketId: number
  ticketNumber: number
  accountId: number
  accountName: string
  reason: string
  askedAt: Instant
  decidedBy: string | null
  decidedAt: Instant | null
  alone: boolean
  endsAt: Instant | null
  now: Instant
}

export const glassRows = (sql: Queryable) => sql`
  select g.id, g.client_id, g.ticket_id, t.number as ticket_number, g.account_id, a.name as account_name, g.reason, g.asked_at,
    d.name as decided_by, g.decided_at, g.alone, g.ends_at, (select app_now()) as now
  from broken_glass g join ticket t on t.id = g.ticket_id join account a on a.id = g.account_id left join account d on d.id = g.decided_by`

export function listGlass(sql: Queryable, limit: number): Promise<GlassRow[]> {
  return sql<GlassRow[]>`${glassRows(sql)} order by g.id desc limit ${limit}`
}
