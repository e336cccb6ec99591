import { setImmediate as breathe } from 'node:timers/promises'
import { DAY_MS, type Instant, isoInstant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import type { rehearsalReply } from './designer.contract.ts'
import { nameOf } from './domain/describe-element.ts'
import { pastTicketOf } from './domain/past-ticket.ts'
import type { ProcessDefinition } from './domain/process-definition.ts'
import { readProcess } from './domain/read-process.ts'
import { EFFORT_MAX, type Rehearsed, rehearse, summarise } from './domain/rehearse.ts'
import { refuseProcess } from './process.refusals.ts'
import { processStore } from './process.store.ts'
import { type HistoryRow, ticketsOfPeriod, waysOf } from './stays.read-model.ts'

const TICKETS_MAX = 2_000
const STUCK_LISTED = 200
const USUAL_DAYS = 30
const PERIOD_MAX_DAYS = 366
/** So many tickets are taken before others get their turn. */
const AT_ONCE = 25

type Reply = z.infer<typeof rehearsalReply>

/** Takes the tickets of a period, the last month unless it is said, through a drawing: who would be stuck, where, and why. */
export async function rehearseDraft(
  sql: Queryable,
  wish: { key: string; xml: string; from: Instant | null; to: Instant | null },
): Promise<Reply> {
  const to = wish.to ?? (await databaseNow(sql))
  const from = wish.from ?? to - USUAL_DAYS * DAY_MS
  if (from >= to || to - from > PERIOD_MAX_DAYS * DAY_MS) throw refuseProcess('process.period', { field: 'from' })
  const definition = await readProcess(wish.xml, { called: (key) => processStore.calledXml(sql, key, null) })
  const tickets = await ticketsOfPeriod(sql, wish.key, { from, to }, TICKETS_MAX + 1)
  const taken = tickets.slice(0, TICKETS_MAX)
  const ways = byTicket(
    await waysOf(
      sql,
      taken.map((ticket) => ticket.id),
    ),
  )
  const rehearsed: Rehearsed[] = []
  const effort = { left: EFFORT_MAX }
  for (const [at, { id }] of taken.entries()) {
    rehearsed.push(rehearse(definition, pastTicketOf(id, ways.get(id) ?? []), effort))
    if (at % AT_ONCE === AT_ONCE - 1) await breathe()
  }
  const numbers = new Map(taken.map((ticket) => [ticket.id, ticket.number]))
  const head = { from: isoInstant(from), to: isoInstant(to), more: tickets.length > TICKETS_MAX }
  return { ...head, ...present(definition, rehearsed, numbers) }
}

function byTicket(rows: readonly HistoryRow[]): Map<number, HistoryRow[]> {
  const ways = new Map<number, HistoryRow[]>()
  for (const row of rows) {
    const way = ways.get(row.ticketId)
    if (way) way.push(row)
    else ways.set(row.ticketId, [row])
  }
  return ways
}

function present(
  definition: ProcessDefinition,
  rehearsed: readonly Rehearsed[],
  numbers: ReadonlyMap<number, number>,
): Omit<Reply, 'from' | 'to' | 'more'> {
  const summary = summarise(rehearsed)
  const named = (id: string) => ({ id, name: definition.nodes[id] ? nameOf(definition.nodes[id]) : { ru: id, en: id } })
  const counted = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort(([, one], [, other]) => other - one)
      .map(([id, tickets]) => ({ ...named(id), tickets }))
  const at: Record<string, number> = {}
  for (const { stuck } of summary.stuck) for (const id of stuck?.at ?? []) at[id] = (at[id] ?? 0) + 1
  const { tickets, others, passed } = summary
  return {
    ...{ tickets, others, passed },
    ...{ through: tickets - summary.stuck.length, stuckCount: summary.stuck.length },
    stuck: summary.stuck
      .slice(0, STUCK_LISTED)
      .flatMap(({ ticketId, stuck }) =>
        stuck
          ? [{ ticketId, number: numbers.get(ticketId) ?? 0, at: stuck.at.map(named), ru: stuck.ru, en: stuck.en }]
          : [],
      ),
    stuckAt: counted(at),
    paths: summary.paths.map((path) => ({ places: path.places.map(named), tickets: path.tickets })),
    detours: counted(summary.detours),
  }
}
