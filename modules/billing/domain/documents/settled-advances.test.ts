import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PaidPart, settledAdvances } from './settled-advances.ts'

const part = (number: string, kopecks: number, advance: PaidPart['advance'] = null): PaidPart => ({
  number,
  date: '2026-04-03',
  kopecks,
  advance,
})

test('an advance is named by the papers of what it pays for, and by no later ones once it is used up', () => {
  const paid = [part('17', 100, { number: 'А-5', date: '2026-04-05' }), part('18', 50)]
  expect(settledAdvances(paid, 0, 60)).toEqual({
    payments: [{ number: '17', date: '2026-04-03' }],
    invoices: [{ number: 'А-5', date: '2026-04-05' }],
  })
  expect(settledAdvances(paid, 60, 60).payments.map((one) => one.number)).toEqual(['17', '18'])
  expect(settledAdvances(paid, 120, 60).payments.map((one) => one.number)).toEqual(['18'])
  expect(settledAdvances(paid, 150, 60)).toEqual({ payments: [], invoices: [] })
})

test('work that nobody paid for before names nothing', () => {
  expect(settledAdvances([], 0, 500)).toEqual({ payments: [], invoices: [] })
})

test('law: every payment that work has reached is named, and none that it has not', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(amounts, amounts, (paid, acts) => {
      const parts = paid.map((kopecks, index) => part(String(index), kopecks))
      let before = 0
      const named = new Set<string>()
      for (const gross of acts) {
        for (const { number } of settledAdvances(parts, before, gross).payments) named.add(number)
        before += gross
      }
      let begins = 0
      const reached = parts.filter(({ kopecks }) => {
        begins += kopecks
        return begins - kopecks < before
      })
      expect([...named].toSorted()).toEqual(reached.map(({ number }) => number).toSorted())
    }),
  )
})
