import { expect, test } from 'vitest'
import type { ClosingDocument } from '../domain/documents/closing-document.ts'
import { sampleDocument, untaxed } from '../domain/documents/document.fixture.ts'
import { paymentString } from '../domain/documents/payment-string.ts'
import { samplePaper } from '../domain/documents/sample-paper.ts'
import { paymentOrderOf } from './invoice-pdf.ts'
import { renderPaper } from './papers.ts'
import { codeOnPage, wordsOfPdf } from './pdf-page.fixture.ts'

/** What each form must name. Source: 402-ФЗ art. 9 (act), ПП РФ 1137 (счёт-фактура), ФНС ММВ-20-3/96@ (УПД). */
const SIDES = ['ООО «Деск»', '9999000013', '770701001', 'ООО «Ромашка»', '5001007329', '500101001']
const FACTURA = [
  ...['(1)', '(1а)', '(2)', '(2а)', '(2б)', '(3)', '(4)', '(5)', '(5а)', '(5б)', '(6)', '(6а)', '(6б)', '(7)', '(8)'],
  'Общество с ограниченной ответственностью «Деск»',
  'Общество с ограниченной ответственностью «Ромашка»',
  '127006, г. Москва, ул. Долгоруковская, д. 1, офис 5',
  '143900, Московская область, г. Балашиха, ул. Советская, д. 3',
  'Российский рубль, 643',
  'Грузоотправитель и его адрес — (3)',
  'Идентификатор государственного контракта (при наличии) — (8)',
  '1 1а 1б 2 2а 3 4 5 6 7 8 9 10 10а 11',
  'Абонентская плата по пакету поддержки — 362 мес 1 89 000,00 89 000,00 без акциза 22% 19 580,00 108 580,00',
  'Работы сверх пакета — 356 ч 1,7 2 000,00 3 400,00 без акциза 22% 748,00 4 148,00',
  'Всего к оплате (9) 92 400,00 X X 20 328,00 112 728,00',
  'Руководитель организации или иное уполномоченное лицо',
  'Главный бухгалтер или иное уполномоченное лицо',
  'без акциза',
  '19 580,00',
  '20 328,00',
  '112 728,00',
  'Орлов В. П.',
  'Тихонова Т. А.',
]
const MUST: [name: string, changes: Partial<ClosingDocument>, said: string[]][] = [
  [
    'invoice',
    { kind: 'invoice' },
    [
      ...SIDES,
      'Счёт на оплату № ДС-000045 от 30 июня 2026 г.',
      'ПАО СБЕРБАНК',
      '044525225',
      '30101810400000000225',
      '40702810200000000001',
      'Договор поддержки № П-12 от 15.01.2026',
      'НДС 22%: 20 328,00',
      'Всего к оплате: 112 728,00',
      'Сто двенадцать тысяч семьсот двадцать восемь рублей 00 копеек',
      'Оплатить до 10.07.2026',
      'Генеральный директор',
      'Орлов В. П.',
      'Тихонова Т. А.',
      'Период 01.06.2026 – 30.06.2026',
      'Итого: 92 400,00',
      'Всего наименований 2, на сумму 112 728,00 руб.',
    ],
  ],
  [
    'invoice without VAT',
    { kind: 'invoice', ...untaxed() },
    ['Без налога (НДС): —', 'НДС не облагается, ст. 145 НК РФ', 'Всего к оплате: 92 400,00'],
  ],
  [
    'act',
    { kind: 'act' },
    [
      ...SIDES,
      'Акт № ДС-000045 от 30 июня 2026 г. об оказании услуг',
      '01.06.2026 – 30.06.2026',
      'Работы сверх пакета 1,7 ч 2 000,00 3 400,00',
      'Всего оказано услуг: 112 728,00',
      'в течение 5 рабочих дней',
      'Генеральный директор',
      'Орлов В. П.',
      'расшифровка подписи',
      'Договор поддержки № П-12 от 15.01.2026',
      'Абонентская плата по пакету поддержки 1 мес 89 000,00 89 000,00',
      'НДС 22%: 20 328,00',
      'Сто двенадцать тысяч семьсот двадцать восемь рублей 00 копеек',
      'Исполнитель Генеральный директор',
      'Заказчик должность',
      'М.П.',
    ],
  ],
  [
    'act without VAT',
    { kind: 'act', ...untaxed() },
    ['Без налога (НДС): —', 'НДС не облагается, ст. 145 НК РФ', 'Всего оказано услуг: 92 400,00'],
  ],
  [
    'report of hours',
    { ...samplePaper('hours') },
    [
      ...SIDES,
      'Отчёт по часам № ДС-000045 от 30 июня 2026 г.',
      'акту № ДС-000045 от 30.06.2026',
      'Договор поддержки № П-12 от 15.01.2026',
      '01.06.2026 – 30.06.2026',
      'Разобран журнал сервера, найден обработчик с ошибкой',
      '02.06.2026 1042 Не открывается карточка сделки',
      'Кузнецов Андрей Диагностика 55 мин 1 ч из часов',
      'Итого, записей: 2 1 ч 46 мин 2 ч 42 мин',
      'Белова Ирина 51 мин 1 ч 42 мин',
    ],
  ],
  [
    'report of hours beside a УПД',
    { ...samplePaper('hours'), shipment: { number: '7', date: '2026-06-30', kind: 'upd' } },
    ['УПД № 7 от 30.06.2026'],
  ],
  [
    'УПД, status 1',
    { kind: 'upd' },
    [
      'Статус: 1',
      ...FACTURA,
      '[8]',
      '[10]',
      '[13]',
      '[15]',
      '[19]',
      'Оказаны услуги за период 01.06.2026 – 30.06.2026',
      '1 – счёт-фактура и передаточный документ (акт)',
      'Договор поддержки № П-12 от 15.01.2026',
      '30 июня 2026 г. Дата отгрузки, передачи (сдачи) [11]',
      'Дата получения (приёмки) [16]',
      'Наименование экономического субъекта',
      ...['[9]', '[12]', '[14]', '[17]', '[18]'],
    ],
  ],
  [
    'УПД, status 2',
    { kind: 'upd', ...untaxed() },
    ['Статус: 2', 'без НДС', 'НДС не облагается, ст. 145 НК РФ', '92 400,00', '[19]'],
  ],
  [
    'счёт-фактура',
    {
      kind: 'factura',
      shipment: { number: '12', date: '2026-06-30' },
      advancePayments: [{ number: '117', date: '2026-06-03' }],
      advanceInvoices: [
        { number: 'А-1', date: '2026-05-03' },
        { number: 'А-2', date: '2026-05-04' },
      ],
    },
    [...FACTURA, 'Акт, № п/п 1-2 № 12 от 30.06.2026', '117 от 03.06.2026', 'А-1 от 03.05.2026; А-2 от 04.05.2026'],
  ],
  [
    'reconciliation',
    {
      kind: 'reconciliation',
      reconciliation: [
        { date: '2026-05-31', title: 'Сальдо', owedKopecks: 100, paidKopecks: 0 },
        { date: '2026-06-30', title: 'Акт № 45', owedKopecks: 11_272_800, paidKopecks: 0 },
        { date: '2026-06-30', title: 'Оплата № 117', owedKopecks: 0, paidKopecks: 5_000_000 },
      ],
    },
    [
      'Сальдо начальное 1,00',
      'Обороты за период 112 728,00 50 000,00',
      'Сальдо конечное 62 729,00',
      'в пользу ООО «Деск» 62 729,00 руб. (Шестьдесят две тысячи',
      'за период 01.06.2026 – 30.06.2026',
      'по договору № П-12 от 15.01.2026',
      '30.06.2026 Акт № 45 112 728,00',
      'От ООО «Деск»',
      'От ООО «Ромашка»',
      '9999000013',
      '5001007329',
    ],
  ],
]

