import { expect, test } from 'vitest'
import { addDays, mondayOf } from './week.ts'

test('a week begins on Monday, for a Sunday too', () => {
  expect(mondayOf('2026-03-04')).toBe('2026-03-02')
  expect(mondayOf('2026-03-08')).toBe('2026-03-02')
  expect(mondayOf('2026-03-02')).toBe('2026-03-02')
})

test('days go over the ends of months and years', () => {
  expect(addDays('2025-12-29', 6)).toBe('2026-01-04')
  expect(addDays('2026-03-02', -7)).toBe('2026-02-23')
})
