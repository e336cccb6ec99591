import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseKopecks, plainRoubles } from './parse-kopecks.ts'

test('a sum is read with spaces, a comma or a point', () => {
  expect(['1 700', '1700,5', '1 700.05 ₽', '0', ' 12 руб.'].map(parseKopecks)).toEqual([
    170_000, 170_050, 170_005, 0, 1_200,
  ])
  expect(['', '-5', '1,234', 'сто'].map(parseKopecks)).toEqual([null, null, null, null])
})

test('whatever sum is shown for editing is read back the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (amount) => {
      expect(parseKopecks(plainRoubles(amount))).toBe(amount)
    }),
    { numRuns: 200 },
  )
})
