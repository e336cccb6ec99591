import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { Values } from './conditions.ts'

interface ValuesRow {
  id: number
  number: number
  clientId: number
  priority: number
  kind: string | null
  topic: string | null
  channel: string
  subject: string
  client: string
  portal: string | null
  product: string | null
  state: string
  waitingFor: string | null
  lane: string | null
  place: string | null
  assignee: string | null
  entitlement: string
  category: string | null
  tags: string[]
  messages: number
  late: boolean
  children: number
  isChild: boolean
}

export interface TicketValues {
  id: number
  number: number
  clientId: number
  values: Values
}

/** What conditions may ask of these tickets, as they are now. */
export async function valuesOfTickets(sql: Queryable, ids: readonly number[]): Promise<Map<number, TicketValues>> {
  const rows = await sql<ValuesRow[]>`
    select t.id, t.number, t.client_id, t.priority, t.kind, t.topic, t.channel, t.subject, c.name as client, p.name as portal,
      p.product, t.state, t.waiting_for, t.lane, t.place, a.email as assignee, t.entitlement, t.category, t.tags,
      t.messages_count as messages, t.breached as late, t.parent_id is not null as is_child,
      (select count(*)::int from ticket k where k.parent_id = t.id) as children
    from ticket t join client c on c.id = t.client_id left join portal p on p.id = t.portal_id
      left join account a on a.id = t.assignee_id
    where t.id = any(${[...ids]}::bigint[]) and t.merged_into_id is null`
  return new Map(rows.map((row) => [row.id, present(row)]))
}

function present(row: ValuesRow): TicketValues {
  const { id, number, clientId, waitingFor, place, isChild, ...rest } = row
  const values = { ...rest, waiting_for: waitingFor, current_place: place, is_child: isChild }
  return { id, number, clientId, values }
}

/** The hour and the day of the week of a moment, by the clock on the company's wall. */
export function timeValues(at: Instant, zone: string): Values {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return { hour: there.hour, weekday: there.dayOfWeek }
}
