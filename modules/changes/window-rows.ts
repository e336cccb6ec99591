import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { Freeze, PlannedWindow } from './domain/conflicts.ts'

/** Windows and freezes as the rule of conflicts takes them. */
export const windowRows = {
  /** Windows that still stand and meet this span. */
  async windows(sql: Queryable, from: Instant, until: Instant): Promise<PlannedWindow[]> {
    return sql<PlannedWindow[]>`
      select c.id as change_id, t.number, c.client_id, c.portal_id, c.implementer_id, c.window_from as "from", c.window_until as until
      from change c join ticket t on t.id = c.ticket_id
      where c.stage in ('planned', 'installing') and c.window_from < ${until} and c.window_until > ${from}`
  },
  async freezes(sql: Queryable, from: Instant, until: Instant): Promise<Freeze[]> {
    return sql<Freeze[]>`
      select id, client_id, reason, allows_emergency, from_at as "from", until_at as until from freeze_period
      where lifted_at is null and from_at < ${until} and until_at > ${from}`
  },
}
