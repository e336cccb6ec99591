import { z } from 'zod'
import { FILE_FORMATS } from './money.contract.ts'

/** A client's year: the plan by headings and months against what was billed, with VAT, as the client pays it. */
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const year = z.coerce.number().int().min(2000).max(2100)
const code = z.string().min(1).max(60)
const weight = z.number().int().min(0).max(1_000)

export const budgetQuery = z.strictObject({ year: year.optional() })
export const budgetParams = z.object({ id })
export const budgetYearParams = z.object({ id, year })
export const budgetExportQuery = budgetQuery.extend({ format: z.enum(FILE_FORMATS).default('xlsx') })
/** Which figure is asked about: a heading, a month (1–12), both, or the whole year. */
export const budgetRowsQuery = z.strictObject({
  year: year.optional(),
  category: code.optional(),
  month: z.coerce.number().int().min(1).max(12).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
})

export const planLine = z.strictObject({
  category: code,
  annualKopecks: z.number().int().min(0).max(1_000_000_000_000),
  /** How much each month weighs; all equal: evenly. */
  seasonality: z.array(weight).length(12),
})
export const budgetBody = z.strictObject({
  lines: z.array(planLine).max(30),
  note: z.string().trim().max(1_000).default(''),
})

const month = z.object({ planKopecks: z.number(), factKopecks: z.number() })
const totals = {
  annualKopecks: z.number(),
  factKopecks: z.number(),
  toDateKopecks: z.number(),
  months: z.array(month),
}
const category = z.object({ category: z.string(), name: z.string(), ...totals })
export const budget = z.object({
  client: z.object({ id: z.number(), name: z.string() }),
  year: z.number(),
  /** 0: there is no plan yet. */
  version: z.number(),
  note: z.string(),
  changedBy: z.string().nullable(),
  changedAt: z.iso.datetime().nullable(),
  monthsOver: z.number(),
  categories: z.array(category),
  total: z.object(totals),
  expectedKopecks: z.number(),
})
export const budgetPlan = budget.extend({
  lines: z.array(planLine),
  headings: z.array(z.object({ category: z.string(), name: z.string() })),
})
export const budgetListQuery = z.strictObject({
  year: year.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
})
export const budgetListRow = z.object({
  client: z.object({ id: z.number(), name: z.string() }),
  year: z.number(),
  planned: z.boolean(),
  annualKopecks: z.number(),
  toDateKopecks: z.number(),
  factKopecks: z.number(),
  expectedKopecks: z.number(),
})
export const budgetList = z.object({ items: z.array(budgetListRow), nextCursor: z.string().nullable() })
export const budgetRow = z.object({
  id: z.number(),
  month: z.string(),
  contractNumber: z.string(),
  title: z.string(),
  activity: z.string(),
  ticketNumber: z.number().nullable(),
  open: z.boolean(),
  kopecks: z.number(),
})
export const budgetRows = z.object({
  items: z.array(budgetRow),
  nextCursor: z.string().nullable(),
  total: z.object({ count: z.number(), kopecks: z.number() }),
})

export type BudgetView = z.infer<typeof budget>
export type BudgetPlanView = z.infer<typeof budgetPlan>
export type BudgetListRow = z.infer<typeof budgetListRow>
export type BudgetRow = z.infer<typeof budgetRow>
export type BudgetRows = z.infer<typeof budgetRows>
export type BudgetBody = z.infer<typeof budgetBody>
export type PlanLineView = z.infer<typeof planLine>
