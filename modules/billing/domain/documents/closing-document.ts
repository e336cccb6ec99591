import type { CivilDate, CivilMonth, Kopecks } from '@opora/core'
import type { PaperCorrection } from './correction.ts'
import type { DocumentLine, DocumentTotals } from './document-lines.ts'
import type { HoursRow } from './hours-sheet.ts'
import type { PaperTemplate } from './paper-template.ts'

/**
 * Papers of a month's end. `invoice` asks for the money, `act` and `upd` state that services were rendered (`upd` in status 1 is a
 * счёт-фактура besides), `factura` goes beside an act of those who pay VAT, `hours` lists every piece of work behind the act,
 * `reconciliation` states who owes whom, `correction` lowers lines of an act, a УПД or a счёт-фактура that the client has.
 */
export const DOCUMENT_KINDS = ['invoice', 'act', 'upd', 'factura', 'hours', 'reconciliation', 'correction'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** A party with all that papers name of it; what is not known is an empty string, shown as a dash. */
export interface DocumentParty {
  name: string
  /** As in the articles of association: `Общество с ограниченной ответственностью «Деск»`. */
  fullName: string
  inn: string
  kpp: string
  ogrn: string
  address: string
  bankName: string
  bik: string
  account: string
  corrAccount: string
}

export interface Signer {
  position: string
  name: string
}

/** An earlier paper that this one refers to. */
export interface PaperReference {
  number: string
  date: CivilDate
}

/** What is printed, whole: a paper made anew from it gives the same bytes. */
export interface ClosingDocument {
  kind: DocumentKind
  number: string
  date: CivilDate
  month: CivilMonth | null
  seller: DocumentParty
  buyer: DocumentParty
  /** Who signs for the seller: the head and the accountant (who may be the same person). */
  head: Signer
  accountant: Signer
  contract: PaperReference & { title: string }
  serviceFrom: CivilDate
  serviceTo: CivilDate
  lines: DocumentLine[]
  totals: DocumentTotals
  /** Why there is no VAT, where there is none: `НДС не облагается, ст. 145 НК РФ`. */
  exemptText: string
  /** Until when an invoice asks to be paid. */
  payUntil: CivilDate | null
  /** After how many working days silence accepts. */
  acceptanceDays: number | null
  /** Payment orders of advances, and advance invoices credited (line 5б of the form from 01.04.2026). */
  advancePayments: PaperReference[]
  advanceInvoices: PaperReference[]
  /** The act or УПД to which a счёт-фактура or a report of hours belongs. */
  shipment: (PaperReference & { kind?: 'act' | 'upd' }) | null
  notes: string[]
  reconciliation: ReconciliationRow[] | null
  /** Pieces of work of a report of hours; absent from other papers. */
  hours?: HoursRow[]
  /** Of a corrective paper: what it changes; absent from other papers. */
  correction?: PaperCorrection
  /** Which time a счёт-фактура or a УПД is issued again with mended details, and when (line 1а); absent: it never was. */
  amendment?: { number: number; date: CivilDate }
  /** The look that was in force when it was issued; absent: the shipped one. */
  template?: PaperTemplate
}

/** A movement between the parties, seen from the seller: what the buyer came to owe, and what it paid. */
export interface ReconciliationRow {
  date: CivilDate
  title: string
  owedKopecks: Kopecks
  paidKopecks: Kopecks
}

/** УПД in status 1 carries a счёт-фактура and is for those who pay VAT; status 2 is a transfer act only. */
export function updStatus(document: Pick<ClosingDocument, 'totals'>): 1 | 2 {
  return document.totals.vatRate === null ? 2 : 1
}

/** The balance that rows come to: above zero the buyer owes. */
export function balanceOf(rows: readonly ReconciliationRow[]): Kopecks {
  return rows.reduce((sum, row) => sum + row.owedKopecks - row.paidKopecks, 0)
}

export const DOCUMENT_NAMES: Record<DocumentKind, string> = {
  invoice: 'Счёт на оплату',
  act: 'Акт об оказании услуг',
  upd: 'Универсальный передаточный документ',
  factura: 'Счёт-фактура',
  hours: 'Отчёт по часам',
  reconciliation: 'Акт сверки взаимных расчётов',
  correction: 'Корректировочный документ',
}

/** `ДС-000045`; without a prefix the bare number, as accountants type it. */
export function documentNumber(prefix: string, sequence: number): string {
  return prefix === '' ? String(sequence) : `${prefix}-${String(sequence).padStart(6, '0')}`
}

/** `21.11.2026`. */
export function paperDate(date: CivilDate): string {
  return date.split('-').toReversed().join('.')
}

const MONTHS_OF = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
]

/** `21 ноября 2026 г.` */
export function longPaperDate(date: CivilDate): string {
  const [year, month, day] = date.split('-') as [string, string, string]
  return `${Number(day)} ${MONTHS_OF[Number(month) - 1]} ${year} г.`
}

/** `108 580,50`: a sum of a paper, always with kopecks. */
export function paperSum(amount: Kopecks): string {
  const sign = amount < 0 ? '−' : ''
  const roubles = String(Math.floor(Math.abs(amount) / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
  return `${sign}${roubles},${String(Math.abs(amount) % 100).padStart(2, '0')}`
}

/** `1`, `12,5`, `0,833`: a quantity without idle zeros. */
export function paperQuantity(milli: number): string {
  return String(milli / 1_000).replace('.', ',')
}
