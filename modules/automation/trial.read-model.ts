import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { PastFact } from './domain/past-ticket.ts'

const TICKETS_MAX = 2_000

/** Kinds of facts that an event can be read from; alarms are kept beside the history. */
const FACTS_OF: Record<string, readonly string[]> = {
  opened: ['opened'],
  client_wrote: ['client_wrote'],
  replied: ['answered'],
  noted: ['noted'],
  field_changed: [
    'field_changed',
    'priority_changed',
    'kind_changed',
    'topic_changed',
    'portal_changed',
    'work_around',
  ],
  place_entered: ['place_entered'],
  waiting: ['paused'],
  resumed: ['resumed'],
  assigned: ['assigned'],
  estimate_decided: ['estimate_approved', 'estimate_declined', 'estimate_asked'],
  solved: ['solved'],
  returned: ['confirm_rejected'],
  rated: ['rated'],
  closed: ['closed'],
  reopened: ['reopened'],
}

/** The histories of the tickets to which an event happened since a moment, the newest first; `more`: not all of them were read. */
export async function historiesSince(
  sql: Queryable,
  from: Instant,
  event: string,
): Promise<{ histories: Map<number, PastFact[]>; more: boolean }> {
  if (event === 'breached' || event === 'breach_warned') return alarmsSince(sql, from, event)
  const tickets = await sql<{ ticketId: number }[]>`
    select ticket_id from ticket_event where at >= ${from} and type = any(${[...(FACTS_OF[event] ?? [])]}::text[])
    group by ticket_id order by max(id) desc limit ${TICKETS_MAX + 1}`
  const ids = tickets.slice(0, TICKETS_MAX).map((row) => row.ticketId)
  const rows = await sql<(PastFact & { ticketId: number })[]>`
    select ticket_id, type, at, data from ticket_event where ticket_id = any(${ids}::bigint[]) order by id`
  return { histories: byTicket(rows), more: tickets.length > TICKETS_MAX }
}

/** Alarms with the history before them, as if they were facts of it. */
async function alarmsSince(sql: Queryable, from: Instant, event: 'breached' | 'breach_warned') {
  const like = event === 'breached' ? 'breach' : 'warn%'
  const alarms = await sql<(PastFact & { ticketId: number })[]>`
    select ticket_id, 'alarm' as type, fired_at as at, jsonb_build_object('metric', metric, 'kind', kind) as data
    from sla_alarm where fired_at >= ${from} and kind like ${like} order by id desc limit ${TICKETS_MAX + 1}`
  const shown = alarms.slice(0, TICKETS_MAX)
  const ids = [...new Set(shown.map((row) => row.ticketId))]
  const facts = await sql<(PastFact & { ticketId: number })[]>`
    select ticket_id, type, at, data from ticket_event where ticket_id = any(${ids}::bigint[]) order by id`
  const all = [...facts, ...shown].sort((a, b) => a.at - b.at)
  return { histories: byTicket(all), more: alarms.length > TICKETS_MAX }
}

function byTicket(rows: readonly (PastFact & { ticketId: number })[]): Map<number, PastFact[]> {
  const found = new Map<number, PastFact[]>()
  for (const { ticketId, type, at, data } of rows) {
    const facts = found.get(ticketId) ?? []
    facts.push({ type, at, data })
    found.set(ticketId, facts)
  }
  return found
}

/** The provider's people's addresses, null where somebody has none. */
export async function emailsOfStaff(sql: Queryable): Promise<Map<number, string | null>> {
  const rows = await sql<{ id: number; email: string | null }[]>`select id, email from account where side = 'staff'`
  return new Map(rows.map((row) => [row.id, row.email]))
}
