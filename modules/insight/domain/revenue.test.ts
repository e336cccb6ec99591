import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MonthOfRevenue, marginPermille, revenueOf } from './revenue.ts'

const words = (text: string) => ({ ru: text, en: text })
const plain = (kopecks: number) => ({ netKopecks: kopecks, grossKopecks: kopecks })

function month(overrides: Partial<MonthOfRevenue> = {}): MonthOfRevenue {
  return {
    period: '2026-01',
    lines: [],
    credits: [],
    corrections: [],
    minutesByActivity: new Map(),
    activityOfEntry: () => 'development',
    tax: plain,
    ...overrides,
  }
}
const fee = (sumKopecks: number) => ({
  kind: 'fee',
  title: words('Плата'),
  sumKopecks,
  timeEntryId: null,
  ticketId: null,
})

test('a fee of 1 000 ₽ over 90 minutes of testing and 30 of development is 750 and 250; work stands under its own activity', () => {
  const lines = revenueOf(
    month({
      lines: [
        fee(100_000),
        { kind: 'postpaid', title: words('Сверх'), sumKopecks: 50_000, timeEntryId: '7', ticketId: '3' },
      ],
      credits: [{ title: words('Штраф'), kopecks: 4_000 }],
      minutesByActivity: new Map([
        ['testing', 90],
        ['development', 30],
      ]),
    }),
  )
  expect(lines.map(({ kind, activity, netKopecks }) => [kind, activity, netKopecks])).toEqual([
    ['fee', 'development', 25_000],
    ['fee', 'testing', 75_000],
    ['postpaid', 'development', 50_000],
    ['credit', 'development', -1_000],
    ['credit', 'testing', -3_000],
  ])
  expect(lines[2]).toMatchObject({ ticketId: 3, timeEntryId: 7 })
})

test('a month without work keeps its fee under no activity', () => {
  expect(revenueOf(month({ lines: [fee(100)] }))).toMatchObject([{ activity: '', netKopecks: 100 }])
})

test('nothing is lost or made up: the rows add up to the lines less the credits and the corrections, without VAT and with it', () => {
  const sums = fc.array(fc.integer({ min: 1, max: 1e10 }), { maxLength: 8 })
  const minutes = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: -60, max: 9_000 }))
  fc.assert(
    fc.property(sums, sums, sums, minutes, (fees, credits, lowered, worked) => {
      const tax = (kopecks: number) => ({ netKopecks: kopecks - Math.round(kopecks / 6), grossKopecks: kopecks })
      const rows = revenueOf(
        month({
          lines: fees.map(fee),
          credits: credits.map((kopecks) => ({ title: words('к'), kopecks })),
          corrections: lowered.map((kopecks) => ({ title: words('и'), ...tax(kopecks) })),
          minutesByActivity: new Map(Object.entries(worked)),
          tax,
        }),
      )
      const taken = lowered.map(tax).map((one) => ({ netKopecks: -one.netKopecks, grossKopecks: -one.grossKopecks }))
      const expected = [...[...fees, ...credits.map((kopecks) => -kopecks)].map(tax), ...taken]
      for (const of of ['netKopecks', 'grossKopecks'] as const) {
        expect(rows.reduce((sum, row) => sum + row[of], 0)).toBe(expected.reduce((sum, row) => sum + row[of], 0))
      }
    }),
  )
})

test('a margin is a share of revenue, and none without revenue', () => {
  expect(marginPermille(200_000, 150_000)).toBe(250)
  expect(marginPermille(100_000, 130_000)).toBe(-300)
  expect(marginPermille(0, 100)).toBeNull()
})
