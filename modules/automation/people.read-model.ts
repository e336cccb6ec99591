import { holdsRole, servesClient } from '@opora/access'
import type { Queryable } from '@opora/platform/database'
import type { Candidate } from './domain/choose-person.ts'

/** The provider's active person with this address; null where nobody has it. */
export async function personOf(sql: Queryable, email: string): Promise<{ id: number; name: string } | null> {
  const [row] = await sql<{ id: number; name: string }[]>`
    select id, name from account where email = ${email} and side = 'staff' and active`
  return row ?? null
}

/** Whoever holds the role and may see the client, with the open tickets that they have. */
export function candidatesOf(
  sql: Queryable,
  role: string,
  clientId: number,
): Promise<(Candidate & { name: string })[]> {
  return sql<(Candidate & { name: string })[]>`
    select a.id, a.name,
      (select count(*)::int from ticket t where t.assignee_id = a.id and t.state <> 'closed' and t.merged_into_id is null) as open_tickets
    from account a where a.side = 'staff' and a.active
      and ${holdsRole(sql, role)} and ${servesClient(sql, clientId)}
    order by a.id`
}
