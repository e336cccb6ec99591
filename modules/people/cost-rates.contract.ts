import { isOfOurTime } from '@opora/core'
import { z } from 'zod'

/** What an hour of a person costs the provider: seen by finance and the director alone. */
const date = z.iso.date()

export const costRateParams = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) })
export const newCostRate = z.strictObject({
  validFrom: date.refine(isOfOurTime),
  perHourKopecks: z.number().int().min(0).max(100_000_000),
})
export const costRate = z.object({ validFrom: date, perHourKopecks: z.number(), setBy: z.string().nullable() })
export const costRatePerson = z.object({
  accountId: z.number(),
  name: z.string(),
  active: z.boolean(),
  /** In force today. */
  perHourKopecks: z.number().nullable(),
  /** The newest first. */
  rates: z.array(costRate),
})
export const costRateList = z.object({ items: z.array(costRatePerson) })

export type NewCostRate = z.infer<typeof newCostRate>
export type CostRatePerson = z.infer<typeof costRatePerson>
