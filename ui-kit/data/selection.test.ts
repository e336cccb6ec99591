import { expect, test } from 'vitest'
import { selectKeys } from './selection.ts'

const keys = ['a', 'b', 'c', 'd', 'e']

test('a click toggles one row', () => {
  expect([...selectKeys(keys, new Set(['a']), 'b', null, false)]).toEqual(['a', 'b'])
  expect([...selectKeys(keys, new Set(['a', 'b']), 'b', 'a', false)]).toEqual(['a'])
})

test('with shift everything between the last row and this one is selected, in either direction', () => {
  expect([...selectKeys(keys, new Set(['b']), 'd', 'b', true)]).toEqual(['b', 'c', 'd'])
  expect([...selectKeys(keys, new Set(['d']), 'b', 'd', true)].sort()).toEqual(['b', 'c', 'd'])
})
