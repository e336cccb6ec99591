import type { Instant, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { clockName } from './clock-row.ts'
import { clocksOf, type FoldedTicket, foldFacts } from './clocks-of.ts'
import { isRunning, latenessOf } from './domain/breach.ts'
import type { ClockState } from './domain/clock-state.ts'
import type { Metric } from './domain/policy.ts'
import { targetWords } from './sla-words.ts'
import type { TimelineCache } from './timeline.ts'

/** A promise of the period: decided in it, or open at its end. Everything as it was at the period's end. */
export interface SlaFigure {
  ticketId: number
  ticketNumber: number
  subject: string
  metric: Metric
  seq: number
  priority: number
  promised: Words
  row: Words
  dueAt: Instant | null
  metAt: Instant | null
  /** Counted minutes up to the end of the clock; `null` while it is open. */
  actualMinutes: number | null
  outcome: 'kept' | 'missed' | 'running'
  lateMinutes: number
  /** Late only while the client was waited for: that costs no penalty. */
  whollyWaitingForClient: boolean
  /** What the provider says about the breach. */
  cause: string | null
}

export interface SlaShare {
  kept: number
  missed: number
  running: number
  /** Kept of those decided, in tenths of a percent; `null` when nothing was decided. */
  keptPermille: number | null
}

export interface SlaFigures {
  list: SlaFigure[]
  breaches: SlaFigure[]
  byMetric: Record<Metric, SlaShare>
  total: SlaShare
}

export interface FiguredTicket {
  id: number
  clientId: number
  contractId: number | null
  number: number
  subject: string
}

const BATCH = 500

/** The period, and whose promises: of all, of one client, or of one contract. */
export interface FiguresAsk {
  clientId?: number
  contractId?: number
  contractIds?: readonly number[]
  from: Instant
  to: Instant
}

/**
 * Promised against actual from `from` up to, not including, `to`, replayed from the facts that were known by then: the same answer
 * whenever it is asked. What no contract covers was promised nothing and is left out.
 */
export async function slaFiguresOf(sql: Queryable, timelines: TimelineCache, ask: FiguresAsk): Promise<SlaFigures> {
  const tickets = await ticketsWithClocks(sql, ask)
  const list: SlaFigure[] = []
  for (const batch of batchesOf(tickets)) {
    // the last instant of the period: what happened at `to` belongs to the next one
    const folded = await clocksOf(sql, timelines, batch, ask.to - 1)
    list.push(...(await figuresOfTickets(sql, batch, folded, ask)))
  }
  return summed(list)
}

/** The same of many contracts at once, each with its own answer; one that promised nothing is left out. */
export async function slaFiguresOfContracts(
  sql: Queryable,
  timelines: TimelineCache,
  ask: { contractIds: readonly number[]; from: Instant; to: Instant },
): Promise<Map<number, SlaFigures>> {
  const tickets = await ticketsWithClocks(sql, ask)
  const contractOf = new Map(tickets.map((ticket) => [ticket.id, ticket.contractId]))
  const figures: SlaFigure[] = []
  for (const batch of batchesOf(tickets)) {
    const folded = await clocksOf(sql, timelines, batch, ask.to - 1)
    figures.push(...(await figuresOfTickets(sql, batch, folded, ask)))
  }
  const byContract = Map.groupBy(figures, (figure) => contractOf.get(figure.ticketId) ?? 0)
  return new Map([...byContract].map(([contractId, list]) => [contractId, summed(list)]))
}

export function batchesOf<Ticket>(tickets: readonly Ticket[]): Ticket[][] {
  const count = Math.ceil(tickets.length / BATCH)
  return Array.from({ length: count }, (_, index) => tickets.slice(index * BATCH, (index + 1) * BATCH))
}

/** The promises of some tickets in the period; `folded` as of its last instant. */
export async function figuresOfTickets(
  sql: Queryable,
  tickets: readonly FiguredTicket[],
  folded: readonly FoldedTicket[],
  period: { from: Instant; to: Instant },
): Promise<SlaFigure[]> {
  const causes = await causesOf(
    sql,
    tickets.map((ticket) => ticket.id),
  )
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  return folded.flatMap((one) => figuresOf(one, byId.get(one.ticketId)!, causes, period))
}

export function summed(list: SlaFigure[]): SlaFigures {
  const of = (metric: Metric) => shareOf(list.filter((figure) => figure.metric === metric))
  return {
    list,
    breaches: list.filter((figure) => figure.outcome === 'missed'),
    byMetric: { reaction: of('reaction'), next_answer: of('next_answer'), resolution: of('resolution') },
    total: shareOf(list),
  }
}

/** Tickets whose clocks began before the period's end and lived into it. */
async function ticketsWithClocks(sql: Queryable, ask: FiguresAsk): Promise<FiguredTicket[]> {
  return await sql<FiguredTicket[]>`
    select t.id, t.client_id, t.contract_id, t.number, t.subject from ticket t
    where t.entitlement <> 'not_covered' ${ofWhom(sql, ask)}
      and exists (select 1 from clock c where c.ticket_id = t.id and c.registered_at < ${ask.to}::timestamptz
        and (c.ended_at is null or c.ended_at >= ${ask.from}::timestamptz))
    order by t.number`
}

export function ofWhom(sql: Queryable, ask: FiguresAsk) {
  return sql`${ask.clientId === undefined ? sql`` : sql`and t.client_id = ${ask.clientId}`}
      ${ask.contractId === undefined ? sql`` : sql`and t.contract_id = ${ask.contractId}`}
      ${ask.contractIds === undefined ? sql`` : sql`and t.contract_id = any(${[...ask.contractIds]}::bigint[])`}`
}

async function causesOf(sql: Queryable, ticketIds: readonly number[]): Promise<Map<string, string>> {
  const rows = await sql<{ ticketId: number; metric: string; seq: number; cause: string }[]>`
    select a.ticket_id, a.metric, a.seq, n.cause from sla_alarm a join breach_note n on n.alarm_id = a.id
    where a.ticket_id = any(${[...ticketIds]}::bigint[])`
  return new Map(rows.map((row) => [`${row.ticketId} ${clockName(row)}`, row.cause]))
}

function figuresOf(
  folded: FoldedTicket,
  ticket: FiguredTicket,
  causes: ReadonlyMap<string, string>,
  period: { from: Instant; to: Instant },
): SlaFigure[] {
  const { ticketId, clocks, rules } = folded
  return clocks.flatMap((clock) => {
    const outcome = outcomeIn(clock, folded, period)
    if (outcome === null) return []
    const lateness = outcome === 'missed' ? latenessOf(clock, rules.book.all()) : null
    return [
      {
        ticketId,
        ticketNumber: ticket.number,
        subject: ticket.subject,
        metric: clock.metric,
        seq: clock.seq,
        priority: clock.priority,
        promised: targetWords(clock.target),
        row: { ru: clock.rowName, en: clock.rowNameEn },
        dueAt: outcome === 'missed' ? clock.breachedDueAt : clock.dueAt,
        metAt: clock.metAt,
        actualMinutes: clock.endedAt === null ? null : clock.usedMinutes,
        outcome,
        lateMinutes: lateness?.lateMinutes ?? 0,
        whollyWaitingForClient: lateness?.whollyWaitingForClient ?? false,
        cause: causes.get(`${ticketId} ${clockName(clock)}`) ?? null,
      },
    ]
  })
}

/** A promise is decided by its breach, else by its end; one that came to nothing was neither kept nor missed. */
function outcomeIn(clock: ClockState, folded: FoldedTicket, { from }: { from: Instant }): SlaFigure['outcome'] | null {
  if (clock.breachedAt !== null)
    return clock.breachedAt >= from || !wasBreached(clock, folded, from - 1) ? 'missed' : null
  if (isRunning(clock)) return 'running'
  return clock.state === 'met' && (clock.endedAt ?? from) >= from ? 'kept' : null
}

/** A solution that is rejected later never stopped the clock: such a breach lies in the past, but nobody could know it then. */
function wasBreached(clock: ClockState, { facts, rules }: FoldedTicket, then: Instant): boolean {
  const known = foldFacts(facts, rules, then).find((one) => clockName(one) === clockName(clock))
  return known !== undefined && known.breachedAt !== null
}

export function shareOf(list: readonly SlaFigure[]): SlaShare {
  const count = (outcome: SlaFigure['outcome']) => list.filter((figure) => figure.outcome === outcome).length
  const [kept, missed] = [count('kept'), count('missed')]
  const decided = kept + missed
  return {
    kept,
    missed,
    running: count('running'),
    keptPermille: decided === 0 ? null : Math.round((kept * 1_000) / decided),
  }
}
