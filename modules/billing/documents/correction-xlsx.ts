import { amountInWords } from '../domain/documents/amount-in-words.ts'
import { type ClosingDocument, paperDate, paperSum } from '../domain/documents/closing-document.ts'
import { CORRECTION_NAMES, decreaseOf } from '../domain/documents/correction.ts'
import type { TaxedAmount } from '../domain/documents/vat.ts'
import { vatRateName } from '../domain/documents/vat.ts'
import type { XlsxSheet, XlsxValue } from './xlsx-engine.ts'

/** A corrective paper's lines: each before, after and by how much less. */
export function correctionSheet(document: ClosingDocument): XlsxSheet {
  const { of, lines, reason, ...totals } = document.correction!
  const sums = (sum: TaxedAmount): XlsxValue[] => [sum.netKopecks / 100, sum.vatKopecks / 100, sum.grossKopecks / 100]
  const name = CORRECTION_NAMES[of.kind] ?? 'Корректировочный документ'
  return {
    name: 'Корректировка',
    preamble: [
      `${name} № ${document.number} от ${paperDate(document.date)}`,
      `К документу № ${of.number} от ${paperDate(of.date)}`,
      `Исполнитель: ${document.seller.name}, ИНН ${document.seller.inn}`,
      `Заказчик: ${document.buyer.name}, ИНН ${document.buyer.inn || '—'}`,
      `Основание: ${document.contract.title} № ${document.contract.number} от ${paperDate(document.contract.date)}`,
      `Причина: ${reason}`,
      '',
    ],
    columns: [
      { title: '№', width: 6, kind: 'number' },
      { title: 'Наименование работ, услуг', width: 50, kind: 'text' },
      { title: 'Показатель', width: 18, kind: 'text' },
      { title: 'Без НДС', width: 16, kind: 'money' },
      { title: 'НДС', width: 16, kind: 'money' },
      { title: 'С НДС', width: 16, kind: 'money' },
    ],
    rows: lines.flatMap((line): XlsxValue[][] => [
      [line.number, line.title, 'до изменения', ...sums(line.before)],
      [line.number, line.title, 'после изменения', ...sums(line.after)],
      [line.number, line.title, 'уменьшение', ...sums(decreaseOf(line))],
    ]),
    total: [null, 'Уменьшение всего', null, ...sums(decreaseOf(totals))],
    closing: [
      '',
      `Ставка НДС: ${vatRateName(document.totals.vatRate)}`,
      `Стоимость уменьшена на ${paperSum(document.totals.grossKopecks)} руб. (${amountInWords(document.totals.grossKopecks)})`,
    ],
    flowing: true,
  }
}
