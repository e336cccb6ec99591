import { z } from 'zod'

/** Revenue, cost and margin. Money in kopecks without VAT, time in minutes, shares in thousandths. */
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const instant = z.iso.datetime()
const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
}

export const MONEY_BY = ['client', 'contract', 'package', 'activity', 'month'] as const
export const FILE_FORMATS = ['csv', 'xlsx'] as const

const span = { from: month, to: month }
const inOrder = (given: { from: string; to: string }) => given.from <= given.to

export const moneyQuery = z
  .strictObject({ ...span, by: z.enum(MONEY_BY).default('client'), ...paging })
  .refine(inOrder, { path: ['to'] })
export const moneyExportQuery = z
  .strictObject({ ...span, by: z.enum(MONEY_BY).default('client'), format: z.enum(FILE_FORMATS).default('xlsx') })
  .refine(inOrder, { path: ['to'] })
/** `key` left out: the rows behind the total. */
export const moneyRowsQuery = z
  .strictObject({ ...span, by: z.enum(MONEY_BY).default('client'), key: z.string().max(100).optional(), ...paging })
  .refine(inOrder, { path: ['to'] })

const figures = {
  revenueKopecks: z.number(),
  /** Of it, what open months come to so far. */
  openKopecks: z.number(),
  /** Null for who may not see what work costs. */
  costKopecks: z.number().nullable(),
  marginKopecks: z.number().nullable(),
  marginPermille: z.number().nullable(),
  minutes: z.number(),
  /** Minutes of people without a cost rate on that day: the cost is too low by them. */
  unratedMinutes: z.number().nullable(),
}
export const moneyRow = z.object({ key: z.string(), name: z.string(), ...figures })
export const moneyReport = z.object({
  items: z.array(moneyRow),
  nextCursor: z.string().nullable(),
  total: z.object(figures),
  /** When open months were counted last; null before the first time. */
  countedAt: instant.nullable(),
})

export const revenueRow = z.object({
  id: z.number(),
  month: z.string(),
  client: z.object({ id: z.number(), name: z.string() }),
  contract: z.object({ id: z.number(), number: z.string() }),
  kind: z.string(),
  title: z.string(),
  activity: z.string(),
  ticketNumber: z.number().nullable(),
  open: z.boolean(),
  kopecks: z.number(),
})
const rowsTotal = z.object({ count: z.number(), kopecks: z.number() })
export const revenueRows = z.object({
  items: z.array(revenueRow),
  nextCursor: z.string().nullable(),
  total: rowsTotal,
})
export const costRow = z.object({
  id: z.number(),
  date: z.iso.date(),
  person: z.string(),
  client: z.object({ id: z.number(), name: z.string() }),
  contractNumber: z.string().nullable(),
  activity: z.string(),
  ticketNumber: z.number(),
  minutes: z.number(),
  perHourKopecks: z.number().nullable(),
  kopecks: z.number(),
})
export const costRows = z.object({
  items: z.array(costRow),
  nextCursor: z.string().nullable(),
  total: rowsTotal.extend({ minutes: z.number() }),
})

export type MoneyBy = (typeof MONEY_BY)[number]
export type FileFormat = (typeof FILE_FORMATS)[number]
export type MoneyQuery = z.infer<typeof moneyQuery>
export type MoneyRowsQuery = z.infer<typeof moneyRowsQuery>
export type MoneyRow = z.infer<typeof moneyRow>
export type MoneyReport = z.infer<typeof moneyReport>
export type RevenueRow = z.infer<typeof revenueRow>
export type RevenueRows = z.infer<typeof revenueRows>
export type CostRow = z.infer<typeof costRow>
export type CostRows = z.infer<typeof costRows>
