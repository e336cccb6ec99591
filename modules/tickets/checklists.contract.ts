import { z } from 'zod'

const Words = z.object({ ru: z.string(), en: z.string() })

/** A checklist begun on a ticket. */
export const StartedChecklist = z.object({
  id: z.number(),
  code: z.string(),
  name: Words,
  startedBy: z.string(),
  startedAt: z.iso.datetime(),
  items: z.array(
    z.object({
      position: z.number().int(),
      ru: z.string(),
      en: z.string(),
      required: z.boolean(),
      role: z.string().nullable(),
      tickedBy: z.string().nullable(),
      tickedAt: z.iso.datetime().nullable(),
    }),
  ),
})
export type StartedChecklist = z.infer<typeof StartedChecklist>
export const StartChecklist = z.strictObject({ checklist: z.string().min(1).max(60) })
export const TickItem = z.strictObject({
  listId: z.number().int().min(1).max(9_007_199_254_740_991),
  position: z.number().int().min(0).max(1_000),
  ticked: z.boolean(),
})