test.each(MUST)('%s is an A4 file that names every field of its form', async (_name, changes, said) => {
  const bytes = await renderPaper(sampleDocument(changes))
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(/\/MediaBox \[0 0 (595\.28 841\.89|841\.89 595\.28)\]/.test(bytes.toString('latin1'))).toBe(true)
  const words = wordsOfPdf(bytes)
  if (words !== null) for (const part of said) expect(words.replaceAll('\u00a0', ' ')).toContain(part)
})

test('a paper made again is the same to the byte', async () => {
  expect(await renderPaper(sampleDocument({ kind: 'upd' }))).toEqual(await renderPaper(sampleDocument({ kind: 'upd' })))
})

test('the form before April 2026 has no line (5б)', async () => {
  const words = wordsOfPdf(await renderPaper(sampleDocument({ kind: 'factura', date: '2026-03-31' })))
  if (words !== null) expect(words).not.toContain('(5б)')
})

test('the code on an invoice is at least 30 mm wide and reads as the standard’s string', async () => {
  const document = sampleDocument()
  const code = codeOnPage(await renderPaper(document))
  expect(code.text).toBe(paymentString(paymentOrderOf(document)))
  expect(code.text).toContain(
    '|Sum=11272800|Purpose=Оплата по счету № ДС-000045 от 30.06.2026. В т.ч. НДС 22% - 20328.00',
  )
  expect(code.sideMm).toBeGreaterThanOrEqual(30)
})

test('an invoice without full bank details has no code rather than a wrong one', async () => {
  const document = sampleDocument()
  const bytes = await renderPaper({ ...document, seller: { ...document.seller, account: '' } })
  expect(codeOnPage(bytes).text).toBe('')
})

test('hundreds of lines break over pages with the head repeated', async () => {
  const document = sampleDocument({ kind: 'act' })
  const lines = Array.from({ length: 300 }, (_, index) => ({ ...document.lines[0]!, number: index + 1 }))
  const words = wordsOfPdf(await renderPaper({ ...document, lines }))
  if (words !== null) expect(words.match(/Наименование работ, услуг/g)!.length).toBeGreaterThan(3)
})
