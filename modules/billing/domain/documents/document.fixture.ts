import type { ClosingDocument } from './closing-document.ts'
import { type LineSource, taxDocument } from './document-lines.ts'

const LINES: LineSource[] = [
  {
    title: 'Абонентская плата по пакету поддержки',
    unit: 'month',
    quantityMilli: 1_000,
    priceKopecks: 8_900_000,
    amountKopecks: 8_900_000,
    sources: [],
  },
  {
    title: 'Работы сверх пакета',
    unit: 'hour',
    quantityMilli: 1_700,
    priceKopecks: 200_000,
    amountKopecks: 340_000,
    sources: [],
  },
]

/** An invoice of June 2026 by a payer of the general rate; numbers have right control digits and belong to nobody. */
export function sampleDocument(changes: Partial<ClosingDocument> = {}): ClosingDocument {
  return {
    kind: 'invoice',
    number: 'ДС-000045',
    date: '2026-06-30',
    month: '2026-06',
    seller: {
      name: 'ООО «Деск»',
      fullName: 'Общество с ограниченной ответственностью «Деск»',
      inn: '9999000013',
      kpp: '770701001',
      ogrn: '1157746000004',
      address: '127006, г. Москва, ул. Долгоруковская, д. 1, офис 5',
      bankName: 'ПАО СБЕРБАНК',
      bik: '044525225',
      account: '40702810200000000001',
      corrAccount: '30101810400000000225',
    },
    buyer: {
      name: 'ООО «Ромашка»',
      fullName: 'Общество с ограниченной ответственностью «Ромашка»',
      inn: '5001007329',
      kpp: '500101001',
      ogrn: '',
      address: '143900, Московская область, г. Балашиха, ул. Советская, д. 3',
      bankName: '',
      bik: '',
      account: '',
      corrAccount: '',
    },
    head: { position: 'Генеральный директор', name: 'Орлов В. П.' },
    accountant: { position: 'Главный бухгалтер', name: 'Тихонова Т. А.' },
    contract: { number: 'П-12', date: '2026-01-15', title: 'Договор поддержки' },
    serviceFrom: '2026-06-01',
    serviceTo: '2026-06-30',
    ...taxDocument(LINES, { rate: 22, place: 'on_top', vatOfTotal: 'by_lines' }),
    exemptText: '',
    payUntil: '2026-07-10',
    acceptanceDays: 5,
    advancePayments: [],
    advanceInvoices: [],
    shipment: null,
    notes: [],
    reconciliation: null,
    ...changes,
  }
}

/** The same lines by somebody who pays no VAT. */
export function untaxed(): Pick<ClosingDocument, 'lines' | 'totals' | 'exemptText'> {
  return {
    ...taxDocument(LINES, { rate: null, place: 'included', vatOfTotal: 'by_lines' }),
    exemptText: 'НДС не облагается, ст. 145 НК РФ',
  }
}
