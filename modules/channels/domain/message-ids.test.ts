import { expect, test } from 'vitest'
import { messageIdIn, messageIdsIn } from './message-ids.ts'

test('ids are read in their order, without brackets', () => {
  expect(messageIdsIn('<a@x>\n <b@y> (comment) <c@z>')).toEqual(['a@x', 'b@y', 'c@z'])
})

test('where brackets are missing, words with an @ count', () => {
  expect(messageIdsIn('a@x, b@y none')).toEqual(['a@x', 'b@y'])
  expect(messageIdIn('a@x')).toBe('a@x')
})

test('a header without ids gives none', () => {
  expect(messageIdsIn('<>')).toEqual([])
  expect(messageIdIn('')).toBeNull()
  expect(messageIdIn(null)).toBeNull()
})

test('P1: of a flood of ids the newest two hundred are kept', () => {
  const header = Array.from({ length: 5_000 }, (_, i) => `<${i}@x>`).join(' ')
  expect(messageIdsIn(header)).toHaveLength(200)
  expect(messageIdsIn(header).at(-1)).toBe('4999@x')
})
