import { isOfOurTime } from '@opora/core'
import { z } from 'zod'
import { sampleMonthView } from './price-lists.contract.ts'
import { contractTerms } from './terms.schema.ts'

const date = z.iso.date().refine(isOfOurTime)
const instant = z.iso.datetime()
const short = (max: number) => z.string().trim().max(max)
const words = z.object({ ru: z.string(), en: z.string() })
const kopecks = z.number().int().min(0).max(1_000_000_000_000)
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const draftSteps = ['parties', 'term', 'package', 'service', 'people', 'duties', 'check'] as const
/** What has been filled in so far; terms may still be wanting and are checked when asked. */
export const draftForm = z.strictObject({
  clientId: z.number().int().positive().nullable(),
  /** Of ours, that concludes it and issues its papers; absent: the default one. */
  legalEntityId: z.number().int().positive().nullable().optional(),
  number: short(60),
  title: short(200),
  startsOn: z.union([date, z.literal('')]),
  endsOn: date.nullable(),
  signedOn: date.nullable(),
  letterUntil: date.nullable(),
  letterAmountKopecks: kopecks.nullable(),
  packageCode: short(60),
  options: z.array(short(60)).max(20),
  terms: z.record(z.string(), z.unknown()).nullable(),
})
export const draftBody = z.strictObject({ step: z.enum(draftSteps), form: draftForm })
export const draftParams = z.object({ id })
export const draftView = z.object({
  id: z.number(),
  clientId: z.number().nullable(),
  clientName: z.string().nullable(),
  title: z.string(),
  step: z.enum(draftSteps),
  form: draftForm,
  by: z.string(),
  updatedAt: instant,
  version: z.number(),
})
export const draftList = z.object({ items: z.array(draftView) })
export const draftCheck = z.object({
  /** What keeps the contract from being concluded, each with the step where it is mended. */
  faults: z.array(z.object({ step: z.enum(draftSteps), field: z.string(), message: z.string() })),
  /** What should be looked at, and does not keep from it. */
  warnings: z.array(z.object({ step: z.enum(draftSteps), message: z.string() })),
  terms: contractTerms.nullable(),
})

export const versionPreviewBody = z.strictObject({ validFrom: date, terms: contractTerms })
export const indexationBody = z.strictObject({
  validFrom: date,
  /** By how much, in hundredths of a percent. */
  basisPoints: z.number().int().min(1).max(100_000),
})
export const versionPreview = z.object({
  faults: z.array(z.object({ field: z.string(), message: z.string() })),
  warnings: z.array(words),
  /** What the contract says the day before. */
  before: contractTerms,
  after: contractTerms,
  /** The last whole month of work by the terms before and after. */
  paidBefore: sampleMonthView,
  paidAfter: sampleMonthView,
})

/** Absent: today. */
export const endingQuery = z.object({ on: date.optional() })
export const endingBody = z.strictObject({ endsOn: date, reason: short(1_000).min(3) })
const leftover = z.object({
  bucketId: z.string(),
  name: words,
  minutes: z.number(),
  rule: z.enum(['lapses', 'refunded']),
  refundKopecks: z.number(),
})
export const endingPreview = z.object({
  endsOn: date,
  stops: z.array(words),
  handover: z.array(z.object({ code: z.string(), words })),
  leftovers: z.array(leftover),
  openTickets: z.number(),
  warnings: z.array(words),
})
export const endingView = z.object({
  endsOn: date,
  reason: z.string(),
  handover: z.array(
    z.object({ code: z.string(), words, done: z.boolean(), by: z.string().nullable(), at: instant.nullable() }),
  ),
  leftovers: z.array(leftover),
  stops: z.array(words),
  settledAt: instant.nullable(),
  version: z.number(),
})
export const endingReply = z.object({ ending: endingView.nullable() })
export const handoverParams = z.object({ id, code: z.string().max(40) })
export const handoverBody = z.strictObject({ done: z.boolean() })

export const contractFileKinds = ['contract', 'annex', 'letter', 'handover', 'other'] as const
export const contractFileQuery = z.object({ kind: z.enum(contractFileKinds).default('other') })
export const contractFileParams = z.object({ id, fileId: id })
export const contractFileView = z.object({
  id: z.number(),
  kind: z.enum(contractFileKinds),
  name: z.string(),
  sizeBytes: z.number(),
  addedAt: instant,
  by: z.string().nullable(),
})
export const contractFileList = z.object({ items: z.array(contractFileView) })

export type DraftForm = z.infer<typeof draftForm>
export type DraftStep = (typeof draftSteps)[number]
