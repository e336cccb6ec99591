import type { Actor, Scope } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Database, Queryable, Tx } from '@opora/platform/database'
import type { Log } from '@opora/platform/log'
import type { TicketEvents } from '@opora/tickets'
import { clocksOf } from './clocks-of.ts'
import type { SlaPolicyData } from './domain/policy.ts'
import { slaFiguresOf, slaFiguresOfContracts } from './figures.read-model.ts'
import { policyVersions } from './rules.read-model.ts'
import type { SlaPorts } from './sla.ports.ts'
import { createTimelineCache, type TimelineCache } from './timeline.ts'
import { demandRules } from './verbs/demand-rules.ts'
import { explainBreach } from './verbs/explain-breach.ts'
import { fireDueAlarms } from './verbs/fire-alarms.ts'
import { type Following, followRules, letFollow } from './verbs/follow-rules.ts'
import { judgeAgreement } from './verbs/judge-agreement.ts'
import { followFacts, startClocks } from './verbs/keep-clocks.ts'
import { previewPolicy, whatMoves } from './verbs/preview-rules.ts'
import { recheckAll, recheckClocks, refreshEstimated } from './verbs/recheck-clocks.ts'
import { onPolicySaved, type Rewarning, rewarn } from './verbs/rewarn.ts'
import { whatIf } from './what-if.read-model.ts'

export type Sla = ReturnType<typeof createSla>

/** Promised times: clocks kept in the transaction of each fact, alarms, breaches, and why. */
export function createSla(ports: SlaPorts) {
  const timelines = createTimelineCache(ports.book)
  return {
    timelines,
    onTicketOpened: (tx: Tx, event: TicketEvents['ticket.opened']) => startClocks(ports, timelines, tx, event),
    onTicketFacts: (tx: Tx, event: TicketEvents['ticket.facts']) => followFacts(ports, timelines, tx, event),
    onDeadlineOffered: (tx: Tx, event: TicketEvents['ticket.deadline_offered']) => judgeAgreement(timelines, tx, event),
    fireDueAlarms: (database: Database, log: Log, limit?: number) =>
      fireDueAlarms(ports, timelines, database, log, limit),
    /** Computes anew what rested on years that have been loaded since; for the worker, now and then. */
    refreshEstimated: (tx: Tx, options: { limit: number; after: number }) =>
      refreshEstimated(ports, timelines, tx, options),
    recheckClocks: (sql: Queryable, options: { limit: number; after?: number }) =>
      recheckClocks(sql, timelines, options),
    recheckAll: (sql: Queryable, options: { batch: number; after?: number }) => recheckAll(sql, timelines, options),
    /** The clocks of tickets at a moment, replayed; for read models of later modules. */
    clocksOf: (sql: Queryable, tickets: readonly { id: number; clientId: number }[], now: Instant) =>
      clocksOf(sql, timelines, tickets, now),
    figuresOf: (sql: Queryable, ask: { clientId?: number; contractId?: number; from: Instant; to: Instant }) =>
      slaFiguresOf(sql, timelines, ask),
    /** The same of many contracts, for the closing of months. */
    figuresOfContracts: (sql: Queryable, ask: { contractIds: readonly number[]; from: Instant; to: Instant }) =>
      slaFiguresOfContracts(sql, timelines, ask),
    ...rulesVerbs(ports, timelines),
    explainBreach: (tx: Tx, actor: Actor, input: { id: number; cause: string; expectedVersion: number }) =>
      explainBreach(timelines, tx, actor, input),
  }
}

/** Thinking about other rules, and letting open tickets follow those that are in force. */
function rulesVerbs(ports: SlaPorts, timelines: TimelineCache) {
  return {
    previewPolicy: (sql: Queryable, scope: Scope, code: string, spec: SlaPolicyData) =>
      previewPolicy(timelines, sql, scope, code, spec),
    whatMoves: (sql: Queryable, rules: Parameters<typeof whatMoves>[2]) => whatMoves(timelines, sql, rules),
    async versionsOfPolicy(sql: Queryable, code: string) {
      return { versions: await policyVersions(sql, code), now: await databaseNow(sql) }
    },
    letFollow,
    onPolicySaved,
    rewarn: (tx: Tx, rewarning: Rewarning, options: { limit: number; after: number }) =>
      rewarn(timelines, tx, rewarning, options),
    demandRules: (sql: Queryable, actor: Actor, rules: Parameters<typeof demandRules>[3]) =>
      demandRules(sql, ports.book, actor, rules),
    followRules: (tx: Tx, following: Following, options: { limit: number; after: number }) =>
      followRules(ports, timelines, tx, following, options),
    whatIf: (sql: Queryable, ask: Parameters<typeof whatIf>[2]) => whatIf(sql, timelines, ask),
  }
}
