import { DOCUMENT_UNITS, type DocumentLine } from '../domain/documents/document-lines.ts'
import type { LineColumn } from '../domain/documents/paper-template.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { roubles } from './xlsx-cells.ts'
import type { XlsxColumn, XlsxValue } from './xlsx-engine.ts'

interface LineSheetColumn extends XlsxColumn {
  value: (line: DocumentLine) => XlsxValue
  /** Which total of the paper stands under the column. */
  sum?: 'amount' | 'net' | 'vat' | 'gross'
}

/** The columns of an invoice's or an act's lines in a workbook: the same that the printed paper may have. */
export const LINE_SHEET_COLUMNS: Record<LineColumn, LineSheetColumn> = {
  number: { title: '№', width: 6, kind: 'number', value: (line) => line.number },
  title: { title: 'Наименование работ, услуг', width: 60, kind: 'text', value: (line) => line.title },
  quantity: { title: 'Кол-во', width: 10, kind: 'number', value: (line) => line.quantityMilli / 1_000 },
  unit: { title: 'Ед.', width: 10, kind: 'text', value: (line) => DOCUMENT_UNITS[line.unit].name },
  price: { title: 'Цена', width: 14, kind: 'money', value: (line) => roubles(line.priceKopecks) },
  amount: { title: 'Сумма', width: 14, kind: 'money', value: (line) => line.amountKopecks / 100, sum: 'amount' },
  net: { title: 'Без НДС', width: 14, kind: 'money', value: (line) => line.netKopecks / 100, sum: 'net' },
  vatRate: { title: 'Ставка НДС', width: 10, kind: 'text', value: (line) => vatRateName(line.vatRate) },
  vat: {
    title: 'НДС',
    width: 14,
    kind: 'money',
    value: (line) => (line.vatRate === null ? null : line.vatKopecks / 100),
    sum: 'vat',
  },
  gross: { title: 'С НДС', width: 14, kind: 'money', value: (line) => line.grossKopecks / 100, sum: 'gross' },
}
