import { isOfOurTime } from '@opora/core'
import { z } from 'zod'

/** Shapes of acts on a month of many contracts, shared with the browser. */
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .refine(isOfOurTime)

export const runActs = ['close', 'undo', 'send_report', 'issue', 'send_documents'] as const
export const runParams = z.object({ id })
export const runQuery = z.strictObject({ month })
export const newRun = z.strictObject({
  month,
  act: z.enum(runActs),
  /** Left out: all contracts that stand ready for this act. */
  contractIds: z.array(id).min(1).max(5_000).optional(),
  /** Demanded of an undoing. */
  reason: z.string().trim().max(1_000).default(''),
})
/** How far an act has come; `refusals` says for each contract left out why. */
export const run = z.object({
  id: z.number(),
  month: z.string(),
  act: z.enum(runActs),
  by: z.string(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  total: z.number(),
  done: z.number(),
  refused: z.number(),
  refusals: z.array(
    z.object({
      contract: z.object({ id: z.number(), number: z.string() }),
      client: z.object({ id: z.number(), name: z.string() }),
      code: z.string(),
      sentence: z.string(),
    }),
  ),
})
export const runList = z.object({ items: z.array(run) })

export type RunAct = (typeof runActs)[number]
export type NewRun = z.infer<typeof newRun>
export type RunView = z.infer<typeof run>
