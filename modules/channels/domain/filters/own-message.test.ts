import { expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../../testkit/letters.ts'
import { ownMessageFilter } from './own-message.ts'

test('a letter of ours that comes back is a loop, whoever sends it', () => {
  expect(ownMessageFilter.decide(parsedMail(), filterFacts({ isOwnMessage: true }))).toEqual({
    verdict: 'set_aside',
    reason: 'own_message_id',
  })
})

test('any other letter passes', () => {
  expect(ownMessageFilter.decide(parsedMail(), filterFacts()).verdict).toBe('pass')
})
