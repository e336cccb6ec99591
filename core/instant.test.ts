import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isoInstant } from './instant.ts'

it('writes every instant as the platform does', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (at) => {
      expect(isoInstant(at.getTime())).toBe(at.toISOString())
    }),
  )
})

it.each([0, -1, -86_400_001, 1_772_344_799_999, 253_402_300_800_000, -62_198_755_200_000, 8_640_000_000_000_000])(
  'writes %d as the platform does',
  (instant) => {
    expect(isoInstant(instant)).toBe(new Date(instant).toISOString())
  },
)

it.each([Number.NaN, Number.POSITIVE_INFINITY, 8_650_000_000_000_000])('refuses %d', (instant) => {
  expect(() => isoInstant(instant)).toThrow(RangeError)
})
