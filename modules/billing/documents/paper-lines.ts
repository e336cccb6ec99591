import { amountInWords } from '../domain/documents/amount-in-words.ts'
import { type ClosingDocument, paperQuantity, paperSum } from '../domain/documents/closing-document.ts'
import { DOCUMENT_UNITS } from '../domain/documents/document-lines.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { centre, GRID, right } from './paper-look.ts'
import type { PdfCell, PdfNode } from './pdf-content.ts'

/** The lines of an invoice or an act, with totals, the tax and the sum in words. */
export function linesTable(document: ClosingDocument, sumName: string): PdfNode[] {
  const { lines, totals } = document
  const head = ['№', 'Наименование работ, услуг', 'Кол-во', 'Ед.', 'Цена', 'Сумма'].map(
    (text): PdfCell => centre(text, true),
  )
  const body = lines.map((line): PdfCell[] => [
    centre(String(line.number)),
    { text: line.title },
    right(paperQuantity(line.quantityMilli)),
    centre(DOCUMENT_UNITS[line.unit].name),
    right(line.priceKopecks === null ? '—' : paperSum(line.priceKopecks)),
    right(paperSum(line.amountKopecks)),
  ])
  const table: PdfNode = {
    table: { headerRows: 1, dontBreakRows: true, widths: [20, '*', 44, 38, 72, 78], body: [head, ...body] },
    layout: GRID,
    fontSize: 9,
    margin: [0, 8, 0, 4],
  }
  return [table, totalsOf(document, sumName), wordsOf(lines.length, totals.grossKopecks)]
}

function totalsOf({ lines, totals, exemptText }: ClosingDocument, sumName: string): PdfNode {
  const listed = lines.reduce((sum, line) => sum + line.amountKopecks, 0)
  const inside = listed === totals.grossKopecks
  const tax =
    totals.vatRate === null
      ? 'Без налога (НДС)'
      : `${inside ? 'В том числе НДС' : 'НДС'} ${vatRateName(totals.vatRate)}`
  const rows: [string, string][] = [
    ['Итого', paperSum(listed)],
    [tax, totals.vatRate === null ? '—' : paperSum(totals.vatKopecks)],
    [sumName, paperSum(totals.grossKopecks)],
  ]
  return {
    stack: [
      {
        table: {
          widths: ['*', 90],
          body: rows.map(([name, value]): PdfCell[] => [right(`${name}:`, true), right(value, true)]),
        },
        layout: { ...GRID, hLineWidth: () => 0, vLineWidth: () => 0, paddingTop: () => 1, paddingBottom: () => 1 },
      },
      ...(totals.vatRate === null && exemptText !== ''
        ? [{ text: exemptText, alignment: 'right' as const, fontSize: 8 }]
        : []),
    ],
  }
}

function wordsOf(count: number, gross: number): PdfNode {
  return {
    stack: [
      { text: `Всего наименований ${count}, на сумму ${paperSum(gross)} руб.` },
      { text: amountInWords(gross), bold: true },
    ],
    margin: [0, 6, 0, 6],
  }
}
