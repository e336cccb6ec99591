import { slaSpec } from '@opora/contracts/contract'
import { z } from 'zod'
import { metrics } from './contract.ts'

/** Shapes of thinking about other rules: what a change would move, and what a past month would have come to. */
const instant = z.iso.datetime()
const id = z.coerce.number().int().min(1).max(9_007_199_254_740_991)
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)

export const ruleParams = z.object({ code })
export const policyPreview = z.strictObject({ spec: slaSpec })

const promised = z.object({
  dueAt: instant.nullable(),
  /** In words: `4 h of service time`. */
  promised: z.string(),
  row: z.string(),
  breached: z.boolean(),
})
export const movedClock = z.object({
  ticketId: z.number(),
  number: z.number(),
  subject: z.string(),
  client: z.string(),
  metric: z.enum(metrics),
  metricName: z.string(),
  seq: z.number(),
  before: promised.nullable(),
  after: promised.nullable(),
  /** By how much the deadline moves by the clock on the wall, later positive; `null` where a side has none. */
  movedMinutes: z.number().nullable(),
})
export type MovedClockView = z.infer<typeof movedClock>

export const movedReply = z.object({
  /** Open tickets that were looked at. */
  tickets: z.number(),
  movedTickets: z.number(),
  /** Open tickets that would be warned of at other shares, whether they follow or not. */
  rewarned: z.number(),
  sooner: z.number(),
  later: z.number(),
  gained: z.number(),
  lost: z.number(),
  /** Promises that the change itself would break. */
  broken: z.number(),
  /** Up to 200 that the reader may see, the largest moves first. */
  items: z.array(movedClock),
  /** What the change says otherwise than the version that is there, in sentences. */
  changes: z.array(z.string()),
})
export type MovedReply = z.infer<typeof movedReply>

export const policyVersionsReply = z.object({
  items: z.array(
    z.object({
      version: z.number(),
      /** When it comes or came into force. */
      from: instant,
      writtenAt: instant,
      author: z.string().nullable(),
      standing: z.enum(['past', 'in_force', 'to_come']),
      spec: slaSpec,
      /** What it says otherwise than the version before it. */
      changes: z.array(z.string()),
    }),
  ),
})
export type PolicyVersionsReply = z.infer<typeof policyVersionsReply>

export const followReply = z.object({ queued: z.boolean() })

export const whatIfAsk = z.strictObject({
  from: instant,
  to: instant,
  client: id.optional(),
  contract: id.optional(),
  /** A policy of the installation, or rows that nobody has saved. */
  policyCode: code.optional(),
  spec: slaSpec.optional(),
  calendarCode: code.optional(),
  /** Only contracts that were ever on this policy. */
  ofPolicy: code.optional(),
})

const share = z.object({
  kept: z.number(),
  missed: z.number(),
  running: z.number(),
  keptPermille: z.number().nullable(),
})
const side = z.object({
  total: share,
  byMetric: z.object({ reaction: share, next_answer: share, resolution: share }),
  byPriority: z.object({ 1: share, 2: share, 3: share, 4: share }),
  penaltiesKopecks: z.number().nullable(),
})
const outcome = z.object({
  outcome: z.enum(['kept', 'missed', 'running']),
  promised: z.string(),
  row: z.string(),
  dueAt: instant.nullable(),
  lateMinutes: z.number(),
})
export const whatIfReply = z.object({
  tickets: z.number(),
  before: side,
  after: side,
  turnedCount: z.number(),
  turned: z.array(
    z.object({
      ticketId: z.number(),
      number: z.number(),
      subject: z.string(),
      metric: z.enum(metrics),
      metricName: z.string(),
      before: outcome.nullable(),
      after: outcome.nullable(),
    }),
  ),
})
export type WhatIfReply = z.infer<typeof whatIfReply>
