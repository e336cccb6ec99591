import { expect, test } from 'vitest'
import { isOfTopics } from './live.ts'

test('a topic hears what is below it and nothing that only begins alike', () => {
  expect(isOfTopics({ topic: 'ticket.changed' }, ['ticket'])).toBe(true)
  expect(isOfTopics({ topic: 'ticket' }, ['ticket'])).toBe(true)
  expect(isOfTopics({ topic: 'tickets' }, ['ticket'])).toBe(false)
  expect(isOfTopics({ topic: 'notice' }, ['ticket.changed'])).toBe(false)
})

test('after a lost connection everybody asks again', () => {
  expect(isOfTopics({ topic: 'reconnected' }, ['notice'])).toBe(true)
})
