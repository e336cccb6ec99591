import { z } from 'zod'
import { RISK_CODES } from './domain/risks.ts'
import { FILE_FORMATS } from './money.contract.ts'

/** Contracts at risk: each with its reasons, each reason with its rule and threshold. */
const date = z.iso.date()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

export const RISK_UNITS = ['days', 'percent'] as const

export const risk = z.object({
  code: z.enum(RISK_CODES),
  level: z.enum(['warn', 'danger']),
  unit: z.enum(RISK_UNITS),
  value: z.number(),
  threshold: z.number(),
  reason: z.string(),
  rule: z.string(),
})
export const contractAtRisk = z.object({
  contract: z.object({ id: z.number(), number: z.string(), title: z.string(), endsOn: date.nullable() }),
  client: z.object({ id: z.number(), name: z.string() }),
  level: z.enum(['warn', 'danger']),
  risks: z.array(risk),
  hours: z.object({ leftMinutes: z.number(), ofMinutes: z.number(), runOutOn: date.nullable() }).nullable(),
})
export const riskQuery = z.strictObject({
  code: z.enum(RISK_CODES).optional(),
  clientId: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
})
export const riskExportQuery = z.strictObject({ format: z.enum(FILE_FORMATS).default('xlsx') })
export const riskList = z.object({
  items: z.array(contractAtRisk),
  nextCursor: z.string().nullable(),
  /** Contracts at risk by rule, over the whole list. */
  counts: z.array(z.object({ code: z.enum(RISK_CODES), contracts: z.number() })),
  contracts: z.number(),
  /** The months by which margins are judged; null for who may not see them. */
  marginMonths: z.object({ from: z.string(), to: z.string() }).nullable(),
})

export const riskRule = z.object({
  code: z.enum(RISK_CODES),
  enabled: z.boolean(),
  threshold: z.number(),
  unit: z.enum(RISK_UNITS),
  sentence: z.string(),
  version: z.number(),
})
export const riskRuleList = z.object({ items: z.array(riskRule) })
export const riskRuleParams = z.object({ code: z.enum(RISK_CODES) })
export const riskRuleBody = z.strictObject({ enabled: z.boolean(), threshold: z.number().int().min(0).max(1_000) })

export type RiskView = z.infer<typeof risk>
export type ContractAtRisk = z.infer<typeof contractAtRisk>
export type RiskList = z.infer<typeof riskList>
export type RiskQuery = z.infer<typeof riskQuery>
export type RiskRuleView = z.infer<typeof riskRule>
