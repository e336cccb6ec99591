import { printable } from '@opora/platform/pdf'
import { amountInWords } from '../domain/documents/amount-in-words.ts'
import {
  balanceOf,
  type ClosingDocument,
  DOCUMENT_NAMES,
  type DocumentKind,
  longPaperDate,
  paperDate,
  paperSum,
  type Signer,
} from '../domain/documents/closing-document.ts'
import { type HoursRow, hoursTotal } from '../domain/documents/hours-sheet.ts'
import { columnsOf, fillText, type HoursColumn, type LineColumn } from '../domain/documents/paper-template.ts'
import { templateValues } from '../domain/documents/template-fields.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { correctionSheet } from './correction-xlsx.ts'
import { facturaSheet } from './factura-xlsx.ts'
import { partyLine } from './paper-look.ts'
import { LINE_SHEET_COLUMNS } from './paper-xlsx-lines.ts'
import { day } from './xlsx-cells.ts'
import { renderXlsx, type XlsxSheet, type XlsxValue } from './xlsx-engine.ts'

const SHEETS: Record<DocumentKind, (document: ClosingDocument) => XlsxSheet> = {
  invoice: linesSheet,
  act: linesSheet,
  upd: facturaSheet,
  factura: facturaSheet,
  hours: hoursSheet,
  reconciliation: reconciliationSheet,
  correction: correctionSheet,
}

/** A paper as a workbook of one sheet, with sums and quantities as numbers; the same document gives the same bytes. */
export function renderPaperXlsx(document: ClosingDocument): Promise<Buffer> {
  const fit = printable(document)
  return renderXlsx([withWords(SHEETS[fit.kind](fit), fit)], 'ru')
}

/** The template's texts stand where they stand in the PDF. */
function withWords(sheet: XlsxSheet, document: ClosingDocument): XlsxSheet {
  const { template } = document
  if (!template) return sheet
  const values = templateValues(document)
  const lines = (text: string) => (text === '' ? [] : fillText(text, values).split('\n'))
  const [title = '', ...rest] = sheet.preamble
  return {
    ...sheet,
    preamble: [title, ...lines(template.header), ...rest, ...lines(template.before)],
    closing: [...(sheet.closing ?? []), ...lines(template.after), ...lines(template.footer)],
  }
}

function titleOf(document: ClosingDocument): string {
  const own = document.template?.title ?? ''
  const name = own === '' ? DOCUMENT_NAMES[document.kind] : fillText(own, templateValues(document))
  return `${name} № ${document.number} от ${longPaperDate(document.date)}`
}

/** Both parties and the ground, as every paper names them. */
function parties(document: ClosingDocument): string[] {
  const { seller, buyer, contract, serviceFrom, serviceTo } = document
  return [
    `Исполнитель: ${partyLine(seller)}`,
    `Заказчик: ${partyLine(buyer)}`,
    `Основание: ${contract.title} № ${contract.number} от ${paperDate(contract.date)}`,
    `Период: ${paperDate(serviceFrom)} – ${paperDate(serviceTo)}`,
  ]
}

function bank({ seller }: ClosingDocument): string {
  return `Банк получателя: ${seller.bankName}, БИК ${seller.bik}, корр. счёт ${seller.corrAccount || '—'}, счёт № ${seller.account}`
}

function signed(role: string, { position, name }: Signer): string {
  return `${role}: ${[position, '____________________', name].filter(Boolean).join(' ')}`
}

function linesSheet(document: ClosingDocument): XlsxSheet {
  const { kind, lines, totals } = document
  const columns = (columnsOf(document) as readonly LineColumn[]).map((name) => LINE_SHEET_COLUMNS[name])
  const listed = lines.reduce((sum, line) => sum + line.amountKopecks, 0)
  const sums = { amount: listed, net: totals.netKopecks, vat: totals.vatKopecks, gross: totals.grossKopecks }
  const [what, ask] = kind === 'invoice' ? ['Всего к оплате', true] : ['Всего оказано услуг', false]
  return {
    name: DOCUMENT_NAMES[kind].slice(0, 31),
    preamble: [titleOf(document), ...(ask ? [bank(document)] : []), ...parties(document), ''],
    columns,
    rows: lines.map((line) => columns.map(({ value }) => value(line))),
    total: columns.map(
      ({ sum, title }, index): XlsxValue =>
        sum === undefined ? (index === 0 || title === 'Наименование работ, услуг' ? 'Итого' : null) : sums[sum] / 100,
    ),
    closing: [
      '',
      totals.vatRate === null
        ? ['Без налога (НДС)', document.exemptText].filter(Boolean).join('. ')
        : `НДС ${vatRateName(totals.vatRate)}: ${paperSum(totals.vatKopecks)} руб.`,
      `${what}: ${paperSum(totals.grossKopecks)} руб. ${amountInWords(totals.grossKopecks)}`,
      ...(ask && document.payUntil !== null ? [`Оплатить до ${paperDate(document.payUntil)}`] : []),
      ...document.notes,
      '',
      ...(ask
        ? [signed('Руководитель', document.head), signed('Бухгалтер', document.accountant)]
        : [signed('Исполнитель', document.head), signed('Заказчик', { position: '', name: '' })]),
    ],
    flowing: true,
  }
}

