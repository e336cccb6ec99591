import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysUntil, exhaustionDate } from './exhaustion.ts'

const pace = (overrides: object) => ({
  leftMinutes: 600,
  drawnMinutes: 1_680,
  days: 28,
  today: '2026-03-10',
  ...overrides,
})

test('ten hours at an hour a day last ten days', () => {
  expect(exhaustionDate(pace({}))).toBe('2026-03-20')
  expect(exhaustionDate(pace({ leftMinutes: 0 }))).toBe('2026-03-10')
  expect(exhaustionDate(pace({ drawnMinutes: 0 }))).toBeNull()
  expect(daysUntil('2026-03-10', '2026-03-20')).toBe(10)
  expect(daysUntil('2026-03-10', '2026-03-01')).toBe(-9)
})

test('more left never runs out earlier, and a faster pace never later', () => {
  const left = fc.integer({ min: 0, max: 20_000 })
  const drawn = fc.integer({ min: 1, max: 20_000 })
  const day = (date: string | null) => date ?? '9999-12-31'
  fc.assert(
    fc.property(left, left, drawn, drawn, (a, b, slow, fast) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)]
      expect(
        day(exhaustionDate(pace({ leftMinutes: less, drawnMinutes: slow }))) <=
          day(exhaustionDate(pace({ leftMinutes: more, drawnMinutes: slow }))),
      ).toBe(true)
      const [few, many] = [Math.min(slow, fast), Math.max(slow, fast)]
      expect(
        day(exhaustionDate(pace({ leftMinutes: a, drawnMinutes: many }))) <=
          day(exhaustionDate(pace({ leftMinutes: a, drawnMinutes: few }))),
      ).toBe(true)
    }),
  )
})
