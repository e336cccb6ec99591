import type { Kopecks } from '@opora/core'
import type { PaperReference } from './closing-document.ts'

/** Money that came for a contract, with the счёт-фактура that was issued on it as an advance, if one was. */
export interface PaidPart extends PaperReference {
  kopecks: Kopecks
  advance: PaperReference | null
}

/**
 * Payments that came before what is rendered and are settled by it: lines 5 and 5б of its счёт-фактура. Money settles what is rendered in
 * the order in which both came, so that each kopeck is named by one act's papers. `parts` are those received up to the act's date, the
 * earliest first; `renderedBefore` is what earlier acts came to. Source: п. 5 ст. 169 НК, ПП РФ 1137 as of ПП РФ № 26 of 23.01.2026.
 */
export function settledAdvances(
  parts: readonly PaidPart[],
  renderedBefore: Kopecks,
  gross: Kopecks,
): { payments: PaperReference[]; invoices: PaperReference[] } {
  let end = 0
  const settled = parts.filter(({ kopecks }) => {
    const begin = end
    end += kopecks
    return end > renderedBefore && begin < renderedBefore + gross
  })
  return {
    payments: distinct(settled),
    invoices: distinct(settled.flatMap(({ advance }) => (advance === null ? [] : [advance]))),
  }
}

function distinct(papers: readonly PaperReference[]): PaperReference[] {
  const known = new Map(papers.map(({ number, date }) => [`${date} ${number}`, { number, date }]))
  return [...known.values()]
}
