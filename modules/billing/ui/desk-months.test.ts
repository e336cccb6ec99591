import { expect, test } from 'vitest'
import { monthAway } from './desk-months.ts'

test('a month away crosses the year in both directions', () => {
  expect(monthAway('2026-01', -1)).toBe('2025-12')
  expect(monthAway('2026-12', 1)).toBe('2027-01')
  expect(monthAway('2026-03', 0)).toBe('2026-03')
})
