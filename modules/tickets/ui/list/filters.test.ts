import { expect, test } from 'vitest'
import type { TicketRow } from '../../contract.ts'
import { activeFilters, listQuery, rowsOf, toggled } from './filters.ts'

test('the address asks for its view, its filters, its words and its order, and for nothing else', () => {
  const search = { view: 'mine', priority: '1,2', q: '  502 ', sort: 'updated', tab: 'x', client: '' }
  expect(listQuery(search)).toEqual({ view: 'mine', priority: '1,2', q: '502', sort: 'updated' })
  expect(listQuery({ sort: 'colour', q: ' ' })).toEqual({})
  expect(activeFilters(search)).toEqual(['priority'])
})

test('a value is switched on and off, and the last one takes the filter with it', () => {
  expect(toggled(undefined, '1')).toBe('1')
  expect(toggled('1', '2')).toBe('1,2')
  expect(toggled('1,2', '1')).toBe('2')
  expect(toggled('2', '2')).toBeNull()
})

test('a ticket that moved between two pages is shown once', () => {
  const row = (id: number) => ({ id }) as TicketRow
  expect(rowsOf([{ items: [row(1), row(2)] }, { items: [row(2), row(3)] }])?.map((one) => one.id)).toEqual([1, 2, 3])
  expect(rowsOf(undefined)).toBeUndefined()
})
