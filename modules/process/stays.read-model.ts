import { type Actor, scopeCondition, scopeOf } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { HistoryFact } from './domain/past-ticket.ts'
import type { PlaceFact } from './domain/visits.ts'

export interface StayPeriod {
  from: Instant
  to: Instant
  clientId: number | null
}

export interface PlaceFactRow extends PlaceFact {
  ticketId: number
  contractId: number | null
}

const PLACE_FACT = ['place_entered', 'place_left']

/** Comings and goings of the tickets of a process from a moment on, in the order of each ticket's history; at most `limit`, the newest. */
export async function placeFacts(
  sql: Queryable,
  key: string,
  period: StayPeriod,
  limit: number,
): Promise<PlaceFactRow[]> {
  const ofClient = period.clientId === null ? sql`true` : sql`e.client_id = ${period.clientId}`
  return sql<PlaceFactRow[]>`
    select * from (
      select e.id, e.ticket_id, e.type, e.at, e.data ->> 'place' as place, e.data ->> 'by' as by, e.data ->> 'outcome' as what, t.contract_id
      from ticket_event e join ticket t on t.id = e.ticket_id join process_instance i on i.ticket_id = e.ticket_id
        join process_definition d on d.id = i.definition_id
      where e.type in ('place_entered', 'place_left') and e.at >= ${period.from} and d.key = ${key} and ${ofClient}
      order by e.at desc, e.id desc limit ${limit}) newest
    order by ticket_id, id`
}

/** The comings and goings of one ticket. */
export async function placeFactsOf(sql: Queryable, ticketId: number): Promise<PlaceFactRow[]> {
  return sql<PlaceFactRow[]>`
    select e.ticket_id, e.type, e.at, e.data ->> 'place' as place, e.data ->> 'by' as by, e.data ->> 'outcome' as what, t.contract_id
    from ticket_event e join ticket t on t.id = e.ticket_id
    where e.ticket_id = ${ticketId} and e.type = any(${PLACE_FACT}) order by e.id`
}

export interface StayedTicket {
  id: number
  number: number
  subject: string
}

/** Of these tickets, those that the person may read. */
export async function ticketsInReach(sql: Queryable, actor: Actor, ids: readonly number[]): Promise<StayedTicket[]> {
  const reach = scopeCondition(sql, scopeOf(actor, 'ticket.read'), { client: sql`t.client_id` })
  return sql<
    StayedTicket[]
  >`select t.id, t.number, t.subject from ticket t where t.id = any(${[...ids]}::bigint[]) and ${reach}`
}

export interface HistoryRow extends HistoryFact {
  ticketId: number
}

/** Tickets of a process registered in a period, the newest first. */
export async function ticketsOfPeriod(
  sql: Queryable,
  key: string,
  period: { from: Instant; to: Instant },
  limit: number,
): Promise<{ id: number; number: number }[]> {
  return sql<{ id: number; number: number }[]>`
    select t.id, t.number from ticket t join process_instance i on i.ticket_id = t.id join process_definition d on d.id = i.definition_id
    where t.registered_at >= ${period.from} and t.registered_at < ${period.to} and d.key = ${key} and t.merged_into_id is null
    order by t.registered_at desc, t.id desc limit ${limit}`
}

/** What the histories of these tickets say about their ways, each in order. */
export async function waysOf(sql: Queryable, ids: readonly number[]): Promise<HistoryRow[]> {
  const types = ['opened', 'kind_changed', 'priority_changed', 'work_around', ...PLACE_FACT]
  return sql<HistoryRow[]>`
    select ticket_id, type, data from ticket_event where ticket_id = any(${[...ids]}::bigint[]) and type = any(${types})
    order by ticket_id, id`
}
