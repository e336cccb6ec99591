import { isOfOurTime } from '@opora/core'
import { z } from 'zod'
import { DOCUMENT_KINDS } from './domain/documents/closing-document.ts'
import { DOCUMENT_STEPS } from './domain/documents/document-step.ts'

/** Shapes of requests and answers about closing documents, legal entities and payments, shared with the browser. */
const instant = z.iso.datetime()
const day = z.iso.date().refine(isOfOurTime)
const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .refine(isOfOurTime)
const line = (length: number) => z.string().trim().max(length)

export const idParams = z.object({ id })
export const taxModes = ['no_vat', 'usn5', 'usn7', 'general'] as const
export const acceptanceStates = ['none', 'waiting', 'accepted', 'accepted_by_silence', 'objected'] as const

export const legalEntityBody = z.strictObject({
  name: line(160).min(1),
  fullName: line(1_000).default(''),
  inn: line(12).default(''),
  kpp: line(9).default(''),
  ogrn: line(15).default(''),
  address: line(1_000).default(''),
  bankName: line(200).default(''),
  bik: line(9).default(''),
  settlementAccount: line(20).default(''),
  corrAccount: line(20).default(''),
  headPosition: line(200).default(''),
  headName: line(200).default(''),
  accountantName: line(200).default(''),
  numberPrefix: z
    .string()
    .trim()
    .regex(/^[\p{L}\d]{0,10}$/u)
    .default(''),
  taxPeriods: z
    .array(z.strictObject({ from: day, mode: z.enum(taxModes) }))
    .min(1)
    .max(50),
  vatOfTotal: z.enum(['by_lines', 'by_total']).default('by_lines'),
  exemptText: line(300).default(''),
  edoId: line(46)
    .regex(/^[^_]*$/)
    .default(''),
  isDefault: z.boolean().default(false),
})
export const legalEntity = z.object({
  id: z.number(),
  name: z.string(),
  fullName: z.string(),
  inn: z.string(),
  kpp: z.string(),
  ogrn: z.string(),
  address: z.string(),
  bankName: z.string(),
  bik: z.string(),
  settlementAccount: z.string(),
  corrAccount: z.string(),
  headPosition: z.string(),
  headName: z.string(),
  accountantName: z.string(),
  numberPrefix: z.string(),
  exemptText: z.string(),
  edoId: z.string(),
  taxPeriods: z.array(z.object({ from: z.string(), mode: z.enum(taxModes) })),
  vatOfTotal: z.enum(['by_lines', 'by_total']),
  isDefault: z.boolean(),
  archived: z.boolean(),
  /** What still keeps its documents from being complete: names of fields. */
  missing: z.array(z.string()),
  version: z.number(),
})
export const legalEntityList = z.object({ items: z.array(legalEntity) })

export const contractBillingBody = z.strictObject({
  legalEntityId: id.nullable().default(null),
  documentSet: z.enum(['act', 'upd']).default('act'),
  contractTitle: line(200).min(1).default('Договор'),
  payDays: z.number().int().min(0).max(180).default(10),
  acceptanceDays: z.number().int().min(1).max(60).default(5),
  advanceRule: z.enum(['as_used', 'when_bought']).default('as_used'),
  edoId: line(46)
    .regex(/^[^_]*$/)
    .default(''),
})
export const contractBilling = z.object({
  legalEntityId: z.number().nullable(),
  documentSet: z.enum(['act', 'upd']),
  contractTitle: z.string(),
  payDays: z.number(),
  acceptanceDays: z.number(),
  advanceRule: z.enum(['as_used', 'when_bought']),
  edoId: z.string(),
  version: z.number(),
})

