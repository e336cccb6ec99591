import type { PdfCell, PdfNode } from '@opora/platform/pdf'
import {
  type ClosingDocument,
  longPaperDate,
  type PaperReference,
  paperDate,
  paperQuantity,
  paperSum,
} from '../domain/documents/closing-document.ts'
import { DOCUMENT_UNITS, type DocumentLine } from '../domain/documents/document-lines.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { centre, dash, GRID, right } from './paper-look.ts'

/** From this date the form has line 5б. Source: ПП РФ № 26 of 23.01.2026. */
const LINE_5B_FROM = '2026-04-01'

/** Lines (1)–(8) of a счёт-фактура, by the form of ПП РФ 1137; services have no shipper, so (3) and (4) are dashes. */
export function facturaRows(document: ClosingDocument): [sign: string, name: string, value: string][] {
  const { seller, buyer } = document
  const inn = (party: typeof seller) => dash([party.inn, party.kpp].filter(Boolean).join('/'))
  return [
    ['(1)', 'Счёт-фактура №', `${document.number} от ${longPaperDate(document.date)}`],
    ['(1а)', 'Исправление №', amended(document)],
    ['(2)', 'Продавец', seller.fullName || seller.name],
    ['(2а)', 'Адрес', dash(seller.address)],
    ['(2б)', 'ИНН/КПП продавца', inn(seller)],
    ['(3)', 'Грузоотправитель и его адрес', '—'],
    ['(4)', 'Грузополучатель и его адрес', '—'],
    ['(5)', 'К платёжно-расчётному документу №', references(document.advancePayments)],
    ['(5а)', 'Документ об отгрузке: наименование, №', shipment(document)],
    ...(document.date < LINE_5B_FROM
      ? []
      : [['(5б)', 'К счетам-фактурам на аванс №', references(document.advanceInvoices)] as [string, string, string]]),
    ['(6)', 'Покупатель', buyer.fullName || buyer.name],
    ['(6а)', 'Адрес', dash(buyer.address)],
    ['(6б)', 'ИНН/КПП покупателя', inn(buyer)],
    ['(7)', 'Валюта: наименование, код', 'Российский рубль, 643'],
    ['(8)', 'Идентификатор государственного контракта (при наличии)', '—'],
  ]
}

export function facturaHead(document: ClosingDocument): PdfNode {
  return {
    table: {
      widths: [200, '*', 26],
      body: facturaRows(document).map(([sign, name, value]): PdfCell[] => [
        { text: name },
        { text: value },
        { text: sign },
      ]),
    },
    layout: { ...GRID, vLineWidth: () => 0, hLineWidth: () => 0, paddingTop: () => 0.5, paddingBottom: () => 0.5 },
    fontSize: 7.5,
  }
}

function amended({ amendment }: ClosingDocument): string {
  return amendment ? `${amendment.number} от ${longPaperDate(amendment.date)}` : '— от —'
}

function shipment(document: ClosingDocument): string {
  const { shipment: paper, lines } = document
  const range = lines.length === 1 ? '1' : `1-${lines.length}`
  if (paper === null) return `№ п/п ${range} № ${document.number} от ${paperDate(document.date)}`
  return `Акт, № п/п ${range} № ${paper.number} от ${paperDate(paper.date)}`
}

function references(papers: readonly PaperReference[]): string {
  return papers.length === 0 ? '— от —' : papers.map(({ number, date }) => `${number} от ${paperDate(date)}`).join('; ')
}

const HEAD: [title: string, column: string, width: number | '*'][] = [
  ['№ п/п', '1', 20],
  ['Наименование товара (описание выполненных работ, оказанных услуг), имущественного права', '1а', '*'],
  ['Код вида товара', '1б', 30],
  ['Ед. изм.: код', '2', 26],
  ['Условное обозна-чение', '2а', 36],
  ['Коли-чество (объём)', '3', 34],
  ['Цена (тариф) за единицу измерения', '4', 56],
  ['Стоимость без налога – всего', '5', 62],
  ['В том числе сумма акциза', '6', 36],
  ['Нало-говая ставка', '7', 32],
  ['Сумма налога, предъявляемая покупателю', '8', 56],
  ['Стоимость с налогом – всего', '9', 62],
  ['Страна: код', '10', 26],
  ['Страна: наиме-нование', '10а', 34],
  ['Рег. № декларации / партии', '11', 42],
]

/** Columns 1–11 with the total; columns of traceability (12–14) are for goods only and are left out as the form allows. */
export function facturaTable({ lines, totals }: ClosingDocument): PdfNode {
  const noTax = totals.vatRate === null
  const total: PdfCell[] = [
    { text: 'Всего к оплате (9)', bold: true, colSpan: 7 },
    ...Array.from({ length: 6 }, (): PdfCell => ''),
    right(paperSum(totals.netKopecks), true),
    centre('X'),
    centre('X'),
    right(noTax ? 'без НДС' : paperSum(totals.vatKopecks), true),
    right(paperSum(totals.grossKopecks), true),
    { text: '', colSpan: 3 },
    '',
    '',
  ]
  return {
    table: {
      headerRows: 2,
      dontBreakRows: true,
      widths: HEAD.map(([, , width]) => width),
      body: [
        HEAD.map(([title]) => centre(title)),
        HEAD.map(([, column]) => centre(column)),
        ...lines.map(lineRow),
        total,
      ],
    },
    layout: { ...GRID, paddingLeft: () => 2, paddingRight: () => 2 },
    fontSize: 6.5,
    margin: [0, 6, 0, 4],
  }
}

function lineRow(line: DocumentLine): PdfCell[] {
  const { name, okei } = DOCUMENT_UNITS[line.unit]
  return [
    centre(String(line.number)),
    { text: line.title },
    centre('—'),
    centre(okei),
    centre(name),
    right(paperQuantity(line.quantityMilli)),
    right(line.netPriceKopecks === null ? '—' : paperSum(line.netPriceKopecks)),
    right(paperSum(line.netKopecks)),
    centre('без акциза'),
    centre(line.vatRate === null ? 'без НДС' : vatRateName(line.vatRate)),
    right(line.vatRate === null ? 'без НДС' : paperSum(line.vatKopecks)),
    right(paperSum(line.grossKopecks)),
    centre('—'),
    centre('—'),
    centre('—'),
  ]
}

/** Who signs a счёт-фактура for an organisation: the head and the chief accountant, or those who may for them. */
export function facturaSigns({ head, accountant, seller }: ClosingDocument): PdfNode {
  const sole = seller.ogrn.length === 15
  const sign = (role: string, name: string): PdfNode => ({
    text: `${role} ____________________ / ${dash(name)} /`,
    width: '*',
  })
  return {
    columns: sole
      ? [sign('Индивидуальный предприниматель', head.name), { text: `ОГРНИП ${seller.ogrn}`, width: '*' }]
      : [
          sign('Руководитель организации или иное уполномоченное лицо', head.name),
          sign('Главный бухгалтер или иное уполномоченное лицо', accountant.name),
        ],
    columnGap: 16,
    fontSize: 7.5,
    margin: [0, 6, 0, 0],
  }
}
