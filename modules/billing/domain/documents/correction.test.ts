import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClosingDocument } from './closing-document.ts'
import { correctionOf, decreaseOf, type PaperCorrection, presentLines } from './correction.ts'
import { taxDocument } from './document-lines.ts'

const KEYS = ['netKopecks', 'vatKopecks', 'grossKopecks'] as const

/** Papers of small and large lines, at every rate, with VAT inside or on top, taxed by lines or by the total. */
const papers = fc
  .record({
    amounts: fc.array(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1e9 })), {
      minLength: 1,
      maxLength: 6,
    }),
    rate: fc.constantFrom(null, 5, 7, 20, 22),
    place: fc.constantFrom('included' as const, 'on_top' as const),
    vatOfTotal: fc.constantFrom('by_lines' as const, 'by_total' as const),
  })
  .map(({ amounts, ...given }) => {
    const sources = amounts.map((amountKopecks, index) => ({
      title: `строка ${index + 1}`,
      unit: 'service' as const,
      quantityMilli: 1_000,
      priceKopecks: amountKopecks,
      amountKopecks,
      sources: [],
    }))
    return {
      kind: 'act',
      number: '1',
      date: '2026-01-31',
      ...taxDocument(sources, given),
    } as unknown as ClosingDocument
  })
const wishes = fc.array(
  fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1e9 })), { minLength: 6, maxLength: 6 }),
  {
    minLength: 1,
    maxLength: 4,
  },
)

/** Corrections one after another, each lowering some lines by some kopecks of what the last one left. */
function corrected(paper: ClosingDocument, falls: number[][]): PaperCorrection[] {
  const made: PaperCorrection[] = []
  for (const round of falls) {
    const wished = presentLines(paper, made).flatMap((line, index) => {
      const amountKopecks = Math.max(0, line.amountKopecks - round[index]!)
      return amountKopecks < line.amountKopecks ? [{ number: line.number, amountKopecks }] : []
    })
    if (wished.length === 0) continue
    const plan = correctionOf(paper, made, wished, 'проверка')
    if ('faults' in plan) throw new Error(JSON.stringify(plan.faults))
    made.push(plan.correction)
  }
  return made
}

test('however often a paper is corrected, nothing of a correction is below nothing and all of them never exceed the paper', () => {
  fc.assert(
    fc.property(papers, wishes, (paper, falls) => {
      const made = corrected(paper, falls)
      for (const correction of made)
        for (const part of [correction, ...correction.lines])
          for (const key of KEYS) expect(decreaseOf(part)[key]).toBeGreaterThanOrEqual(0)
      for (const key of KEYS) {
        const taken = made.reduce((sum, correction) => sum + decreaseOf(correction)[key], 0)
        const left = presentLines(paper, made).reduce((sum, line) => sum + line[key], 0)
        // the paper less its corrections is what its lines have come to, to the kopeck
        expect(paper.totals[key] - taken).toBe(left)
        expect(left).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 300 },
  )
})

test('net and VAT make the sum with VAT in each part of a correction', () => {
  fc.assert(
    fc.property(papers, wishes, (paper, falls) => {
      for (const { before, after, lines } of corrected(paper, falls))
        for (const one of [before, after, ...lines.flatMap((line) => [line.before, line.after])])
          expect(one.netKopecks + one.vatKopecks).toBe(one.grossKopecks)
    }),
    { numRuns: 200 },
  )
})
