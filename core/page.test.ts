import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor, pageOf } from './index.ts'

test('a page’s cursor leads to its last row, whatever the row is called', () => {
  const rows = [
    { name: 'Ёлка 🎄', id: 1 },
    { name: 'б', id: 2 },
  ]
  const page = pageOf(rows, 1, (row) => [row.name, row.id])
  expect(page.items).toEqual([rows[0]])
  expect(decodeCursor(page.nextCursor ?? '', 2)).toEqual(['Ёлка 🎄', 1])
  expect(pageOf(rows, 2, (row) => [row.id]).nextCursor).toBeNull()
})

test('a cursor made by hand is none: another length, another shape, numbers that are no id and no instant', () => {
  for (const values of [[], [1], [1, 2, 3], [1, true], [1, [2]], [1, 1.5], [1, 1e300], [1, 8.65e15]]) {
    expect(decodeCursor(encodeCursor(values as number[]), 2)).toBeNull()
  }
  for (const text of ['', '!!!', 'AAAA', encodeCursor([1, 2]).slice(1)]) expect(decodeCursor(text, 2)).toBeNull()
  expect(decodeCursor(encodeCursor([null, 8.64e15]), 2)).toEqual([null, 8.64e15])
})
