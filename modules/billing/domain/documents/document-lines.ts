import type { Kopecks } from '@opora/core'
import { type TaxedAmount, taxed, type VatPlace, type VatRate } from './vat.ts'

/** What a line of a document is made of. Quantity is in thousandths of its unit: 90 minutes are 1500 of an hour. */
export interface LineSource {
  title: string
  unit: DocumentUnit
  quantityMilli: number
  /** Price of one unit, before or with VAT as the price list says; null where the line is a sum without a price. */
  priceKopecks: Kopecks | null
  amountKopecks: Kopecks
  /** Keys of the month's lines behind it: what an upheld objection gives back. */
  sources: string[]
}

/** Units of services by ОКЕИ: a conventional unit (796 is a piece) and an hour. */
export const DOCUMENT_UNITS = {
  service: { name: 'усл. ед.', okei: '876' },
  hour: { name: 'ч', okei: '356' },
  month: { name: 'мес', okei: '362' },
  piece: { name: 'шт', okei: '796' },
} as const
export type DocumentUnit = keyof typeof DOCUMENT_UNITS

export interface DocumentLine extends LineSource, TaxedAmount {
  number: number
  vatRate: VatRate
  /** Price of one unit without VAT, as a счёт-фактура asks for it. */
  netPriceKopecks: Kopecks | null
}

export interface DocumentTotals extends TaxedAmount {
  vatRate: VatRate
}

/**
 * Where the total's tax comes from: the sum of the lines' taxes (as the customary accounting program does), or the tax of the
 * total. The two may differ by kopecks, so it is a setting and never a guess.
 */
export type VatOfTotal = 'by_lines' | 'by_total'

export interface TaxedDocument {
  lines: DocumentLine[]
  totals: DocumentTotals
}

/** Taxes the lines of a document. With `by_total` the difference of kopecks is carried by lines, so that they always add up to the total. */
export function taxDocument(
  sources: readonly LineSource[],
  given: { rate: VatRate; place: VatPlace; vatOfTotal: VatOfTotal },
): TaxedDocument {
  const lines = sources.map(
    (source, index): DocumentLine => ({
      ...source,
      number: index + 1,
      vatRate: given.rate,
      ...taxed(source.amountKopecks, given.rate, given.place),
      netPriceKopecks:
        source.priceKopecks === null ? null : taxed(source.priceKopecks, given.rate, given.place).netKopecks,
    }),
  )
  if (given.vatOfTotal === 'by_total') carryDifference(lines, given)
  return { lines, totals: { vatRate: given.rate, ...sumOf(lines) } }
}

/**
 * Moves the kopecks between the tax of the lines and the tax of the total onto lines, the greatest first and one kopeck a line at a
 * time: no line's tax nor what is left without it falls below nothing, however many small lines there are.
 */
function carryDifference(lines: DocumentLine[], given: { rate: VatRate; place: VatPlace }): void {
  const whole = taxed(
    lines.reduce((sum, line) => sum + line.amountKopecks, 0),
    given.rate,
    given.place,
  )
  let difference = whole.vatKopecks - sumOf(lines).vatKopecks
  const step = Math.sign(difference)
  const takers = lines.toSorted((a, b) => b.amountKopecks - a.amountKopecks || a.number - b.number)
  while (difference !== 0) {
    const left = difference
    for (const line of takers) {
      if (difference === 0) break
      const room = step < 0 ? line.vatKopecks : given.place === 'included' ? line.netKopecks : 1
      if (room <= 0) continue
      line.vatKopecks += step
      if (given.place === 'on_top') line.grossKopecks += step
      else line.netKopecks -= step
      difference -= step
    }
    if (left === difference) return
  }
}

function sumOf(lines: readonly TaxedAmount[]): TaxedAmount {
  const total = { netKopecks: 0, vatKopecks: 0, grossKopecks: 0 }
  for (const line of lines) {
    total.netKopecks += line.netKopecks
    total.vatKopecks += line.vatKopecks
    total.grossKopecks += line.grossKopecks
  }
  return total
}
