import { isOfOurTime } from '@opora/core'
import { z } from 'zod'

/** Shapes of the week sheet and of approval, shared with the browser. */
const instant = z.iso.datetime()
const date = z.iso.date().refine(isOfOurTime)
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const weekQuery = z.strictObject({ monday: date, accountId: id.optional() })
const stretch = z.object({ from: instant, to: instant, minutes: z.number() })
const cell = z.object({
  date: z.string(),
  minutes: z.number(),
  /** How many entries stand in the cell: one of several is changed by itself. */
  entries: z.number(),
  note: z.string(),
  /** Whether the reader may write into the cell: their own, in an open month, not approved, not of tomorrow. */
  editable: z.boolean(),
  approved: z.boolean(),
  closed: z.boolean(),
})
const row = z.object({
  ticket: z.object({ id: z.number(), number: z.number(), subject: z.string() }),
  client: z.object({ id: z.number(), name: z.string() }),
  activity: z.object({ code: z.string(), name: z.string() }),
  cells: z.array(cell),
  totalMinutes: z.number(),
})
/** A person's week: tickets and activities by days. `before` holds the rows of the week before that this one lacks. */
export const week = z.object({
  monday: z.string(),
  days: z.array(
    z.object({
      date: z.string(),
      minutes: z.number(),
      approvedMinutes: z.number(),
      overlaps: z.array(stretch),
      gaps: z.array(stretch),
    }),
  ),
  rows: z.array(row),
  before: z.array(row.pick({ ticket: true, client: true, activity: true }).extend({ minutes: z.number() })),
  totalMinutes: z.number(),
  today: z.string(),
  mine: z.boolean(),
})
export const weekCell = z.strictObject({
  ticketId: id,
  activity: z.string().trim().min(1).max(60),
  date,
  /** The whole cell; 0 takes its entry away. */
  minutes: z.number().int().min(0).max(1440),
  /** Left out: as on that ticket before, else the ticket’s subject. */
  note: z.string().trim().max(4_000).optional(),
  /** The week to answer with. */
  monday: date,
})
export const weekCopy = z.strictObject({ monday: date })
export const weekCopied = week.extend({
  copied: z.number(),
  skipped: z.array(z.object({ ticketNumber: z.number(), date: z.string(), sentence: z.string() })),
})

export const approval = z.strictObject({ ids: z.array(id).min(1).max(500) })
/** Entries approved now; the rest were approved before, are one’s own or not one’s to approve. */
export const approved = z.object({ approved: z.number(), left: z.number() })
export const approvalRule = z
  .strictObject({ contractId: id.optional(), accountId: id.optional(), needed: z.boolean() })
  .refine((rule) => (rule.contractId === undefined) !== (rule.accountId === undefined), { path: ['contractId'] })
/** Contracts and people whose time somebody must approve before the month is closed. */
export const approvalRules = z.object({
  contracts: z.array(z.object({ id: z.number(), number: z.string(), client: z.string() })),
  people: z.array(z.object({ id: z.number(), name: z.string() })),
})
export const unapproval = z.strictObject({ reason: z.string().trim().min(1).max(1_000) })

export type WeekView = z.infer<typeof week>
export type WeekCell = z.infer<typeof weekCell>
export type WeekCopied = z.infer<typeof weekCopied>
export type ApprovalRuleBody = z.infer<typeof approvalRule>
