import { minutesInWords } from '@opora/core'
import type { PdfCell, PdfDefinition, PdfNode } from '@opora/platform/pdf'
import { type ClosingDocument, longPaperDate, paperDate } from '../domain/documents/closing-document.ts'
import { type HoursRow, hoursBy, hoursTotal } from '../domain/documents/hours-sheet.ts'
import { columnsOf, type HoursColumn, shows } from '../domain/documents/paper-template.ts'
import { WIDE } from './factura-pdf.ts'
import { centre, dash, GRID, heading, named, paper, partyLine, right, signature } from './paper-look.ts'
import { templateTitle, templateWords } from './template-look.ts'

interface HoursLook {
  head: string
  width: number | '*'
  cell: (row: HoursRow) => PdfCell
  /** What the row of totals says in this column. */
  total?: (sum: { workedMinutes: number; billableMinutes: number }) => string
}

const COLUMNS: Record<HoursColumn, HoursLook> = {
  date: { head: 'Дата', width: 50, cell: (row) => centre(paperDate(row.date)) },
  ticket: { head: 'Обращение', width: 52, cell: (row) => centre(row.ticketNumber) },
  work: { head: 'Что сделано', width: '*', cell: workCell },
  person: { head: 'Исполнитель', width: 92, cell: (row) => ({ text: row.person }) },
  activity: { head: 'Вид работ', width: 72, cell: (row) => ({ text: row.activity }) },
  worked: {
    head: 'Затрачено',
    width: 62,
    cell: (row) => right(minutesInWords(row.workedMinutes, 'ru')),
    total: (sum) => minutesInWords(sum.workedMinutes, 'ru'),
  },
  billed: {
    head: 'К учёту',
    width: 62,
    cell: (row) => right(minutesInWords(row.billableMinutes, 'ru')),
    total: (sum) => minutesInWords(sum.billableMinutes, 'ru'),
  },
  share: { head: 'Как учтено', width: 82, cell: (row) => ({ text: row.share }) },
  explanation: { head: 'Расчёт', width: 110, cell: (row) => ({ text: dash(row.explanation), fontSize: 7 }) },
}

function workCell(row: HoursRow): PdfCell {
  return { stack: [{ text: row.ticketTitle, bold: true }, ...(row.description === '' ? [] : [row.description])] }
}

/** The paper that it is attached to, in the case that follows “к”. */
const SHIPMENTS = { act: 'акту', upd: 'УПД' } as const

/** A report of hours: the attachment to an act that says who did what, when and how long, and how long of it is charged. */
export function hoursDefinition(document: ClosingDocument): PdfDefinition {
  const rows = document.hours ?? []
  const title = `${templateTitle(document, 'Отчёт по часам')} № ${document.number} от ${longPaperDate(document.date)}`
  const { contract, shipment } = document
  return paper(
    document,
    title,
    [
      heading(title),
      named([
        ...(shipment === null
          ? []
          : [
              [
                'Приложение к',
                `${SHIPMENTS[shipment.kind ?? 'act']} № ${shipment.number} от ${paperDate(shipment.date)}`,
              ] as [string, string],
            ]),
        ['Исполнитель', partyLine(document.seller)],
        ['Заказчик', partyLine(document.buyer)],
        ['Основание', `${contract.title} № ${contract.number} от ${paperDate(contract.date)}`],
        ['Период', `${paperDate(document.serviceFrom)} – ${paperDate(document.serviceTo)}`],
      ]),
      ...templateWords(document, 'before'),
      rowsTable(document, rows),
      ...summaries(document, rows),
      ...document.notes.map((text): PdfNode => ({ text, margin: [0, 3, 0, 0] })),
      ...templateWords(document, 'after'),
      ...(shows(document, 'signatures')
        ? [
            {
              stack: [
                signature('Исполнитель', document.head),
                signature('Заказчик', { position: 'должность', name: '' }),
              ],
              unbreakable: true,
              margin: [0, 8, 0, 0],
            } satisfies PdfNode,
          ]
        : []),
    ],
    WIDE,
  )
}

function rowsTable(document: ClosingDocument, rows: readonly HoursRow[]): PdfNode {
  const columns = (columnsOf(document) as readonly HoursColumn[]).map((name) => COLUMNS[name])
  const sum = hoursTotal(rows)
  const first = columns.findIndex((column) => column.total)
  const total = columns.map((column, index): PdfCell => {
    if (column.total) return right(column.total(sum), true)
    return index === 0 && first > 0 ? { text: `Итого, записей: ${rows.length}`, bold: true, colSpan: first } : ''
  })
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body: [
        columns.map(({ head }) => centre(head, true)),
        ...rows.map((row) => columns.map(({ cell }) => cell(row))),
        total,
      ],
    },
    layout: GRID,
    fontSize: 8,
    margin: [0, 6, 0, 4],
  }
}

function summaries(document: ClosingDocument, rows: readonly HoursRow[]): PdfNode[] {
  const tables = [
    ...(shows(document, 'byPerson') ? [summary('Исполнитель', rows, (row) => row.person)] : []),
    ...(shows(document, 'byActivity') ? [summary('Вид работ', rows, (row) => row.activity)] : []),
  ]
  return tables.length === 0 ? [] : [{ columns: tables, columnGap: 18, margin: [0, 6, 0, 4] }]
}

function summary(name: string, rows: readonly HoursRow[], nameOf: (row: HoursRow) => string): PdfNode {
  return {
    width: '*',
    table: {
      headerRows: 1,
      widths: ['*', 66, 66],
      body: [
        [name, 'Затрачено', 'К учёту'].map((text) => centre(text, true)),
        ...hoursBy(rows, nameOf).map((one): PdfCell[] => [
          { text: one.name },
          right(minutesInWords(one.workedMinutes, 'ru')),
          right(minutesInWords(one.billableMinutes, 'ru')),
        ]),
      ],
    },
    layout: GRID,
    fontSize: 8,
  }
}
