import type { Queryable } from '@opora/platform/database'

/** Whether duty around the clock is promised to a ticket by its contract's version of today, and the first answer is still awaited. */
export async function isDutyPromised(sql: Queryable, ticketId: number): Promise<boolean> {
  const rows = await sql`
    select 1 from ticket t join contract k on k.id = t.contract_id
      join clock c on c.ticket_id = t.id and c.metric = 'reaction' and c.state = 'running'
      join lateral (select v.terms from contract_version v
        where v.contract_id = k.id and v.valid_from <= (app_now() at time zone k.zone)::date order by v.valid_from desc, v.id desc limit 1) v on true
    where t.id = ${ticketId} and v.terms #> '{promises,duty,priorities}' @> to_jsonb(t.priority)`
  return rows.length > 0
}
