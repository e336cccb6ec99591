import type { ClosingDocument, DocumentKind } from './closing-document.ts'
import { decreaseOf } from './correction.ts'
import { type LineSource, taxDocument } from './document-lines.ts'
import type { HoursRow } from './hours-sheet.ts'
import { taxed } from './vat.ts'

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

const HOURS: HoursRow[] = [
  {
    date: '2026-06-02',
    ticketNumber: '1042',
    ticketTitle: 'Не открывается карточка сделки',
    person: 'Кузнецов Андрей',
    activity: 'Диагностика',
    description: 'Разобран журнал сервера, найден обработчик с ошибкой',
    workedMinutes: 55,
    billableMinutes: 60,
    share: 'из часов',
    explanation: '55 мин, вверх до шага 15 мин',
  },
  {
    date: '2026-06-11',
    ticketNumber: '1051',
    ticketTitle: 'Отчёт по продажам за квартал',
    person: 'Белова Ирина',
    activity: 'Разработка',
    description: '',
    workedMinutes: 51,
    billableMinutes: 102,
    share: 'сверх пакета, вне часов',
    explanation: '51 мин × 2 (вне часов обслуживания)',
  },
]

/** A paper of June 2026 by a payer of the general rate; numbers have right control digits and belong to nobody. */
export function samplePaper(kind: DocumentKind): ClosingDocument {
  return {
    kind,
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
    ...taxDocument(kind === 'hours' || kind === 'reconciliation' || kind === 'correction' ? [] : LINES, {
      rate: 22,
      place: 'on_top',
      vatOfTotal: 'by_lines',
    }),
    exemptText: '',
    payUntil: '2026-07-10',
    acceptanceDays: 5,
    advancePayments: [],
    advanceInvoices: [],
    shipment: kind === 'factura' || kind === 'hours' ? { number: 'ДС-000045', date: '2026-06-30' } : null,
    notes: [],
    reconciliation:
      kind === 'reconciliation'
        ? [
            { date: '2026-06-30', title: 'Акт № ДС-000045 от 30.06.2026', owedKopecks: 11_272_800, paidKopecks: 0 },
            { date: '2026-06-30', title: 'Оплата, п/п № 117 от 30.06.2026', owedKopecks: 0, paidKopecks: 5_000_000 },
          ]
        : null,
    ...(kind === 'hours' ? { hours: HOURS } : {}),
    ...(kind === 'correction' ? correctedSample() : {}),
  }
}

/** An act whose first line fell by a tenth. */
function correctedSample(): Pick<ClosingDocument, 'totals' | 'correction'> {
  const [line] = taxDocument(LINES, { rate: 22, place: 'on_top', vatOfTotal: 'by_lines' }).lines
  const { netKopecks, vatKopecks, grossKopecks, title } = line!
  const before = { netKopecks, vatKopecks, grossKopecks }
  const after = taxed(Math.round(netKopecks * 0.9), 22, 'on_top')
  const lines = [{ number: 1, title, before, after }]
  const of = { kind: 'act' as const, number: 'ДС-000045', date: '2026-06-30' }
  return {
    totals: { vatRate: 22, ...decreaseOf({ before, after }) },
    correction: { of, reason: 'Работы выполнены не в полном объёме', lines, before, after },
  }
}

/** The lines of the sample by somebody who pays no VAT. */
export function untaxedSample(): Pick<ClosingDocument, 'lines' | 'totals' | 'exemptText'> {
  return {
    ...taxDocument(LINES, { rate: null, place: 'included', vatOfTotal: 'by_lines' }),
    exemptText: 'НДС не облагается, ст. 145 НК РФ',
  }
}
