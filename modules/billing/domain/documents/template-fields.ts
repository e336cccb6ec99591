import { amountInWords } from './amount-in-words.ts'
import { type ClosingDocument, longPaperDate, paperDate, paperSum } from './closing-document.ts'

/** What the texts of a template may name in braces, in the order in which they are offered. */
const FIELDS = {
  номер: ({ number }) => number,
  дата: ({ date }) => longPaperDate(date),
  договор: ({ contract }) => `${contract.title} № ${contract.number}`,
  'дата договора': ({ contract }) => paperDate(contract.date),
  период: ({ serviceFrom, serviceTo }) => `${paperDate(serviceFrom)} – ${paperDate(serviceTo)}`,
  клиент: ({ buyer }) => buyer.name,
  'ИНН клиента': ({ buyer }) => buyer.inn,
  исполнитель: ({ seller }) => seller.name,
  'ИНН исполнителя': ({ seller }) => seller.inn,
  руководитель: ({ head }) => head.name,
  сумма: ({ totals }) => paperSum(totals.grossKopecks),
  'сумма прописью': ({ totals }) => amountInWords(totals.grossKopecks),
  НДС: ({ totals }) => (totals.vatRate === null ? 'без НДС' : paperSum(totals.vatKopecks)),
  'оплатить до': ({ payUntil }) => (payUntil === null ? '—' : paperDate(payUntil)),
} satisfies Record<string, (document: ClosingDocument) => string>

export const TEMPLATE_FIELDS: readonly string[] = Object.keys(FIELDS)

export function templateValues(document: ClosingDocument): Record<string, string> {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, of]) => [name, of(document)]))
}
