import type { CivilDate, Kopecks } from '@opora/core'
import type { ClosingDocument, DocumentKind } from './closing-document.ts'
import type { DocumentLine } from './document-lines.ts'
import { type TaxedAmount, taxed, type VatPlace } from './vat.ts'

/** What a corrective paper changes of an earlier one: the sums of lines before and after, and by how much they fell. */
export interface PaperCorrection {
  of: { kind: DocumentKind; number: string; date: CivilDate }
  reason: string
  lines: CorrectedLine[]
  before: TaxedAmount
  after: TaxedAmount
}

export interface CorrectedLine {
  /** The line's number on the earlier paper. */
  number: number
  title: string
  before: TaxedAmount
  after: TaxedAmount
}

/** A line's new amount, with or without VAT as the earlier paper's prices are. */
export interface WishedLine {
  number: number
  amountKopecks: Kopecks
}

export type CorrectionFault = { code: 'line_unknown' | 'not_less'; number: number }

/** What corrections so far have left of a line. */
type Present = Pick<DocumentLine, 'number' | 'title' | 'vatRate' | 'amountKopecks'> & TaxedAmount

/** The lines of a paper as earlier corrections left them. */
export function presentLines(paper: ClosingDocument, earlier: readonly PaperCorrection[]): Present[] {
  const place = placeOf(paper)
  return paper.lines.map((line) => {
    const last = earlier.flatMap((one) => one.lines).findLast((one) => one.number === line.number)
    if (!last) return line
    const { netKopecks, grossKopecks } = last.after
    return { ...line, ...last.after, amountKopecks: place === 'included' ? grossKopecks : netKopecks }
  })
}

/** Sums are only lowered: what is to be added is work of the open month. Every fault, or the correction. */
export function correctionOf(
  paper: ClosingDocument,
  earlier: readonly PaperCorrection[],
  wished: readonly WishedLine[],
  reason: string,
): { faults: CorrectionFault[] } | { correction: PaperCorrection } {
  const place = placeOf(paper)
  const present = new Map(presentLines(paper, earlier).map((line) => [line.number, line]))
  const faults: CorrectionFault[] = []
  const lines: CorrectedLine[] = []
  for (const { number, amountKopecks } of wished) {
    const line = present.get(number)
    if (!line) faults.push({ code: 'line_unknown', number })
    else if (amountKopecks >= line.amountKopecks || lines.some((one) => one.number === number))
      faults.push({ code: 'not_less', number })
    else {
      const { netKopecks, vatKopecks, grossKopecks } = line
      const after = lowered(line, taxed(amountKopecks, line.vatRate, place), place)
      lines.push({ number, title: line.title, before: { netKopecks, vatKopecks, grossKopecks }, after })
    }
  }
  if (faults.length > 0) return { faults }
  const { kind, number, date } = paper
  const ordered = lines.toSorted((a, b) => a.number - b.number)
  return {
    correction: {
      of: { kind, number, date },
      reason,
      lines: ordered,
      before: sumOf(ordered.map((line) => line.before)),
      after: sumOf(ordered.map((line) => line.after)),
    },
  }
}

/** A line's tax may carry kopecks of the paper's total: what is left of the line has never more tax or net than the line had. */
function lowered(before: TaxedAmount, after: TaxedAmount, place: VatPlace): TaxedAmount {
  const most = Math.min(after.vatKopecks, before.vatKopecks)
  if (place === 'on_top')
    return { netKopecks: after.netKopecks, vatKopecks: most, grossKopecks: after.netKopecks + most }
  const vatKopecks = Math.max(most, after.grossKopecks - before.netKopecks)
  return { netKopecks: after.grossKopecks - vatKopecks, vatKopecks, grossKopecks: after.grossKopecks }
}

/** By how much a line or a paper falls: never below nothing in any of the three. */
export function decreaseOf({ before, after }: { before: TaxedAmount; after: TaxedAmount }): TaxedAmount {
  return {
    netKopecks: before.netKopecks - after.netKopecks,
    vatKopecks: before.vatKopecks - after.vatKopecks,
    grossKopecks: before.grossKopecks - after.grossKopecks,
  }
}

export const CORRECTION_NAMES: Record<string, string> = {
  act: 'Корректировочный акт',
  upd: 'Универсальный корректировочный документ',
  factura: 'Корректировочный счёт-фактура',
}

/** Prices without VAT where any line's amount differs from its sum with VAT. */
function placeOf({ lines }: ClosingDocument): VatPlace {
  return lines.some((line) => line.amountKopecks !== line.grossKopecks) ? 'on_top' : 'included'
}

function sumOf(parts: readonly TaxedAmount[]): TaxedAmount {
  const add = (pick: keyof TaxedAmount) => parts.reduce((sum, part) => sum + part[pick], 0)
  return { netKopecks: add('netKopecks'), vatKopecks: add('vatKopecks'), grossKopecks: add('grossKopecks') }
}
