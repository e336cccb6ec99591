import { z } from 'zod'

const instant = z.iso.datetime()
const person = z.object({ id: z.number(), name: z.string() })

export const personalRequestView = z.object({
  id: z.number(),
  contactId: z.number(),
  contactName: z.string(),
  clientId: z.number(),
  kind: z.enum(['export', 'erase']),
  reason: z.string(),
  /** `waiting` for a second person's word; `open`: what is kept can be taken until `endsAt`; `done`: erased. */
  state: z.enum(['waiting', 'refused', 'open', 'over', 'done']),
  askedBy: person.nullable(),
  askedAt: instant,
  decidedBy: person.nullable(),
  decidedAt: instant.nullable(),
  alone: z.boolean(),
  endsAt: instant.nullable(),
  /** Of an erasure: how many rows of each table lost the person. */
  result: z.record(z.string(), z.number()).nullable(),
  mine: z.boolean(),
})
export const personalRequestList = z.object({ items: z.array(personalRequestView) })
export const newPersonalRequest = z.strictObject({
  kind: z.enum(['export', 'erase']),
  /** The ground: the date and number of the person's letter. Kept for good, so that it says nothing of the person. */
  reason: z.string().trim().min(3).max(300),
})
export const personalDecision = z.strictObject({ approve: z.boolean() })
export const personalExport = z.object({
  contactId: z.number(),
  madeAt: instant,
  data: z.record(z.string(), z.unknown()),
  /** SHA-256 of each part's JSON. */
  manifest: z.record(z.string(), z.string()),
})

export type PersonalRequestView = z.infer<typeof personalRequestView>
export type PersonalExport = z.infer<typeof personalExport>
