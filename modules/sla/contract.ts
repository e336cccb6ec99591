import { z } from 'zod'

/** Shapes of requests and answers about promised times, shared with the browser. */
export const metrics = ['reaction', 'next_answer', 'resolution'] as const
/** `breached`: ended late, or open past its deadline. `cancelled`: ended without its purpose, or nothing is promised any more. */
export const clockStates = ['running', 'paused', 'met', 'breached', 'cancelled'] as const
/** `warn75`: three quarters of the time are gone. */
const alarmKind = z.string().regex(/^(warn[1-9]\d?|breach)$/)

const instant = z.iso.datetime()
const id = z.coerce.number().int().min(1).max(9_007_199_254_740_991)
const metric = z.enum(metrics)
const target = z.object({ amount: z.number(), unit: z.enum(['service_minutes', 'clock_minutes', 'working_days']) })
const named = z.object({ code: z.string(), name: z.string() })

export const ticketParams = z.object({ id })
export const clockParams = z.object({ id, metric, seq: z.coerce.number().int().min(1).max(100_000) })

/** A clock as the client may see it: what was promised, and what came of it. */
export const clockResult = z.object({
  metric,
  metricName: z.string(),
  seq: z.number(),
  state: z.enum(clockStates),
  stateName: z.string(),
  priority: z.number(),
  /** The target in words: `4 h of service time`. */
  promised: z.string(),
  registeredAt: instant,
  /** `null` while a pause holds it, and when the calendar has no such time. */
  dueAt: instant.nullable(),
  metAt: instant.nullable(),
  endedAt: instant.nullable(),
  breachedAt: instant.nullable(),
  pauseReason: z.string().nullable(),
  pauseText: z.string().nullable(),
  /** Minutes of counted time, negative when overdue; `null` for a clock that has ended. */
  remainingMinutes: z.number().nullable(),
  /** The minutes are running down at `asOf`: the clock runs and its hours are open. */
  open: z.boolean(),
  /** After how many seconds from `asOf` the hours close or open, in turn. */
  turnsIn: z.array(z.number()),
  /** The deadline rests on a year without an approved production calendar. */
  estimated: z.boolean(),
  asOf: instant,
})
export type ClockResult = z.infer<typeof clockResult>

export const clockView = clockResult.extend({
  startedAt: instant,
  endedBy: z.string().nullable(),
  target,
  /** The row of the table that won. */
  row: z.string(),
  policy: named,
  calendar: named,
  dayCalendar: named.nullable(),
  agreedDueAt: instant.nullable(),
  /** The responsible people of both sides may agree another term. */
  mayAgree: z.boolean(),
  targetMinutes: z.number().nullable(),
  usedMinutes: z.number(),
  alarms: z.array(z.object({ kind: alarmKind, at: instant, rung: z.boolean() })),
})
export type ClockView = z.infer<typeof clockView>

export const clocksReply = z.object({ items: z.array(clockView) })
export const clockResultsReply = z.object({ items: z.array(clockResult) })

export const intervalView = z.object({
  from: instant,
  to: instant,
  counted: z.boolean(),
  minutes: z.number(),
  reason: z.string(),
  text: z.string(),
  /** Still to come: how the deadline will be reached if nothing happens. */
  ahead: z.boolean(),
})
const explained = {
  intervals: z.array(intervalView),
  /** The sum of the counted intervals so far. */
  usedMinutes: z.number(),
  /** The sum of those ahead; with the ones used it makes the target. */
  aheadMinutes: z.number(),
  targetMinutes: z.number().nullable(),
  facts: z.array(z.object({ at: instant, code: z.string(), text: z.string() })),
}
export const explanationReply = z.object({
  clock: clockView,
  ...explained,
  /** What warnings and a breach have set in motion. */
  steps: z.array(z.object({ at: instant, text: z.string() })),
})
export const resultExplanationReply = z.object({ clock: clockResult, ...explained })
export type ExplanationReply = z.infer<typeof explanationReply>

export const breachQuery = z.strictObject({
  client: id.optional(),
  metric: metric.optional(),
  /** By the moment of the breach. */
  from: instant.optional(),
  to: instant.optional(),
  /** Whether a cause has been written down. */
  explained: z.enum(['yes', 'no']).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const breachView = z.object({
  id: z.number(),
  ticket: z.object({ id: z.number(), number: z.number(), subject: z.string(), state: z.string() }),
  client: z.object({ id: z.number(), name: z.string() }),
  assignee: z.string().nullable(),
  metric,
  metricName: z.string(),
  seq: z.number(),
  priority: z.number(),
  promised: z.string(),
  row: z.string(),
  dueAt: instant,
  breachedAt: instant,
  /** When it was reached all the same; `null` while it is open. */
  metAt: instant.nullable(),
  lateMinutes: z.number(),
  /** Late only while the client was waited for. */
  whollyWaitingForClient: z.boolean(),
  cause: z.string().nullable(),
  causeBy: z.string().nullable(),
  causeAt: instant.nullable(),
  /** Of the cause; 0 while there is none. */
  version: z.number(),
})
export type BreachView = z.infer<typeof breachView>
export const breachPage = z.object({ items: z.array(breachView), nextCursor: z.string().nullable() })
export const breachParams = z.object({ id })
export const causeChange = z.strictObject({ cause: z.string().trim().min(1).max(2_000) })
