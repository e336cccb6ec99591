import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOut } from './share-out.ts'

const weights = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 14 })

test('the parts add up to the whole, whatever its sign, and each is within one of its exact share', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), weights, (whole, by) => {
      const parts = shareOut(whole, by)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole)
      const sum = by.reduce((total, weight) => total + weight, 0)
      if (sum > 0) {
        for (const [index, part] of parts.entries())
          expect(Math.abs(part - (whole * by[index]!) / sum)).toBeLessThan(1.01)
      }
    }),
  )
})

test('who weighs nothing gets nothing, as long as somebody weighs something', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), weights, (whole, by) => {
      fc.pre(by.some((weight) => weight > 0))
      for (const [index, part] of shareOut(whole, by).entries()) if (by[index] === 0) expect(part).toBe(0)
    }),
  )
})

test('100 kopecks over three equal parts are 34, 33 and 33; without weights the first takes all', () => {
  expect(shareOut(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(shareOut(-100, [1, 1, 1])).toEqual([-34, -33, -33])
  expect(shareOut(7, [0, 0])).toEqual([7, 0])
  expect(shareOut(7, [])).toEqual([])
})
