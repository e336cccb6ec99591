import fc from 'fast-check'
import { expect, test } from 'vitest'
import { budgetAgainstFact, EVEN, monthsOfPlan, monthsOver } from './budget.ts'

const category = fc.constantFrom('fees', 'training', 'development')
const plan = fc.array(
  fc.record({
    category,
    annualKopecks: fc.nat(1e11),
    seasonality: fc.array(fc.nat(100), { minLength: 12, maxLength: 12 }),
  }),
  { maxLength: 5 },
)
const billed = fc.array(
  fc.record({ category, month: fc.integer({ min: 1, max: 12 }), kopecks: fc.integer({ min: -1e6, max: 1e9 }) }),
  { maxLength: 30 },
)

test('a heading’s months add up to its year: 120 000 ₽ evenly are 10 000 a month; twice the weight is twice the sum', () => {
  expect(monthsOfPlan({ category: 'fees', annualKopecks: 12_000_000, seasonality: [...EVEN] })).toEqual(
    EVEN.map(() => 1_000_000),
  )
  const seasonal = monthsOfPlan({
    category: 'fees',
    annualKopecks: 13_000_000,
    seasonality: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  })
  expect(seasonal.slice(0, 2)).toEqual([2_000_000, 1_000_000])
})

test('every figure is the sum of what it is made of', () => {
  fc.assert(
    fc.property(plan, billed, fc.integer({ min: 0, max: 12 }), (lines, facts, over) => {
      const figures = budgetAgainstFact(lines, facts, over)
      const add = (values: number[]) => values.reduce((sum, value) => sum + value, 0)
      expect(figures.total.annualKopecks).toBe(add(lines.map(({ annualKopecks }) => annualKopecks)))
      expect(figures.total.factKopecks).toBe(add(facts.map(({ kopecks }) => kopecks)))
      expect(figures.total.toDateKopecks).toBe(add(figures.categories.map((one) => one.toDateKopecks)))
      expect(figures.expectedKopecks).toBeGreaterThanOrEqual(figures.total.factKopecks)
      for (const one of figures.categories) {
        expect(one.annualKopecks).toBe(add(one.months.map(({ planKopecks }) => planKopecks)))
        expect(one.factKopecks).toBe(add(one.months.map(({ factKopecks }) => factKopecks)))
      }
    }),
  )
})

test('the year is expected to come to the fact of what is over and the plan of the rest', () => {
  const lines = [{ category: 'fees', annualKopecks: 1_200, seasonality: [...EVEN] }]
  const facts = [
    { category: 'fees', month: 1, kopecks: 150 },
    { category: 'fees', month: 2, kopecks: 90 },
    { category: 'fees', month: 3, kopecks: 40 },
  ]
  expect(budgetAgainstFact(lines, facts, 2)).toMatchObject({
    expectedKopecks: 150 + 90 + 1_000,
    total: { annualKopecks: 1_200, factKopecks: 280, toDateKopecks: 200 },
  })
  expect(budgetAgainstFact(lines, facts, 12).expectedKopecks).toBe(280)
  const more = [...facts, { category: 'fees', month: 3, kopecks: 100 }]
  expect(budgetAgainstFact(lines, more, 2).expectedKopecks).toBe(150 + 90 + 140 + 900)
})

test('how many months of a year are over', () => {
  expect([monthsOver(2026, '2026-03-10'), monthsOver(2025, '2026-03-10'), monthsOver(2027, '2026-03-10')]).toEqual([
    2, 12, 0,
  ])
})
