import { expect, test } from 'vitest'
import { openItems } from './checklist.ts'

test('a list is finished when everything required in it is ticked; what is not required holds nobody up', () => {
  const items = [
    { required: true, tickedBy: null },
    { required: true, tickedBy: 'Олег' },
    { required: false, tickedBy: null },
  ]
  expect(openItems(items)).toEqual([{ required: true, tickedBy: null }])
  expect(openItems(items.slice(1))).toEqual([])
  expect(openItems([])).toEqual([])
})