export const documentLine = z.object({
  number: z.number(),
  title: z.string(),
  quantityMilli: z.number(),
  unit: z.enum(['service', 'hour', 'month', 'piece']),
  priceKopecks: z.number().nullable(),
  netKopecks: z.number(),
  vatRate: z.number().nullable(),
  vatKopecks: z.number(),
  grossKopecks: z.number(),
})
export const objection = z.object({
  id: z.number(),
  lineNumber: z.number(),
  reason: z.string(),
  by: z.string(),
  at: instant,
  outcome: z.enum(['upheld', 'rejected']).nullable(),
  answer: z.string().nullable(),
})
export const documentRow = z.object({
  id: z.number(),
  kind: z.enum(DOCUMENT_KINDS),
  number: z.string(),
  date: z.string(),
  month: z.string().nullable(),
  client: z.object({ id: z.number(), name: z.string() }),
  contract: z.object({ id: z.number(), number: z.string(), title: z.string() }),
  state: z.enum(['issued', 'void']),
  acceptance: z.enum(acceptanceStates),
  acceptUntil: instant.nullable(),
  grossKopecks: z.number(),
  vatKopecks: z.number(),
  paidKopecks: z.number(),
  /** What corrective papers took off an invoice. */
  loweredKopecks: z.number(),
  /** unpaid, partly, paid; null for what is not paid by. */
  payment: z.enum(['unpaid', 'partly', 'paid']).nullable(),
  sentAt: instant.nullable(),
  openedAt: instant.nullable(),
  version: z.number(),
})
export const documentStep = z.object({
  what: z.enum(DOCUMENT_STEPS),
  at: instant,
  /** The person of either side; null for what came by itself. */
  by: z.string().nullable(),
  side: z.enum(['staff', 'client', 'system']),
  /** The sum of a payment, the number of a payment order, lines objected to, the reason of a voiding. */
  kopecks: z.number().nullable(),
  note: z.string().nullable(),
})
export const document = documentRow.extend({
  seller: z.string(),
  lines: z.array(documentLine),
  notes: z.array(z.string()),
  voidReason: z.string().nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  objections: z.array(objection),
  /** The paper that it corrects or stands for, and those that correct it or stand for it. */
  related: z.array(
    z.object({
      id: z.number(),
      kind: z.enum(DOCUMENT_KINDS),
      number: z.string(),
      date: z.string(),
      state: z.enum(['issued', 'void']),
      grossKopecks: z.number(),
      /** This paper lowers that one. */
      lowered: z.boolean(),
    }),
  ),
  /** Where it has been, the earliest first: who did what and when. */
  history: z.array(documentStep),
  /** Links of letters that show it without signing in and still work. */
  links: z.object({ live: z.number(), until: instant.nullable() }),
})
export const documentQuery = z.strictObject({
  clientId: id.optional(),
  contractId: id.optional(),
  month: month.optional(),
  kind: z.enum(DOCUMENT_KINDS).optional(),
  open: z.enum(['unpaid', 'unsent', 'waiting', 'objected']).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const documentList = z.object({ items: z.array(documentRow), nextCursor: z.string().nullable() })
export const exportQuery = z.strictObject({ month, format: z.enum(['csv', 'xlsx']).default('csv') })
export const monthDocuments = z.object({ items: z.array(documentRow) })
export const monthParams = z.object({ id, month })
export const reasonBody = z.strictObject({ reason: z.string().trim().min(1).max(1_000) })
/** New sums of lines of an act or a УПД, with or without VAT as its prices are; each less than it is now. */
export const correctionBody = z.strictObject({
  reason: z.string().trim().min(1).max(1_000),
  lines: z
    .array(z.strictObject({ number: z.number().int().positive(), amountKopecks: z.number().int().min(0).max(1e12) }))
    .min(1)
    .max(200),
})
export const reconciliationBody = z
  .strictObject({ from: day, to: day })
  .refine((span) => span.from <= span.to, { path: ['to'] })
export const answerParams = z.object({ id, objection: id })
export const answerBody = z.strictObject({
  outcome: z.enum(['upheld', 'rejected']),
  answer: z.string().trim().min(1).max(2_000),
})
export const objectBody = z.strictObject({
  lines: z
    .array(z.strictObject({ number: z.number().int().positive(), reason: z.string().trim().min(1).max(2_000) }))
    .min(1)
    .max(200),
})

/** In the cabinet: papers that were sent. */
export const cabinetDocument = documentRow.omit({ client: true }).extend({
  lines: z.array(documentLine),
  notes: z.array(z.string()),
  objections: z.array(objection),
})
/** By a letter's link: papers that the letter was about, to read and to take. */
export const linkedDocument = z.object({
  id: z.number(),
  kind: z.enum(DOCUMENT_KINDS),
  number: z.string(),
  date: z.string(),
  state: z.enum(['issued', 'void']),
  contract: z.object({ number: z.string(), title: z.string() }),
  grossKopecks: z.number(),
  payment: z.enum(['unpaid', 'partly', 'paid']).nullable(),
})
export const linkedDocuments = z.object({ seller: z.string(), items: z.array(linkedDocument) })
export const linkParams = z.object({ token: z.string().min(1).max(200) })
export const linkedFileParams = linkParams.extend({ id, format: z.enum(['pdf', 'xlsx']) })
export const linkedOpenedParams = linkParams.extend({ id })

export const cabinetDocumentList = z.object({ items: z.array(cabinetDocument) })

export const statementBody = z.strictObject({
  legalEntityId: id,
  filename: line(200).default('statement.txt'),
  /** The file as it is, in base64: 1CClientBankExchange in windows-1251, cp866 or UTF-8. */
  content: z
    .base64()
    .min(1)
    .max(8 * 1024 * 1024),
})
export const importResult = z.object({
  statementId: z.number(),
  taken: z.number(),
  known: z.number(),
  /** Outgoing payments and those that the bank has not carried out yet. */
  passedOver: z.number(),
  matched: z.number(),
  unmatched: z.number(),
})
export const payment = z.object({
  id: z.number(),
  number: z.string(),
  date: z.string(),
  receivedOn: z.string(),
  amountKopecks: z.number(),
  restKopecks: z.number(),
  payer: z.object({ name: z.string(), inn: z.string() }),
  purpose: z.string(),
  client: z.object({ id: z.number(), name: z.string() }).nullable(),
  reason: z.enum(['number_and_payer', 'sum_and_payer', 'person']).nullable(),
  parts: z.array(z.object({ documentId: z.number(), number: z.string(), kopecks: z.number() })),
  /** The счёт-фактура that was issued on it as an advance. */
  advance: z.object({ number: z.string(), date: z.string() }).nullable(),
  version: z.number(),
})
export const advanceBody = z.strictObject({
  paper: z.strictObject({ number: z.string().trim().min(1).max(50), date: z.iso.date() }).nullable(),
})
export const paymentQuery = z.strictObject({
  open: z.enum(['true', 'false']).optional(),
  clientId: id.optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const paymentList = z.object({ items: z.array(payment), nextCursor: z.string().nullable() })
export const assignBody = z.strictObject({ documentId: id, kopecks: z.number().int().positive() })

const MONTHLY_FIGURES = ['uptime_milli_percent', 'satisfaction_milli_percent', 'not_reopened_milli_percent'] as const
export const credit = z.object({
  id: z.number(),
  source: z.enum(['penalty', 'objection', 'carry']),
  title: z.string(),
  kopecks: z.number(),
  state: z.enum(['proposed', 'approved', 'rejected']),
  /** Whether a close has put it onto an act. */
  taken: z.boolean(),
  rules: z.array(z.string()),
  breaches: z.array(
    z.object({
      ticketId: z.number(),
      ticketNumber: z.number(),
      metric: z.string(),
      late: z.string(),
      whollyWaitingForClient: z.boolean(),
      cause: z.string().nullable(),
    }),
  ),
  figures: z.array(z.object({ figure: z.enum(MONTHLY_FIGURES), milliPercent: z.number() })),
  decision: z.string().nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
})
/** A figure that the month's penalty rules ask for, in thousandths of a percent; null while nobody has put it in. */
export const monthFigure = z.object({
  figure: z.enum(MONTHLY_FIGURES),
  milliPercent: z.number().nullable(),
  source: z.string(),
  by: z.string().nullable(),
  at: instant.nullable(),
})
export const monthFigureBody = z.strictObject({
  figure: z.enum(MONTHLY_FIGURES),
  milliPercent: z.number().int().min(0).max(100_000),
  /** Where it was read: a monitor, a report. */
  source: z.string().trim().min(1).max(300),
})
export const creditList = z.object({ items: z.array(credit), figures: z.array(monthFigure) })
export const creditDecision = z.strictObject({
  approve: z.boolean(),
  reason: z.string().trim().min(1).max(1_000),
})

export type CreditView = z.infer<typeof credit>
export type CreditListView = z.infer<typeof creditList>
export type MonthFigureView = z.infer<typeof monthFigure>
export type MonthFigureBody = z.infer<typeof monthFigureBody>
export type LegalEntityBody = z.infer<typeof legalEntityBody>
export type LegalEntityView = z.infer<typeof legalEntity>
export type ContractBillingBody = z.infer<typeof contractBillingBody>
export type ContractBillingView = z.infer<typeof contractBilling>
export type DocumentRowView = z.infer<typeof documentRow>
export type DocumentStepView = z.infer<typeof documentStep>
export type DocumentView = z.infer<typeof document>
export type DocumentQuery = z.infer<typeof documentQuery>
export type CabinetDocumentView = z.infer<typeof cabinetDocument>
export type LinkedDocumentView = z.infer<typeof linkedDocument>
export type LinkedDocumentsView = z.infer<typeof linkedDocuments>
export type PaymentView = z.infer<typeof payment>
export type PaymentQuery = z.infer<typeof paymentQuery>
export type ImportResult = z.infer<typeof importResult>
