import { z } from 'zod'

/** Shapes of requests and answers about estimates. Money is `null` for those who do not see prices. */
const instant = z.iso.datetime()
const date = z.iso.date()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const person = z.object({ id: z.number(), name: z.string() })
const ticketRef = z.object({ id: z.number(), number: z.number(), subject: z.string() })

export const estimateStates = ['draft', 'offered', 'approved', 'declined', 'asked', 'expired', 'superseded'] as const
export const newEstimate = z.strictObject({
  title: z.string().trim().max(300).default(''),
  specification: z.string().trim().max(20_000).default(''),
  lines: z
    .array(
      z.strictObject({
        title: z.string().trim().min(1).max(300),
        minutes: z.number().int().min(1).max(600_000),
        activity: z.string().trim().min(1).max(60).nullish(),
        /** Left out: the contract's rate. Only those who see prices may give another. */
        ratePerHourKopecks: z.number().int().min(0).max(100_000_000).optional(),
      }),
    )
    .min(1)
    .max(100),
  validUntil: date.nullish(),
  /** True: goes to the client at once; false: stays a draft. */
  offer: z.boolean().default(true),
})
/** `answer` is what the provider says to the client's question. */
export const estimateOffer = z.strictObject({
  validUntil: date.nullish(),
  answer: z.string().trim().max(4_000).default(''),
})
export const estimateWithdrawal = z.strictObject({ reason: z.string().trim().max(1_000).default('') })
export const estimateDecision = z.strictObject({
  decision: z.enum(['approve', 'decline', 'ask']),
  /** The reason; for `ask` the question. */
  comment: z.string().trim().max(4_000).default(''),
})

const estimateLine = z.object({
  title: z.string(),
  minutes: z.number(),
  ratePerHourKopecks: z.number().nullable(),
  sumKopecks: z.number().nullable(),
})
export const estimate = z.object({
  id: z.number(),
  ticket: ticketRef,
  client: person,
  round: z.number(),
  supplementary: z.boolean(),
  state: z.enum(estimateStates),
  title: z.string(),
  specification: z.string(),
  lines: z.array(estimateLine),
  minutes: z.number(),
  amountKopecks: z.number().nullable(),
  validUntil: z.string().nullable(),
  author: z.string(),
  offeredAt: instant.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  comment: z.string().nullable(),
  /** The provider's answer to the client's question. */
  answer: z.string().nullable(),
  createdAt: instant,
  version: z.number(),
})
/** A ticket's rounds, the latest first, with what was used of what was approved. */
export const ticketEstimates = z.object({
  items: z.array(estimate),
  fact: z
    .object({
      estimatedMinutes: z.number(),
      actualMinutes: z.number(),
      differenceMinutes: z.number(),
      estimatedKopecks: z.number().nullable(),
      percent: z.number().nullable(),
    })
    .nullable(),
})
export const estimateQuery = z.strictObject({
  state: z.enum(estimateStates).optional(),
  clientId: id.optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const estimatePage = z.object({ items: z.array(estimate), nextCursor: z.string().nullable() })

/** An estimate as the client sees it. */
export const cabinetEstimate = z.object({
  id: z.number(),
  ticket: ticketRef,
  round: z.number(),
  supplementary: z.boolean(),
  state: z.enum(estimateStates),
  title: z.string(),
  specification: z.string(),
  lines: z.array(
    z.object({ title: z.string(), minutes: z.number(), ratePerHourKopecks: z.number(), sumKopecks: z.number() }),
  ),
  minutes: z.number(),
  amountKopecks: z.number(),
  validUntil: z.string().nullable(),
  author: z.string(),
  offeredAt: instant.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  comment: z.string().nullable(),
  answer: z.string().nullable(),
  /** What was worked of it so far, in billable minutes; null until it is approved. */
  usedMinutes: z.number().nullable(),
  /** Whether the reader may decide it now. */
  mayDecide: z.boolean(),
})
export const cabinetEstimates = z.object({ items: z.array(cabinetEstimate) })
export const cabinetEstimateQuery = z.strictObject({ state: z.enum(['waiting', 'all']).default('waiting') })

export type NewEstimate = z.infer<typeof newEstimate>
export type EstimateView = z.infer<typeof estimate>
export type CabinetEstimateView = z.infer<typeof cabinetEstimate>
export type EstimateDecision = z.infer<typeof estimateDecision>
export type EstimateQuery = z.infer<typeof estimateQuery>
