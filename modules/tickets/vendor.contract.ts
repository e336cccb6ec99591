import { z } from 'zod'
import { vendorObstacles } from './domain/vendor-eligibility.ts'

const Instant = z.iso.datetime()
const code = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/)
const name = z.string().trim().min(1).max(120)
const share = z.number().int().min(1).max(200)
const day = z.number().int().min(1).max(365)
const MINUTES_MAX = 60 * 24 * 60

export const VendorNumber = z.strictObject({ number: z.string().trim().min(1).max(40) })
export const VendorWord = z.strictObject({ reason: z.string().trim().min(3).max(1_000) })
export const VendorAnswer = z.strictObject({ text: z.string().trim().min(1).max(100_000) })

export const VendorWait = z.object({
  id: z.number(),
  number: z.string(),
  link: z.string().nullable(),
  topic: z.string().nullable(),
  askedAt: Instant,
  askedBy: z.string(),
  expectedAt: Instant,
  /** The vendor's own time: what it has in all, what is gone, and what went by the clock on the wall. */
  expectedMinutes: z.number().int(),
  workingMinutes: z.number().int(),
  clockMinutes: z.number().int(),
  late: z.boolean(),
  endedAt: Instant.nullable(),
  endedAs: z.enum(['answered', 'left']).nullable(),
  version: z.number(),
})
export type VendorWait = z.infer<typeof VendorWait>

export const VendorView = z.object({
  vendor: z.string(),
  eligible: z.boolean(),
  obstacles: z.array(z.object({ code: z.enum(vendorObstacles), text: z.string() })),
  override: z.object({ reason: z.string(), by: z.string(), at: Instant }).nullable(),
  wait: VendorWait.nullable(),
  /** Why the wait is as long as it is: stretches inside and outside of the vendor's hours, and how many minutes each counted. */
  intervals: z.array(
    z.object({ from: Instant, to: Instant, counted: z.boolean(), minutes: z.number().int(), text: z.string() }),
  ),
  reminders: z.array(
    z.object({ kind: z.string(), dueAt: Instant, firedAt: Instant.nullable(), cancelled: z.boolean() }),
  ),
  earlier: z.array(VendorWait),
})

export const WaitingTicket = VendorWait.extend({
  ticket: z.object({
    id: z.number(),
    number: z.number(),
    subject: z.string(),
    client: z.string(),
    assignee: z.string().nullable(),
    priority: z.number(),
  }),
})
export type WaitingTicket = z.infer<typeof WaitingTicket>

const vendorFields = {
  nameRu: name,
  nameEn: name,
  calendarCode: z.string().min(1).max(60),
  /** Where a question is read at the vendor's; `{number}` stands for its number. */
  link: z
    .string()
    .trim()
    .max(500)
    .regex(/^https:\/\/\S+$/)
    .nullable(),
  answerMinutes: z.record(z.string().regex(/^[a-z_]{1,60}$/), z.number().int().min(1).max(MINUTES_MAX)),
  remindShares: z.array(share).max(10),
  remindDays: z.array(day).max(10),
  freeEditions: z.array(z.string().trim().min(1).max(120)).max(20),
  boxedDays: z.number().int().min(1).max(3660),
}
const VendorTopic = z.strictObject({
  code,
  nameRu: name,
  nameEn: name,
  hosting: z.enum(['cloud', 'boxed']).nullable(),
})
export const VendorSettings = z.object({ ...vendorFields, topics: z.array(VendorTopic), version: z.number() })
export type VendorSettings = z.infer<typeof VendorSettings>
export const VendorSettingsChange = z.strictObject({ ...vendorFields, topics: z.array(VendorTopic).max(100) })
export type VendorSettingsChange = z.infer<typeof VendorSettingsChange>
