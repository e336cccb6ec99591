import { expect, it } from 'vitest'
import { rehearsalWish } from './designer.contract.ts'
import { heatQuery } from './heat.contract.ts'

it('a period lies in the years that the database keeps', () => {
  const from = '0000-01-01T00:00:00Z'
  expect(heatQuery.safeParse({ from }).success).toBe(false)
  expect(rehearsalWish.safeParse({ key: 'three-lines', xml: '<a/>', from }).success).toBe(false)
  expect(heatQuery.safeParse({ from: '2026-05-18T00:00:00Z' }).success).toBe(true)
})
