import { DAY_MS, type Instant, isoInstant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import { conditionHolds } from './conditions.ts'
import type { ruleTrial, trialReply } from './contract.ts'
import { type PastFact, pastEvents } from './domain/past-ticket.ts'
import { companyZone, timeValues, valuesOfTickets } from './ticket-values.read-model.ts'
import { describeActions, refuseFaulty } from './verbs/check-rule.ts'

type Trial = z.infer<typeof trialReply>

const TICKETS_MAX = 2_000
const SHOWN_MAX = 100

/** What a rule would have done to the tickets of the last days. It reads history, judges, and does nothing. */
export async function tryRule(sql: Queryable, wish: z.infer<typeof ruleTrial>): Promise<Trial> {
  const things = await refuseFaulty(sql, wish)
  const now = await databaseNow(sql)
  const from = now - wish.days * DAY_MS
  const zone = await companyZone(sql)
  const { histories, more } = await historiesSince(sql, from, wish.event)
  const known = await valuesOfTickets(sql, [...histories.keys()])
  const emails = await emailsOfStaff(sql)
  let events = 0
  const hits: { ticketId: number; number: number; at: Instant }[] = []
  for (const [ticketId, facts] of histories) {
    const ticket = known.get(ticketId)
    if (!ticket) continue
    for (const { heard, at, values } of pastEvents(facts, (id) => emails.get(id) ?? null)) {
      if (at < from || heard.event !== wish.event) continue
      events += 1
      const then = { ...ticket.values, ...values, ...timeValues(at, zone), ...heard.data }
      if (conditionHolds(wish.condition, then)) hits.push({ ticketId, number: ticket.number, at })
    }
  }
  hits.sort((a, b) => b.at - a.at || b.ticketId - a.ticketId)
  return {
    ...{ from: isoInstant(from), events, hits: hits.length, more },
    tickets: new Set(hits.map((hit) => hit.ticketId)).size,
    does: describeActions(wish.actions, things),
    items: hits.slice(0, SHOWN_MAX).map((hit) => ({ ...hit, at: isoInstant(hit.at) })),
  }
}

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

async function historiesSince(
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

async function emailsOfStaff(sql: Queryable): Promise<Map<number, string | null>> {
  const rows = await sql<{ id: number; email: string | null }[]>`select id, email from account where side = 'staff'`
  return new Map(rows.map((row) => [row.id, row.email]))
}
