import type { PdfCell, PdfDefinition, PdfNode } from '@opora/platform/pdf'
import { amountInWords } from '../domain/documents/amount-in-words.ts'
import {
  balanceOf,
  type ClosingDocument,
  paperDate,
  paperSum,
  type ReconciliationRow,
} from '../domain/documents/closing-document.ts'
import { centre, GRID, heading, paper, partyLine, right, signature } from './paper-look.ts'

/**
 * A reconciliation statement: what the buyer came to owe and what it paid over a period, between an opening and a closing balance.
 * The opening balance is the row dated before the period; the buyer's half is left for the buyer to fill.
 */
export function reconciliationDefinition(document: ClosingDocument): PdfDefinition {
  const title = 'Акт сверки взаимных расчётов'
  const rows = document.reconciliation ?? []
  return paper(document, `${title} за ${period(document)}`, [
    heading(title),
    {
      text: `за период ${period(document)} между ${document.seller.name} и ${document.buyer.name} по договору № ${document.contract.number} от ${paperDate(document.contract.date)}`,
      margin: [0, 0, 0, 8],
    },
    {
      text: `Мы, нижеподписавшиеся, составили настоящий акт о том, что состояние взаимных расчётов по данным учёта следующее:`,
      margin: [0, 0, 0, 6],
    },
    rowsTable(document, rows),
    conclusion(document, balanceOf(rows)),
    ...document.notes.map((text): PdfNode => ({ text, margin: [0, 0, 0, 6] })),
    {
      stack: [
        signature(`От ${document.seller.name}`, document.head),
        signature(`От ${document.buyer.name}`, { position: 'должность', name: '' }),
        { text: [partyLine(document.seller), '\n', partyLine(document.buyer)], fontSize: 8, margin: [0, 12, 0, 0] },
      ],
      unbreakable: true,
    },
  ])
}

function period({ serviceFrom, serviceTo }: ClosingDocument): string {
  return `${paperDate(serviceFrom)} – ${paperDate(serviceTo)}`
}

function rowsTable(document: ClosingDocument, rows: readonly ReconciliationRow[]): PdfNode {
  const opening = rows.filter((row) => row.date < document.serviceFrom)
  const inside = rows.filter((row) => row.date >= document.serviceFrom)
  const owed = inside.reduce((sum, row) => sum + row.owedKopecks, 0)
  const paid = inside.reduce((sum, row) => sum + row.paidKopecks, 0)
  const body: PdfCell[][] = [
    ['Дата', 'Документ', 'Дебет', 'Кредит'].map((text) => centre(text, true)),
    balanceRow('Сальдо начальное', balanceOf(opening)),
    ...inside.map((row): PdfCell[] => [
      centre(paperDate(row.date)),
      { text: row.title },
      right(row.owedKopecks === 0 ? '' : paperSum(row.owedKopecks)),
      right(row.paidKopecks === 0 ? '' : paperSum(row.paidKopecks)),
    ]),
    [{ text: '' }, { text: 'Обороты за период', bold: true }, right(paperSum(owed), true), right(paperSum(paid), true)],
    balanceRow('Сальдо конечное', balanceOf(rows)),
  ]
  return { table: { headerRows: 1, dontBreakRows: true, widths: [62, '*', 84, 84], body }, layout: GRID, fontSize: 9 }
}

function balanceRow(name: string, balance: number): PdfCell[] {
  const value = (shown: boolean) => right(shown ? paperSum(Math.abs(balance)) : '', true)
  return [{ text: '' }, { text: name, bold: true }, value(balance >= 0), value(balance < 0)]
}

function conclusion({ seller, buyer, serviceTo }: ClosingDocument, balance: number): PdfNode {
  const on = `По данным ${seller.name} на ${paperDate(serviceTo)}`
  if (balance === 0) return { text: `${on} задолженность отсутствует.`, margin: [0, 8, 0, 8] }
  const whose = balance > 0 ? seller.name : buyer.name
  const sum = Math.abs(balance)
  return {
    text: `${on} задолженность в пользу ${whose} ${paperSum(sum)} руб. (${amountInWords(sum)}).`,
    bold: true,
    margin: [0, 8, 0, 8],
  }
}
