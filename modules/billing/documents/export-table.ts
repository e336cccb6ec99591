import { type ClosingDocument, DOCUMENT_NAMES, paperDate, paperQuantity } from '../domain/documents/closing-document.ts'
import { DOCUMENT_UNITS } from '../domain/documents/document-lines.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { renderXlsx, type XlsxKind, type XlsxValue } from './xlsx-engine.ts'

type Column = [title: string, width: number, kind: XlsxKind]

/** The layout that docs/formats/1c-export.md describes: a row is a line of a paper, the paper's own fields repeat. */
const COLUMNS: readonly Column[] = [
  ['ВидДокумента', 24, 'text'],
  ['Номер', 14, 'text'],
  ['Дата', 12, 'text'],
  ['Организация', 28, 'text'],
  ['ОрганизацияИНН', 14, 'text'],
  ['ОрганизацияКПП', 12, 'text'],
  ['Контрагент', 28, 'text'],
  ['КонтрагентИНН', 14, 'text'],
  ['КонтрагентКПП', 12, 'text'],
  ['Договор', 14, 'text'],
  ['ДоговорДата', 12, 'text'],
  ['НомерСтроки', 8, 'number'],
  ['Номенклатура', 50, 'text'],
  ['Количество', 12, 'text'],
  ['Единица', 10, 'text'],
  ['ЕдиницаОКЕИ', 10, 'text'],
  ['Цена', 14, 'money'],
  ['СуммаБезНДС', 14, 'money'],
  ['СтавкаНДС', 10, 'text'],
  ['СуммаНДС', 14, 'money'],
  ['Всего', 14, 'money'],
]

function rowsOf(document: ClosingDocument): XlsxValue[][] {
  const { seller, buyer, contract } = document
  const head = [
    DOCUMENT_NAMES[document.kind],
    document.number,
    paperDate(document.date),
    seller.name,
    seller.inn,
    seller.kpp,
    buyer.name,
    buyer.inn,
    buyer.kpp,
    contract.number,
    paperDate(contract.date),
  ]
  // a corrective paper takes its sums off
  const sign = document.kind === 'correction' ? -1 : 1
  return document.lines.map((line) => [
    ...head,
    line.number,
    line.title,
    paperQuantity(line.quantityMilli),
    DOCUMENT_UNITS[line.unit].name,
    DOCUMENT_UNITS[line.unit].okei,
    line.priceKopecks === null ? null : (sign * line.priceKopecks) / 100,
    (sign * line.netKopecks) / 100,
    vatRateName(line.vatRate),
    (sign * line.vatKopecks) / 100,
    (sign * line.grossKopecks) / 100,
  ])
}

export function exportXlsx(documents: readonly ClosingDocument[]): Promise<Buffer> {
  const columns = COLUMNS.map(([title, width, kind]) => ({ title, width, kind }))
  return renderXlsx([{ name: 'Документы', preamble: [], columns, rows: documents.flatMap(rowsOf) }], 'ru')
}

/** Semicolons, CRLF and a byte order mark, as Russian spreadsheets and 1C read it. */
export function exportCsv(documents: readonly ClosingDocument[]): Buffer {
  const rows = [COLUMNS.map(([title]) => title), ...documents.flatMap(rowsOf)]
  return Buffer.from(`\uFEFF${rows.map((row) => row.map(field).join(';')).join('\r\n')}\r\n`)
}

function field(value: XlsxValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(2).replace('.', ',')
  const text = String(value)
  // A spreadsheet would run what begins like a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
