import type { Actor } from '@opora/access'
import type { Instant } from '@opora/core'
import type { Database, Queryable, Tx } from '@opora/platform/database'
import type { Log } from '@opora/platform/log'
import type { TicketEvents } from '@opora/tickets'
import { clocksOf } from './clocks-of.ts'
import { slaFiguresOf } from './figures.read-model.ts'
import type { SlaPorts } from './sla.ports.ts'
import { createTimelineCache } from './timeline.ts'
import { explainBreach } from './verbs/explain-breach.ts'
import { fireDueAlarms } from './verbs/fire-alarms.ts'
import { followFacts, startClocks } from './verbs/keep-clocks.ts'
import { recheckClocks, refreshEstimated } from './verbs/recheck-clocks.ts'

export type Sla = ReturnType<typeof createSla>

/** Promised times: clocks kept in the transaction of each fact, alarms, breaches, and why. */
export function createSla(ports: SlaPorts) {
  const timelines = createTimelineCache(ports.book)
  return {
    timelines,
    onTicketOpened: (tx: Tx, event: TicketEvents['ticket.opened']) => startClocks(ports, timelines, tx, event),
    onTicketFacts: (tx: Tx, event: TicketEvents['ticket.facts']) => followFacts(ports, timelines, tx, event),
    fireDueAlarms: (database: Database, log: Log, limit?: number) =>
      fireDueAlarms(ports, timelines, database, log, limit),
    /** Computes anew what rested on years that have been loaded since; for the worker, now and then. */
    refreshEstimated: (tx: Tx, options: { limit: number; after: number }) =>
      refreshEstimated(ports, timelines, tx, options),
    recheckClocks: (sql: Queryable, options: { limit: number; after?: number }) =>
      recheckClocks(sql, timelines, options),
    /** The clocks of tickets at a moment, replayed; for read models of later modules. */
    clocksOf: (sql: Queryable, tickets: readonly { id: number; clientId: number }[], now: Instant) =>
      clocksOf(sql, timelines, tickets, now),
    figuresOf: (sql: Queryable, ask: { clientId?: number; contractId?: number; from: Instant; to: Instant }) =>
      slaFiguresOf(sql, timelines, ask),
    explainBreach: (tx: Tx, actor: Actor, input: { id: number; cause: string; expectedVersion: number }) =>
      explainBreach(timelines, tx, actor, input),
  }
}
