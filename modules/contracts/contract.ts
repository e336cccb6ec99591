import { isOfOurTime } from '@opora/core'
import { z } from 'zod'
import { CHANNEL_CODES } from './domain/terms.ts'
import { contractTerms } from './terms.schema.ts'

export * from './calendars.contract.ts'
export * from './catalogue.contract.ts'
export * from './endings.contract.ts'
export * from './ledger.contract.ts'
export * from './price-lists.contract.ts'
export * from './unit-use.contract.ts'
export { contractTerms }

export const contractStatuses = ['draft', 'active', 'suspended', 'ended'] as const
export const contractStandings = ['draft', 'upcoming', 'active', 'suspended', 'ended'] as const

const instant = z.iso.datetime()
const date = z.iso.date().refine(isOfOurTime)
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const short = (max: number) => z.string().trim().max(max)
const kopecks = z.number().int().min(0).max(1_000_000_000_000)
const named = z.array(z.object({ id: z.number(), name: z.string() }))

export const contractParams = z.object({ id })

export const contractRow = z.object({
  id: z.number(),
  clientId: z.number(),
  clientName: z.string(),
  number: z.string(),
  title: z.string(),
  status: z.enum(contractStatuses),
  /** What it comes to today: the status and the dates together. */
  standing: z.enum(contractStandings),
  startsOn: date,
  endsOn: date.nullable(),
  signedOn: date.nullable(),
  letterUntil: date.nullable(),
  zone: z.string(),
  packageCode: z.string().nullable(),
  calendarCode: z.string().nullable(),
  slaPolicyCode: z.string().nullable(),
  /** Hours left now of those given, without money; `null` where the contract has none open. */
  hours: z
    .object({ state: z.enum(['covered', 'low', 'used_up']), leftMinutes: z.number(), ofMinutes: z.number() })
    .nullable(),
})
export const contractQuery = z.object({
  q: short(200).optional(),
  clientId: id.optional(),
  status: z.enum(contractStatuses).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})
export const contractPage = z.object({ items: z.array(contractRow), nextCursor: z.string().nullable() })

/** Legal details as they were on the day of conclusion. */
const party = z.record(z.string(), z.string().nullable())

export const contractView = contractRow.extend({
  letterAmountKopecks: z.number().nullable(),
  /** In force today, or else the nearest in time. */
  terms: contractTerms,
  /** Covered portals and people; an empty list means all of the client. */
  portals: named,
  contacts: named,
  suspendedReason: z.string().nullable(),
  /** Suspended days, both included; without a last day it still is. */
  suspensions: z.array(z.object({ from: date, to: date.nullable() })),
  parties: z.object({ client: party, provider: party.nullable() }).nullable(),
  createdAt: instant,
  version: z.number(),
})

const dates = {
  signedOn: date.nullable().optional(),
  letterUntil: date.nullable().optional(),
  letterAmountKopecks: kopecks.nullable().optional(),
  endsOn: date.nullable().optional(),
}
/** Either a package of the catalogue with what its offer leaves open, or terms in full. */
export const newContract = z.strictObject({
  clientId: z.number().int().positive(),
  number: short(60).min(1),
  title: short(200).min(1),
  status: z.enum(['draft', 'active']).default('active'),
  startsOn: date,
  ...dates,
  /** Of ours, that concludes it and issues its papers; left out: the default one. */
  legalEntityId: z.number().int().positive().optional(),
  packageCode: short(60).min(1).optional(),
  monthlyFeeKopecks: kopecks.optional(),
  minutesPerMonth: z.number().int().min(1).max(120_000).optional(),
  /** Options of the price list that are taken beside the package. */
  options: z.array(z.string().max(60)).max(20).optional(),
  portalIds: z.array(z.number().int().positive()).max(500).optional(),
  contactIds: z.array(z.number().int().positive()).max(500).optional(),
  terms: contractTerms.optional(),
})
export const contractPatch = z.strictObject({
  title: short(200).min(1).optional(),
  status: z.enum(contractStatuses).optional(),
  /** Why it is suspended. */
  reason: short(1_000).optional(),
  /** The first suspended day, or the first day after a suspension; left out: today. */
  since: date.optional(),
  ...dates,
})

export const newVersion = z.strictObject({ validFrom: date, reason: short(1_000).min(1), terms: contractTerms })
export const versionView = z.object({
  id: z.number(),
  validFrom: date,
  reason: z.string(),
  by: z.string().nullable(),
  createdAt: instant,
  terms: contractTerms,
})
export const versionList = z.object({ items: z.array(versionView) })

/** The part of a contract that those who work by it see: no money. */
export const contractService = contractRow.extend({
  channels: z.array(z.enum(CHANNEL_CODES)),
  excludedTopics: z.array(z.string()),
  services: z.array(z.object({ service: z.string(), included: z.enum(['unlimited', 'allowance', 'excluded']) })),
  portals: named,
  contacts: named,
})

export const cabinetContract = z.object({
  id: z.number(),
  number: z.string(),
  title: z.string(),
  standing: z.enum(contractStandings),
  startsOn: date,
  endsOn: date.nullable(),
  packageCode: z.string().nullable(),
  channels: z.array(z.enum(CHANNEL_CODES)),
  portals: named,
})
export const cabinetContracts = z.object({ items: z.array(cabinetContract) })

export type NewContract = z.infer<typeof newContract>
export type ContractPatch = z.infer<typeof contractPatch>
export type NewVersion = z.infer<typeof newVersion>
