import { isOfOurTime } from '@opora/core'
import { z } from 'zod'

/** Shapes of requests and answers about month's ends and reports, shared with the browser. */
const instant = z.iso.datetime()
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .refine(isOfOurTime)

export const reportParams = z.object({ id })
/** The file's language; left out: the reader's. */
export const reportFileQuery = z.strictObject({ lang: z.enum(['ru', 'en']).optional() })
export const periodParams = z.object({ id, month })
export const closeStates = ['open', 'closed', 'sent'] as const
export const unfinishedKinds = [
  'month_not_over',
  'previous_month_open',
  'timer_running',
  'time_entry_undecided',
  'hours_stopped',
  'estimate_pending',
  'penalty_unreviewed',
  'time_unapproved',
] as const
/** How a month of a contract stands; an open one is either blocked by something unfinished or ready to be closed. */
export const monthStandings = ['blocked', 'ready', 'closed', 'sent'] as const

/** `ticketNumber` and `date` say where it is mended. */
export const unfinished = z.object({
  kind: z.enum(unfinishedKinds),
  id: z.string(),
  ticketNumber: z.number().nullable(),
  date: z.string().nullable(),
  sentence: z.string(),
})
/** What a month came to, or would come to. Minutes and kopecks. */
export const figures = z.object({
  openingMinutes: z.number(),
  grantedMinutes: z.number(),
  drawnMinutes: z.number(),
  burnedMinutes: z.number(),
  carriedOutMinutes: z.number(),
  closingMinutes: z.number(),
  overageMinutes: z.number(),
  chargedKopecks: z.number(),
  creditedKopecks: z.number(),
  dueKopecks: z.number(),
})
export const bucketFigures = z.object({
  name: z.string(),
  openingMinutes: z.number(),
  grantedMinutes: z.number(),
  carriedInMinutes: z.number(),
  drawnMinutes: z.number(),
  correctedMinutes: z.number(),
  burnedMinutes: z.number(),
  carriedOutMinutes: z.number(),
  closingMinutes: z.number(),
})
export const billLine = z.object({
  kind: z.string(),
  title: z.string(),
  minutes: z.number().nullable(),
  ratePerHourKopecks: z.number().nullable(),
  sumKopecks: z.number(),
  ticketId: z.number().nullable(),
  explanation: z.array(z.string()),
})
export const period = z.object({
  contract: z.object({ id: z.number(), number: z.string(), title: z.string() }),
  client: z.object({ id: z.number(), name: z.string() }),
  month: z.string(),
  state: z.enum(closeStates),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  sentAt: instant.nullable(),
  unfinished: z.array(unfinished),
  figures: figures.nullable(),
  /** Papers issued for the month, and those of them that were not sent. */
  documents: z.number(),
  unsentDocuments: z.number(),
  /** Present once the report's files are made. */
  reportId: z.number().nullable(),
  reportReady: z.boolean(),
})
export const periodQuery = z.strictObject({
  month,
  clientId: id.optional(),
  state: z.enum(monthStandings).optional(),
  /** Part of the client's name, or of the contract's number or title. */
  q: z.string().trim().max(100).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
/** A page of contracts; the summary counts all that the filter finds, whatever their state. Sums are of closed months. */
export const periodList = z.object({
  items: z.array(period),
  nextCursor: z.string().nullable(),
  summary: z.object({
    contracts: z.number(),
    blocked: z.number(),
    ready: z.number(),
    closed: z.number(),
    sent: z.number(),
    withoutDocuments: z.number(),
    unsentDocuments: z.number(),
    chargedKopecks: z.number(),
    creditedKopecks: z.number(),
    dueKopecks: z.number(),
  }),
})
export const periodDetail = period.extend({
  buckets: z.array(bucketFigures),
  lines: z.array(billLine),
  figuresSha256: z.string().nullable(),
})
/** What the account manager recommends, shown at the report's end. */
export const closeBody = z.strictObject({
  recommendations: z.array(z.string().trim().min(1).max(1_000)).max(20).default([]),
})
export const undoBody = z.strictObject({ reason: z.string().trim().min(1).max(1_000) })

export const report = z.object({
  id: z.number(),
  month: z.string(),
  contract: z.object({ id: z.number(), number: z.string(), title: z.string() }),
  client: z.object({ id: z.number(), name: z.string() }),
  ready: z.boolean(),
  createdAt: instant,
  sentAt: instant.nullable(),
  withdrawn: z.boolean(),
})
export const reportQuery = z.strictObject({
  clientId: id.optional(),
  month: month.optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const reportList = z.object({ items: z.array(report), nextCursor: z.string().nullable() })
/** In the cabinet: reports that were sent. */
export const cabinetReport = z.object({
  id: z.number(),
  month: z.string(),
  contract: z.object({ number: z.string(), title: z.string() }),
  sentAt: instant,
  summary: z.object({
    opened: z.number(),
    solved: z.number(),
    rejected: z.number(),
    openAtEnd: z.number(),
    breaches: z.number(),
    keptPermille: z.number().nullable(),
    workedMinutes: z.number(),
    leftMinutes: z.number(),
    overageMinutes: z.number(),
  }),
})
export const cabinetReportList = z.object({ items: z.array(cabinetReport) })

export type PeriodQuery = z.infer<typeof periodQuery>
export type PeriodList = z.infer<typeof periodList>
export type PeriodView = z.infer<typeof period>
export type PeriodDetail = z.infer<typeof periodDetail>
export type ReportView = z.infer<typeof report>
export type ReportQuery = z.infer<typeof reportQuery>
export type CabinetReportView = z.infer<typeof cabinetReport>
