import { isOfOurTime } from '@opora/core'
import { z } from 'zod'
import { LOAD_KINDS } from './domain/capacity.ts'
import { FILE_FORMATS } from './money.contract.ts'

/** Who is loaded with what, by person and week; clients against their ceiling, by month. All in minutes. */
const date = z.iso.date().refine(isOfOurTime)
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** `from`: any day of the first week; left out: the present week. */
export const capacityQuery = z.strictObject({
  from: date.optional(),
  weeks: z.coerce.number().int().min(1).max(26).default(8),
})
export const capacityExportQuery = capacityQuery.extend({ format: z.enum(FILE_FORMATS).default('xlsx') })
export const capacityRowsQuery = z.strictObject({
  /** Left out: hours kept for contracts and given to nobody yet. */
  accountId: id.optional(),
  week: date,
  kind: z.enum(LOAD_KINDS).optional(),
})
export const ceilingRowsQuery = z.strictObject({
  clientId: id,
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .refine(isOfOurTime),
})

export const weekLoad = z.object({
  week: date,
  availableMinutes: z.number(),
  reservedMinutes: z.number(),
  plannedMinutes: z.number(),
  actualMinutes: z.number(),
  loadMinutes: z.number(),
  /** Load against what is available; null where nothing is. */
  loadPermille: z.number().nullable(),
  /** Logged against available. */
  utilisationPermille: z.number().nullable(),
})
export const personLoad = z.object({
  /** Null: kept for contracts, given to nobody yet. */
  accountId: z.number().nullable(),
  name: z.string(),
  minutesPerWeek: z.number(),
  weeks: z.array(weekLoad),
})
export const clientCeiling = z.object({
  client: z.object({ id: z.number(), name: z.string() }),
  month: z.string(),
  reservedMinutes: z.number(),
  plannedMinutes: z.number(),
  actualMinutes: z.number(),
  needMinutes: z.number(),
  ceilingMinutes: z.number(),
  state: z.enum(['ok', 'near', 'over']),
})
export const capacityPlan = z.object({
  weeks: z.array(z.object({ week: date, present: z.boolean() })),
  people: z.array(personLoad),
  total: z.array(weekLoad),
  clients: z.array(clientCeiling),
})
export const capacityRow = z.object({
  kind: z.enum(LOAD_KINDS),
  /** Null: of a client that the reader does not serve. */
  client: z.object({ id: z.number(), name: z.string() }).nullable(),
  contractNumber: z.string().nullable(),
  ticketNumber: z.number().nullable(),
  person: z.string().nullable(),
  minutes: z.number(),
})
export const capacityRows = z.object({ items: z.array(capacityRow), totalMinutes: z.number() })

export const staffCapacityBody = z.strictObject({
  validFrom: date,
  minutesPerWeek: z.number().int().min(0).max(10_080),
})
export const insightParams = z.object({ id })
const teamMember = { accountId: id, minutesPerMonth: z.number().int().min(0).max(120_000) }
export const teamBody = z.strictObject({ members: z.array(z.strictObject(teamMember)).max(50) })
export const team = z.object({
  /** What the contract guarantees a month. */
  guaranteedMinutes: z.number(),
  members: z.array(z.object({ accountId: z.number(), name: z.string(), minutesPerMonth: z.number() })),
  /** Goes into If-Match of the next naming; 0 while nobody has been named. */
  version: z.number(),
})

export type CapacityPlan = z.infer<typeof capacityPlan>
export type PersonLoad = z.infer<typeof personLoad>
export type WeekLoadView = z.infer<typeof weekLoad>
export type ClientCeiling = z.infer<typeof clientCeiling>
export type CapacityRows = z.infer<typeof capacityRows>
export type TeamView = z.infer<typeof team>
