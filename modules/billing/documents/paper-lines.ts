import type { PdfCell, PdfNode } from '@opora/platform/pdf'
import { amountInWords } from '../domain/documents/amount-in-words.ts'
import { type ClosingDocument, paperQuantity, paperSum } from '../domain/documents/closing-document.ts'
import { DOCUMENT_UNITS, type DocumentLine } from '../domain/documents/document-lines.ts'
import { columnsOf, type LineColumn } from '../domain/documents/paper-template.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { centre, GRID, right } from './paper-look.ts'

interface LineLook {
  head: string
  width: number | '*'
  cell: (line: DocumentLine) => PdfCell
}

/** Each column that an invoice or an act may have. `amount` is with or without VAT as the price list says, `net` and `gross` are certain. */
const COLUMNS: Record<LineColumn, LineLook> = {
  number: { head: '№', width: 20, cell: (line) => centre(String(line.number)) },
  title: { head: 'Наименование работ, услуг', width: '*', cell: (line) => ({ text: line.title }) },
  quantity: { head: 'Кол-во', width: 44, cell: (line) => right(paperQuantity(line.quantityMilli)) },
  unit: { head: 'Ед.', width: 38, cell: (line) => centre(DOCUMENT_UNITS[line.unit].name) },
  price: { head: 'Цена', width: 72, cell: (line) => right(sumOr(line.priceKopecks)) },
  amount: { head: 'Сумма', width: 78, cell: (line) => right(paperSum(line.amountKopecks)) },
  net: { head: 'Без НДС', width: 72, cell: (line) => right(paperSum(line.netKopecks)) },
  vatRate: { head: 'Ставка НДС', width: 42, cell: (line) => centre(vatRateName(line.vatRate)) },
  vat: { head: 'НДС', width: 66, cell: (line) => right(line.vatRate === null ? '—' : paperSum(line.vatKopecks)) },
  gross: { head: 'С НДС', width: 72, cell: (line) => right(paperSum(line.grossKopecks)) },
}

function sumOr(kopecks: number | null): string {
  return kopecks === null ? '—' : paperSum(kopecks)
}

/** The lines of an invoice or an act, with totals, the tax and the sum in words. */
export function linesTable(document: ClosingDocument, sumName: string): PdfNode[] {
  const { lines, totals } = document
  const columns = (columnsOf(document) as readonly LineColumn[]).map((name) => COLUMNS[name])
  const table: PdfNode = {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body: [
        columns.map(({ head }) => centre(head, true)),
        ...lines.map((line) => columns.map(({ cell }) => cell(line))),
      ],
    },
    layout: GRID,
    fontSize: columns.length > 7 ? 8 : 9,
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
