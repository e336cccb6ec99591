import {
  type ClosingDocument,
  DOCUMENT_NAMES,
  longPaperDate,
  paperDate,
  updStatus,
} from '../domain/documents/closing-document.ts'
import { DOCUMENT_UNITS, type DocumentLine } from '../domain/documents/document-lines.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { facturaRows } from './factura-part.ts'
import { roubles } from './xlsx-cells.ts'
import type { XlsxSheet, XlsxValue } from './xlsx-engine.ts'

const NO_TAX = 'без НДС'
const COLUMNS: XlsxSheet['columns'] = [
  { title: '1. № п/п', width: 8, kind: 'number' },
  { title: '1а. Наименование работ, услуг', width: 60, kind: 'text' },
  { title: '2. Код ед.', width: 8, kind: 'text' },
  { title: '2а. Единица', width: 12, kind: 'text' },
  { title: '3. Количество', width: 12, kind: 'number' },
  { title: '4. Цена за единицу', width: 14, kind: 'money' },
  { title: '5. Стоимость без налога', width: 16, kind: 'money' },
  { title: '6. Акциз', width: 12, kind: 'text' },
  { title: '7. Налоговая ставка', width: 12, kind: 'text' },
  { title: '8. Сумма налога', width: 14, kind: 'money' },
  { title: '9. Стоимость с налогом', width: 16, kind: 'money' },
]

/** A счёт-фактура or a УПД as a sheet: the form's lines above, its columns 1–9 as a table, who signs below. */
export function facturaSheet(document: ClosingDocument): XlsxSheet {
  const { kind, totals } = document
  const title = `${DOCUMENT_NAMES[kind]} № ${document.number} от ${longPaperDate(document.date)}`
  return {
    name: kind === 'upd' ? 'УПД' : 'Счёт-фактура',
    preamble: [
      kind === 'upd' ? `${title}. Статус: ${updStatus(document)}` : title,
      ...facturaRows(document).map(([sign, name, value]) => `${sign} ${name}: ${value}`),
      '',
    ],
    columns: COLUMNS,
    rows: document.lines.map(rowOf),
    total: [
      null,
      'Всего к оплате (9)',
      null,
      null,
      null,
      null,
      totals.netKopecks / 100,
      null,
      null,
      totals.vatRate === null ? NO_TAX : totals.vatKopecks / 100,
      totals.grossKopecks / 100,
    ],
    closing: ['', ...signers(document), ...(kind === 'upd' ? transfer(document) : [])],
    flowing: true,
  }
}

function rowOf(line: DocumentLine): XlsxValue[] {
  const { name, okei } = DOCUMENT_UNITS[line.unit]
  return [
    line.number,
    line.title,
    okei,
    name,
    line.quantityMilli / 1_000,
    roubles(line.netPriceKopecks),
    line.netKopecks / 100,
    'без акциза',
    line.vatRate === null ? NO_TAX : vatRateName(line.vatRate),
    line.vatRate === null ? NO_TAX : line.vatKopecks / 100,
    line.grossKopecks / 100,
  ]
}

function signers({ head, accountant, seller }: ClosingDocument): string[] {
  if (seller.ogrn.length === 15)
    return [`Индивидуальный предприниматель: ____________________ ${head.name}, ОГРНИП ${seller.ogrn}`]
  return [
    `Руководитель организации: ____________________ ${head.name}`,
    `Главный бухгалтер: ____________________ ${accountant.name}`,
  ]
}

function transfer(document: ClosingDocument): string[] {
  const { contract, serviceFrom, serviceTo, exemptText, notes, head } = document
  return [
    ...(exemptText === '' ? [] : [exemptText]),
    `[8] Основание передачи: ${contract.title} № ${contract.number} от ${paperDate(contract.date)}`,
    `[10] Услуги сдал: ${head.position} ____________________ ${head.name}`,
    `[11] Дата передачи: ${longPaperDate(serviceTo)}`,
    `[12] Оказаны услуги за период ${paperDate(serviceFrom)} – ${paperDate(serviceTo)}. ${notes.join('. ')}`.trim(),
    '[15] Услуги принял: ____________________',
    '[16] Дата приёмки: ____________________',
  ]
}
