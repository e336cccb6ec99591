import { isOfOurTime } from '@opora/core'
import { z } from 'zod'

/* Use of services that are counted in units: recorded by those who work, drawn from the package's own units, priced at the month's end. */

const date = z.iso.date().refine(isOfOurTime)
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** Left out: the present month. */
export const unitUseQuery = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .refine(isOfOurTime)
    .optional(),
})
export const unitUseParams = z.object({ id, use: id })
export const unitUseBody = z.strictObject({
  service: z.string().trim().min(1).max(60),
  units: z.number().int().min(1).max(1_000_000),
  /** The day of use; left out: today. */
  date: date.optional(),
  /** The number of the client's ticket that it was done for. */
  ticketNumber: z.number().int().positive().max(2_147_483_647).optional(),
  note: z.string().trim().max(1_000).default(''),
})
const named = z.object({ code: z.string(), name: z.string() })
export const unitUse = z.object({
  id: z.number(),
  service: named,
  units: z.number(),
  date: z.string(),
  ticket: z.object({ id: z.number(), number: z.number() }).nullable(),
  note: z.string(),
  by: z.string().nullable(),
})
export const unitUseList = z.object({
  month: z.string(),
  /** Whether the month is closed: nothing is recorded in it or taken back any more. */
  closed: z.boolean(),
  items: z.array(unitUse),
  /** Of each service that the contract includes in units, or that was used. */
  services: z.array(
    z.object({
      ...named.shape,
      /** null: without limit. */
      includedUnits: z.number().nullable(),
      usedUnits: z.number(),
      beyondUnits: z.number(),
    }),
  ),
  /** Services that may be recorded: those priced by the piece or included in units. */
  offered: z.array(named),
})

export type UnitUseList = z.infer<typeof unitUseList>
export type UnitUseBody = z.infer<typeof unitUseBody>
