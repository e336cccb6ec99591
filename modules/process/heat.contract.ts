import { z } from 'zod'
import { instantIn, processParams } from './contract.ts'

const instant = z.iso.datetime()
const words = z.object({ ru: z.string(), en: z.string() })

/** Stays that began in the period; the last 30 days when none is given. */
export const heatQuery = z.strictObject({
  from: instantIn.optional(),
  to: instantIn.optional(),
  clientId: z.coerce.number().int().positive().optional(),
})
/** Minutes; null where nothing has been measured. Each figure is one of the values measured (nearest rank). */
const figures = z.object({
  median: z.number().int().nullable(),
  p90: z.number().int().nullable(),
  longest: z.number().int().nullable(),
})
export const heatReply = z.object({
  key: z.string(),
  version: z.number().int(),
  xml: z.string(),
  from: instant,
  to: instant,
  /** Older stays of the period are left out: there were too many. */
  more: z.boolean(),
  places: z.array(
    z.object({
      place: z.string(),
      name: words,
      /** The version shown has this place. */
      drawn: z.boolean(),
      visits: z.number().int(),
      /** Stays that have not ended. */
      present: z.number().int(),
      clock: figures,
      service: figures,
      /** How hot the place is, 1…5, by its median beside the longest median of the process. 0: nothing has been measured, or the ticket is solved there. */
      heatClock: z.number().int(),
      heatService: z.number().int(),
    }),
  ),
})

export const placeParams = processParams.extend({ place: z.string().min(1).max(200) })
export const staysQuery = heatQuery.extend({ present: z.enum(['true', 'false']).default('false') })
export const staysReply = z.object({
  items: z.array(
    z.object({
      ticketId: z.number().int(),
      number: z.number().int(),
      subject: z.string(),
      from: instant,
      until: instant.nullable(),
      clockMinutes: z.number().int(),
      serviceMinutes: z.number().int().nullable(),
    }),
  ),
  /** Stays of tickets beyond the reader's reach, and those past the first hundred. */
  hidden: z.number().int(),
  more: z.number().int(),
})
