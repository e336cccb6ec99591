import { expect, test } from 'vitest'
import { lastMonths, monthName, monthQuery } from './months.ts'

test('a month spans from its first instant to the first of the next, over the end of a year too', () => {
  expect(monthQuery('2026-12')).toEqual({
    from: new Date(2026, 11, 1).toISOString(),
    to: new Date(2027, 0, 1).toISOString(),
  })
  expect(monthQuery('2026')).toEqual({})
  expect(monthQuery(undefined)).toEqual({})
})

test('the last months begin with the present one and go over the end of a year', () => {
  const months = lastMonths(3, 'en', new Date(2026, 0, 31))
  expect(months.map((month) => month.value)).toEqual(['2026-01', '2025-12', '2025-11'])
  expect(monthName('2025-12', 'en')).toBe('December 2025')
})
