import { refuseAccess, type Scope, scopeOf, systemActor } from '@opora/access'
import { type CalendarPorts, slaPolicyAt } from '@opora/contracts'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { SlaPolicyData } from '../domain/policy.ts'
import { type PolicyDifference, policyDifference } from '../domain/policy-difference.ts'
import { type Moved, movedBy } from '../moved.read-model.ts'
import type { TimelineCache } from '../timeline.ts'

type ImaginedRules = Parameters<CalendarPorts['whatMoves']>[1]

/** What open tickets would do under a policy that nobody has saved, and what it changes. */
export async function previewPolicy(
  timelines: TimelineCache,
  sql: Queryable,
  scope: Scope,
  code: string,
  spec: SlaPolicyData,
): Promise<{ moved: Moved; changes: PolicyDifference[] }> {
  const present = await slaPolicyAt(sql, code)
  if (!present) throw refuseAccess('access.not_found')
  const from = await databaseNow(sql)
  const moved = await movedBy(sql, timelines, { policy: { code, spec, from } }, scope)
  return { moved, changes: policyDifference(present.spec as SlaPolicyData, spec) }
}

/** What open tickets would do under calendars and production years that nobody has saved; for the calendars' own screen. */
export async function whatMoves(
  timelines: TimelineCache,
  sql: Queryable,
  { calendar, productionYears: years }: ImaginedRules,
): ReturnType<CalendarPorts['whatMoves']> {
  const from = await databaseNow(sql)
  // numbers and clients alone are shown, to those who may read every client
  const everybody = scopeOf(systemActor(), 'clock.read')
  const change = { ...(calendar ? { calendar: { ...calendar, from } } : {}), ...(years ? { years } : {}) }
  const { tickets, movedTickets, list } = await movedBy(sql, timelines, change, everybody)
  const items = list.map((move) => {
    const { ticketId, number, client: clientName, metric, before, after } = move
    return { ticketId, number, clientName, metric, dueBefore: before?.dueAt ?? null, dueAfter: after?.dueAt ?? null }
  })
  return { looked: tickets, moved: movedTickets, items }
}