interface HoursSheetColumn {
  title: string
  width: number
  kind: XlsxSheet['columns'][number]['kind']
  value: (row: HoursRow) => XlsxValue
  sum?: 'workedMinutes' | 'billableMinutes'
}

const HOURS: Record<HoursColumn, HoursSheetColumn> = {
  date: { title: 'Дата', width: 12, kind: 'day', value: (row) => day(row.date) },
  ticket: { title: 'Обращение', width: 12, kind: 'text', value: (row) => row.ticketNumber },
  work: { title: 'Что сделано', width: 60, kind: 'text', value: whatWasDone },
  person: { title: 'Исполнитель', width: 24, kind: 'text', value: (row) => row.person },
  activity: { title: 'Вид работ', width: 18, kind: 'text', value: (row) => row.activity },
  worked: {
    title: 'Затрачено, мин',
    width: 14,
    kind: 'minutes',
    value: (row) => row.workedMinutes,
    sum: 'workedMinutes',
  },
  billed: {
    title: 'К учёту, мин',
    width: 14,
    kind: 'minutes',
    value: (row) => row.billableMinutes,
    sum: 'billableMinutes',
  },
  share: { title: 'Как учтено', width: 22, kind: 'text', value: (row) => row.share },
  explanation: { title: 'Расчёт', width: 50, kind: 'text', value: (row) => row.explanation },
}

function whatWasDone({ ticketTitle, description }: HoursRow): string {
  return description === '' ? ticketTitle : `${ticketTitle}\n${description}`
}

function hoursSheet(document: ClosingDocument): XlsxSheet {
  const rows = document.hours ?? []
  const columns = (columnsOf(document) as readonly HoursColumn[]).map((name) => HOURS[name])
  const sums = hoursTotal(rows)
  const { shipment } = document
  const act =
    shipment === null
      ? []
      : [`Приложение к ${shipment.kind === 'upd' ? 'УПД' : 'акту'} № ${shipment.number} от ${paperDate(shipment.date)}`]
  return {
    name: 'Отчёт по часам',
    preamble: [titleOf(document), ...act, ...parties(document), ''],
    columns,
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
    total: columns.map(({ sum }, index): XlsxValue => (sum ? sums[sum] : index === 0 ? 'Итого' : null)),
    closing: ['', ...document.notes, signed('Исполнитель', document.head)],
    flowing: true,
  }
}

function reconciliationSheet(document: ClosingDocument): XlsxSheet {
  const rows = document.reconciliation ?? []
  const opening = balanceOf(rows.filter((row) => row.date < document.serviceFrom))
  const inside = rows.filter((row) => row.date >= document.serviceFrom)
  const owed = inside.reduce((sum, row) => sum + row.owedKopecks, 0)
  const paid = inside.reduce((sum, row) => sum + row.paidKopecks, 0)
  const end = balanceOf(rows)
  const whose = end > 0 ? document.seller.name : document.buyer.name
  return {
    name: 'Акт сверки',
    preamble: [titleOf(document), ...parties(document), ''],
    columns: [
      { title: 'Дата', width: 12, kind: 'day' },
      { title: 'Документ', width: 60, kind: 'text' },
      { title: 'Дебет', width: 16, kind: 'money' },
      { title: 'Кредит', width: 16, kind: 'money' },
    ],
    rows: [
      [null, 'Сальдо начальное', ...sides(opening)],
      ...inside.map((row): XlsxValue[] => [
        day(row.date),
        row.title,
        row.owedKopecks === 0 ? null : row.owedKopecks / 100,
        row.paidKopecks === 0 ? null : row.paidKopecks / 100,
      ]),
      [null, 'Обороты за период', owed / 100, paid / 100],
    ],
    total: [null, 'Сальдо конечное', ...sides(end)],
    closing: [
      '',
      end === 0
        ? 'Задолженность отсутствует.'
        : `Задолженность в пользу ${whose}: ${paperSum(Math.abs(end))} руб. (${amountInWords(Math.abs(end))})`,
      ...document.notes,
      signed(`От ${document.seller.name}`, document.head),
      signed(`От ${document.buyer.name}`, { position: '', name: '' }),
    ],
    flowing: true,
  }
}

/** A balance stands in debit where the buyer owes, in credit where the seller does. */
function sides(balance: number): [XlsxValue, XlsxValue] {
  return balance >= 0 ? [balance / 100, null] : [null, -balance / 100]
}
