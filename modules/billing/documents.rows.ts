import type { CivilDate, CivilMonth, Instant, Kopecks } from '@opora/core'
import type { ClosingDocument, DocumentKind } from './domain/documents/closing-document.ts'
import type { TaxPeriod } from './domain/documents/vat.ts'

export interface LegalEntityRow {
  id: number
  name: string
  fullName: string
  inn: string
  kpp: string
  ogrn: string
  address: string
  bankName: string
  bik: string
  settlementAccount: string
  corrAccount: string
  headPosition: string
  headName: string
  accountantName: string
  numberPrefix: string
  taxPeriods: TaxPeriod[]
  vatOfTotal: 'by_lines' | 'by_total'
  exemptText: string
  edoId: string
  isDefault: boolean
  archivedAt: Instant | null
  version: number
}

export interface ContractBillingRow {
  legalEntityId: number | null
  documentSet: 'act' | 'upd'
  contractTitle: string
  payDays: number
  acceptanceDays: number
  advanceRule: 'as_used' | 'when_bought'
  edoId: string
  version: number
}

export interface DocumentRow {
  id: number
  clientId: number
  contractId: number
  legalEntityId: number
  closeId: number | null
  period: CivilMonth | null
  kind: DocumentKind
  number: string
  date: CivilDate
  state: 'issued' | 'void'
  data: ClosingDocument
  grossKopecks: Kopecks
  paidKopecks: Kopecks
  /** Of an invoice: what corrective papers took off it. */
  loweredKopecks: Kopecks
  pdfSha256: string
  acceptance: 'none' | 'waiting' | 'accepted' | 'accepted_by_silence' | 'objected'
  acceptUntil: Instant | null
  sentAt: Instant | null
  openedAt: Instant | null
  version: number
}
