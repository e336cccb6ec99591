import { isOfOurTime } from '@opora/core'
import { z } from 'zod'
import { priceList } from './price-list.schema.ts'
import { contractTerms } from './terms.schema.ts'

const date = z.iso.date().refine(isOfOurTime)
const instant = z.iso.datetime()
const short = (max: number) => z.string().trim().max(max)
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
const words = z.object({ ru: z.string(), en: z.string() })
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .refine(isOfOurTime)
const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const minutes = z.number().int().min(1).max(60_000)

export const priceListView = z.object({
  code: z.string(),
  nameRu: z.string(),
  nameEn: z.string(),
  isDefault: z.boolean(),
  archived: z.boolean(),
  version: z.number(),
  /** The newest first; each is in force from its date until the next. */
  versions: z.array(
    z.object({
      validFrom: date,
      /** By the company's day. */
      standing: z.enum(['future', 'in_force', 'past']),
      spec: priceList,
      reason: z.string(),
      by: z.string().nullable(),
      createdAt: instant,
    }),
  ),
})
export const priceListsReply = z.object({ items: z.array(priceListView) })
const priceListNames = { nameRu: short(200).min(1), nameEn: short(200).min(1) }
const firstVersion = { validFrom: date, reason: short(1_000).default(''), spec: priceList }
export const newPriceList = z.strictObject({ code, ...priceListNames, ...firstVersion })
export const priceListChange = z.strictObject({ ...priceListNames, isDefault: z.boolean() })
export const newPriceListVersion = z.strictObject({ ...firstVersion, reason: short(1_000).min(1) })

/** A month to count: of a contract's real work, or typed. */
export const sampleChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contract'), contractId: id, month }),
  z.strictObject({
    kind: z.literal('typed'),
    month,
    works: z
      .array(
        z.strictObject({
          activity: z.string().max(60),
          grade: z.string().max(60).nullable().default(null),
          service: z.string().max(60).nullable().default(null),
          minutes,
          urgent: z.boolean().default(false),
          onSite: z.boolean().default(false),
          outOfHours: z.boolean().default(false),
        }),
      )
      .max(200),
    units: z
      .array(z.strictObject({ service: z.string().max(60), units: z.number().int().min(1).max(100_000) }))
      .max(50),
  }),
])

/** What is edited: a package with what its offer leaves open, or terms in full; by a list that is there or by one that is edited. */
export const samplePreviewBody = z.strictObject({
  sample: sampleChoice,
  offer: z.record(z.string(), z.unknown()).optional(),
  terms: contractTerms.optional(),
  priceList: priceList.optional(),
  priceListCode: code.optional(),
  monthlyFeeKopecks: z.number().int().min(0).max(1_000_000_000_000).optional(),
  minutesPerMonth: z.number().int().min(1).max(120_000).optional(),
  termMonths: z.number().int().min(1).max(120).optional(),
  options: z.array(z.string().max(60)).max(20).optional(),
})

export const sampleMonthView = z.object({
  month: z.string(),
  words,
  vat: z.enum(['included', 'on_top', 'none']),
  /** How many pieces of work were counted. */
  works: z.number(),
  lines: z.array(
    z.object({
      kind: z.enum(['fee', 'hours', 'purchase', 'one_off', 'postpaid', 'outstaff', 'surcharge', 'units']),
      title: words,
      activity: z.string().nullable(),
      service: z.string().nullable(),
      minutes: z.number().nullable(),
      units: z.number().nullable(),
      rateKopecks: z.number().nullable(),
      sumKopecks: z.number(),
      explanation: z.array(words),
    }),
  ),
  included: z.array(z.object({ service: z.string(), minutes: z.number().nullable(), units: z.number().nullable() })),
  buckets: z.array(
    z.object({
      name: words,
      grantedMinutes: z.number(),
      drawnMinutes: z.number(),
      burnedMinutes: z.number(),
      closingMinutes: z.number(),
    }),
  ),
  totals: z.object({
    monthlyKopecks: z.number(),
    onceKopecks: z.number(),
    workKopecks: z.number(),
    totalKopecks: z.number(),
    workedMinutes: z.number(),
    billableMinutes: z.number(),
    coveredMinutes: z.number(),
    stoppedMinutes: z.number(),
  }),
})

export type SampleMonthView = z.infer<typeof sampleMonthView>
