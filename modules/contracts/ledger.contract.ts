import { isOfOurTime } from '@opora/core'
import { z } from 'zod'

const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const words = z.object({ ru: z.string(), en: z.string() })
const short = (max: number) => z.string().trim().max(max)
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .refine(isOfOurTime)
export const entryKinds = ['grant', 'draw', 'expire', 'carry', 'reverse', 'transfer', 'adjust', 'charge'] as const

export const balanceQuery = z.object({ at: z.iso.datetime({ offset: true }).optional() })

export const entryView = z.object({
  id: z.number(),
  bucketId: z.number().nullable(),
  kind: z.enum(entryKinds),
  minutes: z.number(),
  amountKopecks: z.number(),
  effectiveAt: instant,
  postedAt: instant,
  period: z.string(),
  source: z.object({ type: z.string(), id: z.string() }),
  reversed: z.boolean(),
  explanation: z.array(words),
  by: z.string().nullable(),
})

const remaining = {
  leftMinutes: z.number(),
  ofMinutes: z.number(),
  carriedMinutes: z.number(),
}
export const bucketView = z.object({
  id: z.number(),
  name: words,
  formCode: z.string(),
  formKind: z.string(),
  service: z.string().nullable(),
  startsAt: instant,
  lastInstant: instant.nullable(),
  ...remaining,
  /** The sum of the entries before those listed. */
  earlierMinutes: z.number(),
  /** What the balance is the sum of, together with `earlierMinutes`, in order of effect. */
  entries: z.array(entryView),
})
export const balanceView = z.object({
  contractId: z.number(),
  at: instant,
  ...remaining,
  /** Beyond the package in the month of `at`, charged by fact. */
  overMinutes: z.number(),
  words,
  buckets: z.array(bucketView),
})

export const ledgerQuery = z.object({
  bucketId: id.optional(),
  kind: z.enum(entryKinds).optional(),
  month: month.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})
export const ledgerPage = z.object({ items: z.array(entryView), nextCursor: z.string().nullable() })

/** What operators, testers, IT and developers see of hours: no money. */
export const coverageView = z.object({
  contractId: z.number(),
  number: z.string(),
  title: z.string(),
  state: z.enum(['covered', 'low', 'used_up', 'not_in_force']),
  /** `null` where the contract has no package of hours. */
  leftMinutes: z.number().nullable(),
  /** What happens to work that no hours cover. */
  beyond: z.enum(['postpaid', 'stop']),
  words,
})

export const newCorrection = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('reverse'),
    entryId: z.number().int().positive(),
    reason: short(1_000).min(3),
  }),
  z.strictObject({
    kind: z.literal('transfer'),
    fromBucketId: z.number().int().positive(),
    toBucketId: z.number().int().positive(),
    minutes: z.number().int().min(1).max(1_000_000),
    reason: short(1_000).min(3),
  }),
  z.strictObject({
    kind: z.literal('adjust'),
    bucketId: z.number().int().positive(),
    /** Positive gives hours, negative takes them. */
    minutes: z
      .number()
      .int()
      .min(-1_000_000)
      .max(1_000_000)
      .refine((minutes) => minutes !== 0),
    reason: short(1_000).min(3),
  }),
])
export const correctionParams = z.object({ id })
export const correctionView = z.object({
  id: z.number(),
  contractId: z.number(),
  kind: z.enum(['reverse', 'transfer', 'adjust']),
  entryId: z.number().nullable(),
  fromBucketId: z.number().nullable(),
  toBucketId: z.number().nullable(),
  minutes: z.number().nullable(),
  reason: z.string(),
  state: z.enum(['proposed', 'posted', 'declined']),
  /** A duty for two people was done by the only one there is. */
  alone: z.boolean(),
  proposedBy: z.object({ id: z.number(), name: z.string() }),
  proposedAt: instant,
  decidedBy: z.object({ id: z.number(), name: z.string() }).nullable(),
  decidedAt: instant.nullable(),
  version: z.number(),
})
export const correctionList = z.object({ items: z.array(correctionView) })
export const correctionDecision = z.strictObject({ approve: z.boolean() })

export const cabinetHours = z.object({
  at: instant,
  contracts: z.array(
    z.object({
      id: z.number(),
      number: z.string(),
      title: z.string(),
      ...remaining,
      overMinutes: z.number(),
      words,
      buckets: z.array(bucketView.omit({ entries: true, earlierMinutes: true, formCode: true })),
      /** How the hours went in the month, the newest first. */
      movements: z.array(
        z.object({
          id: z.number(),
          kind: z.enum(entryKinds),
          minutes: z.number(),
          amountKopecks: z.number(),
          effectiveAt: instant,
          explanation: z.array(words),
          /** The request that the work was done on. */
          ticket: z.object({ id: z.number(), number: z.number() }).nullable(),
        }),
      ),
    }),
  ),
})
export const cabinetHoursQuery = z.object({ month: month.optional() })

export const couponView = z.object({
  id: z.number(),
  contractId: z.number(),
  contractNumber: z.string(),
  /** In full for the client; the provider's people see its end. */
  code: z.string(),
  state: z.enum(['not_yet', 'ready', 'spent', 'lapsed']),
  validFrom: instant,
  validUntil: instant,
  usedAt: instant.nullable(),
  usedTicketNumber: z.number().nullable(),
})
export const couponList = z.object({ items: z.array(couponView) })

export type EntryView = z.infer<typeof entryView>
export type BalanceView = z.infer<typeof balanceView>
export type BucketView = z.infer<typeof bucketView>
export type CoverageView = z.infer<typeof coverageView>
export type NewCorrection = z.infer<typeof newCorrection>
export type CorrectionView = z.infer<typeof correctionView>
export type CouponView = z.infer<typeof couponView>
