import type { PdfCell, PdfDefinition, PdfNode } from '@opora/platform/pdf'
import { type ClosingDocument, longPaperDate, paperDate, paperSum } from '../domain/documents/closing-document.ts'
import { shows } from '../domain/documents/paper-template.ts'
import {
  type PaymentOrder,
  paymentCharset,
  paymentString,
  paymentStringFaults,
} from '../domain/documents/payment-string.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import { linesTable } from './paper-lines.ts'
import { GRID, heading, named, paper, partyLine, signature } from './paper-look.ts'
import { paymentQr } from './payment-qr.ts'
import { templateTitle, templateWords } from './template-look.ts'

/** What the buyer's bank is told: the invoice, its date, and the tax inside the sum. */
export function purposeOf(document: ClosingDocument): string {
  const { vatRate, vatKopecks } = document.totals
  const tax = vatRate === null ? 'НДС не облагается' : `В т.ч. НДС ${vatRateName(vatRate)} - ${plainSum(vatKopecks)}`
  return `Оплата по счету № ${document.number} от ${paperDate(document.date)}. ${tax}`
}

function plainSum(kopecks: number): string {
  return `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}`
}

const BANK_NAME_LENGTH = 45

export function paymentOrderOf(document: ClosingDocument): PaymentOrder {
  const { seller, totals } = document
  return {
    name: seller.name,
    account: seller.account,
    // a bank is found by its BIC: a longer name only has to stop at the standard's length
    bank: seller.bankName.slice(0, BANK_NAME_LENGTH),
    bik: seller.bik,
    corrAccount: seller.corrAccount,
    inn: seller.inn,
    kpp: seller.kpp === '' ? null : seller.kpp,
    sumKopecks: totals.grossKopecks,
    purpose: purposeOf(document),
  }
}

/** An invoice: the receiver's bank details as in a payment order, the lines, the sum in words, and the code to pay by. */
export function invoiceDefinition(document: ClosingDocument): PdfDefinition {
  const title = `${templateTitle(document, 'Счёт на оплату')} № ${document.number} от ${longPaperDate(document.date)}`
  const order = paymentOrderOf(document)
  const payable = shows(document, 'code') && paymentStringFaults(order).length === 0
  return paper(document, title, [
    ...(document.payUntil === null || !shows(document, 'due') ? [] : [dueNote(document.payUntil)]),
    bankTable(document),
    heading(title),
    named([
      ['Поставщик', partyLine(document.seller)],
      ['Покупатель', partyLine(document.buyer)],
      ['Основание', `${document.contract.title} № ${document.contract.number} от ${paperDate(document.contract.date)}`],
      ...(shows(document, 'period') ? [periodRow(document)] : []),
    ]),
    ...templateWords(document, 'before'),
    ...linesTable(document, 'Всего к оплате'),
    ...document.notes.map((text): PdfNode => ({ text, margin: [0, 0, 0, 3] })),
    ...templateWords(document, 'after'),
    { stack: [...signatures(document), ...(payable ? [payCode(order, document)] : [])], unbreakable: true },
  ])
}

function periodRow({ serviceFrom, serviceTo }: ClosingDocument): [string, string] {
  return ['Период', `${paperDate(serviceFrom)} – ${paperDate(serviceTo)}`]
}

function dueNote(payUntil: string): PdfNode {
  return {
    text: `Оплатить до ${paperDate(payUntil)}. Оплата счёта означает согласие с объёмом и стоимостью услуг.`,
    fontSize: 8,
    margin: [0, 0, 0, 6],
  }
}

function bankTable({ seller }: ClosingDocument): PdfNode {
  const small = (text: string): PdfNode => ({ text, fontSize: 7.5 })
  const body: PdfCell[][] = [
    [{ stack: [seller.bankName || '—', small('Банк получателя')], colSpan: 2 }, '', 'БИК', seller.bik || '—'],
    [
      { text: `ИНН ${seller.inn || '—'}` },
      { text: `КПП ${seller.kpp || '—'}` },
      'Корр. счёт',
      seller.corrAccount || '—',
    ],
    [{ stack: [seller.name, small('Получатель')], colSpan: 2 }, '', 'Счёт №', seller.account || '—'],
  ]
  return { table: { widths: ['*', '*', 58, 140], body }, layout: GRID, margin: [0, 0, 0, 12] }
}

function signatures({ head, accountant }: ClosingDocument): PdfNode[] {
  return [signature('Руководитель', head), signature('Бухгалтер', accountant)]
}

function payCode(order: PaymentOrder, document: ClosingDocument): PdfNode {
  return {
    columns: [
      paymentQr(paymentString(order), paymentCharset(order)),
      {
        stack: [
          { text: 'Оплата по коду', bold: true },
          {
            text: `Наведите камеру приложения банка: ${paperSum(document.totals.grossKopecks)} руб., реквизиты и назначение заполнятся сами.`,
          },
        ],
        width: '*',
        fontSize: 8.5,
      },
    ],
    columnGap: 14,
    margin: [0, 16, 0, 0],
  }
}
