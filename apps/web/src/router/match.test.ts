import { expect, test } from 'vitest'
import { matchPath } from './match.ts'

const patterns = ['/desk', '/desk/tickets/$number', '/desk/tickets/new', '/desk/$place/$id/edit']

test('an address finds its page and the values in it', () => {
  expect(matchPath(patterns, '/desk')).toEqual({ index: 0, params: {} })
  expect(matchPath(patterns, '/desk/tickets/42/')).toEqual({ index: 1, params: { number: '42' } })
  expect(matchPath(patterns, '/desk/clients/%D0%B0/edit')).toEqual({ index: 3, params: { place: 'clients', id: 'а' } })
})

test('a page named in words is closer than one with a value in its place', () => {
  expect(matchPath(patterns, '/desk/tickets/new')?.index).toBe(2)
})

test('an address of nobody finds nothing, and broken encoding breaks nothing', () => {
  expect(matchPath(patterns, '/desk/tickets')).toBeNull()
  expect(matchPath(patterns, '/desk/tickets/%E0%A4%A')?.params).toEqual({ number: '%E0%A4%A' })
})
