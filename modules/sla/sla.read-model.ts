import { type Action, type Actor, scopeOf, servesClient } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { type TicketHead, ticketScope } from '@opora/tickets'
import { CLOCK_FACT_TYPES } from './clock-facts.ts'
import { clockName, type Rung } from './clock-row.ts'
import type { AlarmKind } from './domain/clock-state.ts'
import type { FactRow } from './domain/events.ts'
import type { LadderAct, LadderPerson } from './domain/ladder.ts'

/** What a fold of one ticket needs beside the rules. */
export interface TicketHistory {
  ticketId: number
  clientId: number
  facts: FactRow[]
  rung: Rung
}

const HEARD = CLOCK_FACT_TYPES.map((type) => `'${type}'`).join(', ')

type PackedFact = [id: number, type: string, at: Instant, data: Record<string, unknown>]

/** The facts that clocks listen to and the alarms that have rung, of several tickets in one query; in the order of their ids. */
export async function historiesOf(sql: Queryable, ticketIds: readonly number[]): Promise<TicketHistory[]> {
  if (ticketIds.length === 0) return []
  const types = sql.unsafe(HEARD)
  const wanted = ticketIds.length === 1 ? sql`t.id = ${ticketIds[0]!}` : sql`t.id = any(${[...ticketIds]}::bigint[])`
  const rows = await sql<
    { ticketId: number; clientId: number; facts: PackedFact[]; rung: [string, number, string][] }[]
  >`
    select t.id as ticket_id, t.client_id,
      (select coalesce(jsonb_agg(jsonb_build_array(e.id, e.type, (extract(epoch from e.at) * 1000)::bigint, e.data) order by e.id), '[]')
        from ticket_event e where e.ticket_id = t.id and e.type in (${types})) as facts,
      (select coalesce(jsonb_agg(jsonb_build_array(a.metric, a.seq, a.kind)), '[]') from sla_alarm a where a.ticket_id = t.id) as rung
    from ticket t where ${wanted} order by t.id`
  return rows.map(({ ticketId, clientId, facts, rung }) => ({
    ticketId,
    clientId,
    facts: facts.map(([id, type, at, data]) => ({ id, type, at, data })),
    rung: rungOf(rung),
  }))
}

function rungOf(alarms: readonly [string, number, string][]): Rung {
  const rung = new Map<string, Set<string>>()
  for (const [metric, seq, kind] of alarms) {
    const name = clockName({ metric, seq })
    rung.set(name, (rung.get(name) ?? new Set()).add(kind))
  }
  return rung
}

/** The client of a ticket whose clocks this person may see, with the present moment; `null` for a foreign one. */
export async function ticketFor(
  sql: Queryable,
  actor: Actor,
  action: Action,
  ticketId: number,
): Promise<{ id: number; clientId: number; now: Instant } | null> {
  const [row] = await sql<{ id: number; clientId: number; now: Instant }[]>`
    select t.id, t.client_id, app_now() as now from ticket t
    where t.id = ${ticketId} and ${ticketScope(sql, scopeOf(actor, action))}`
  return row ?? null
}

export async function ticketHeads(sql: Queryable, ticketIds: readonly number[]): Promise<Map<number, TicketHead>> {
  const rows = await sql<TicketHead[]>`
    select id, number, client_id, contract_id, contact_id, portal_id, subject, channel, topic, kind, priority, licence_class, state,
      entitlement, assignee_id, lane, place, registered_at
    from ticket where id = any(${[...ticketIds]}::bigint[])`
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Who may get a ticket by a ladder's step: those of the role who serve the client, without who has it now, the one with the fewest
 * open tickets first; the account manager by name.
 */
export async function successorsOf(
  sql: Queryable,
  ticket: { clientId: number; assigneeId: number | null },
  to: LadderPerson | undefined,
): Promise<number[]> {
  if (to === undefined || to === 'assignee') return []
  const { clientId, assigneeId } = ticket
  const rows = await (to === 'account_manager'
    ? sql<
        { id: number }[]
      >`select account_manager_id as id from client where id = ${clientId} and account_manager_id is not null`
    : sql<{ id: number }[]>`
        select a.id from account a join account_role r on r.account_id = a.id and r.role = ${to}
        where a.active and a.id is distinct from ${assigneeId}
          and ${servesClient(sql, clientId)}
        order by (select count(*) from ticket t where t.assignee_id = a.id and t.state <> 'closed'), a.id`)
  return rows.map((row) => row.id)
}

/** A step that an alarm of a clock has set in motion. */
export interface KeptStep {
  kind: AlarmKind
  act: LadderAct
  person: LadderPerson | null
  /** Who got the ticket. */
  account: string | null
  priority: number | null
  at: Instant
}

export async function stepsOf(
  sql: Queryable,
  clock: { ticketId: number; metric: string; seq: number },
): Promise<KeptStep[]> {
  const { ticketId, metric, seq } = clock
  return await sql<KeptStep[]>`
    select a.kind, s.act, s.person, w.name as account, s.priority, s.at
    from sla_alarm a join sla_step s on s.alarm_id = a.id left join account w on w.id = s.account_id
    where a.ticket_id = ${ticketId} and a.metric = ${metric} and a.seq = ${seq} order by s.at, a.id, s.position`
}
