import type { Kopecks } from '@opora/core'
import type { StatementPayment } from './bank-statement.ts'

/** An invoice that may still be paid. `openKopecks` is what is left of it. */
export interface OpenInvoice {
  id: number
  number: string
  year: number
  payerInn: string
  openKopecks: Kopecks
}

/** By what a payment was recognised; null leaves it to a person. */
export type MatchReason = 'number_and_payer' | 'sum_and_payer'

export interface PaymentMatch {
  reason: MatchReason | null
  /** What goes to which invoice; the rest of the payment stays on the payer's balance. */
  parts: { invoiceId: number; kopecks: Kopecks }[]
  restKopecks: Kopecks
  /** Invoices that a person may choose from where nothing was certain. */
  candidates: number[]
}

/** Source of the pattern: how accountants write the purpose of a payment. `№`, `N`, "на оплату" and case vary. */
const NUMBER =
  /(?:сч[её]?т\p{L}*\.?|(?<!\p{L})сч\.)\s*(?:на\s+оплату\s*)?(?:№{1,2}|N|#)?\s*([\p{L}\d][\p{L}\d\-/]*\d|\d+)/giu

/**
 * What may follow a first number: a date, then `, № 46` or `и № 46`; after a plural (`по счетам 45, 46`) the sign may be left out.
 * A bare number after a singular is something else: a stage, a contract.
 */
const DATED = '(?:\\s*от\\s*\\d{1,2}\\.\\d{1,2}\\.\\d{2,4}(?:\\s*г\\.?)?)?'
const MORE = new RegExp(`^${DATED}\\s*(?:[,;]|и(?=\\s))\\s*(?:№|N|#)\\s*([\\p{L}\\d][\\p{L}\\d\\-/]*\\d|\\d+)`, 'iu')
const MORE_BARE = new RegExp(`^${DATED}\\s*(?:[,;]|и(?=\\s))\\s*(?:№|N|#)?\\s*(\\p{L}{0,10}-?\\d+)(?![.\\d])`, 'iu')
const PLURAL = /^сч[её]т(?:ам|ов|ами|ах)(?=[^\p{L}])/iu

/** Numbers of invoices that a purpose names, without leading zeros of their last part. */
export function invoiceNumbersIn(purpose: string): string[] {
  return [...purpose.matchAll(NUMBER)].flatMap((found) => {
    const numbers = [found[1]!]
    const next = PLURAL.test(found[0]) ? MORE_BARE : MORE
    let rest = purpose.slice(found.index + found[0].length)
    for (let more = next.exec(rest); more; more = next.exec(rest)) {
      numbers.push(more[1]!)
      rest = rest.slice(more[0].length)
    }
    return numbers.map(plainNumber)
  })
}

/** `ДС-000045` and `дс-45` are the same number to whoever types it. */
export function plainNumber(number: string): string {
  return number.toUpperCase().replace(/0*(\d+)$/, '$1')
}

/**
 * Recognises a payment: first by the invoice's number and the payer, then by the sum and the payer where just one invoice fits.
 * Never by the number alone: anybody may write a number.
 */
export function matchPayment(
  payment: Pick<StatementPayment, 'amountKopecks' | 'payer' | 'purpose'>,
  open: readonly OpenInvoice[],
): PaymentMatch {
  const own = payment.payer.inn === '' ? [] : open.filter((invoice) => invoice.payerInn === payment.payer.inn)
  const numbers = new Set(invoiceNumbersIn(payment.purpose))
  const named = own.filter((invoice) => numbers.has(plainNumber(invoice.number)))
  if (named.length > 0 && distinct(named)) return assign(payment.amountKopecks, named, 'number_and_payer')
  const bySum = own.filter((invoice) => invoice.openKopecks === payment.amountKopecks)
  if (named.length === 0 && numbers.size === 0 && bySum.length === 1)
    return assign(payment.amountKopecks, bySum, 'sum_and_payer')
  const candidates = (named.length > 0 ? named : bySum.length > 0 ? bySum : own).map((invoice) => invoice.id)
  return { reason: null, parts: [], restKopecks: payment.amountKopecks, candidates }
}

/** The same number of two years is no certainty. */
function distinct(invoices: readonly OpenInvoice[]): boolean {
  return new Set(invoices.map((invoice) => plainNumber(invoice.number))).size === invoices.length
}

function assign(amount: Kopecks, invoices: readonly OpenInvoice[], reason: MatchReason): PaymentMatch {
  let restKopecks = amount
  const parts: PaymentMatch['parts'] = []
  for (const { id, openKopecks } of invoices) {
    const kopecks = Math.min(openKopecks, restKopecks)
    if (kopecks <= 0) continue
    parts.push({ invoiceId: id, kopecks })
    restKopecks -= kopecks
  }
  return { reason, parts, restKopecks, candidates: [] }
}
