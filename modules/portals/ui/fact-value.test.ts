import { expect, test } from 'vitest'
import { factValueOf } from './fact-value.ts'

test('a typed value is a number, an answer or a word', () => {
  expect(factValueOf('241 000')).toBe(241_000)
  expect(factValueOf('98,6')).toBe(98.6)
  expect(factValueOf(' Да ')).toBe(true)
  expect(factValueOf('no')).toBe(false)
  expect(factValueOf('8.3.24.1467')).toBe('8.3.24.1467')
})
