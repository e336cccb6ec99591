import { expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../../testkit/letters.ts'
import { duplicateFilter } from './duplicate.ts'

test('a letter that was taken before is set aside', () => {
  expect(duplicateFilter.decide(parsedMail(), filterFacts({ duplicateOf: '17' }))).toEqual({
    verdict: 'set_aside',
    reason: 'taken_before',
  })
})

test('a new letter passes', () => {
  expect(duplicateFilter.decide(parsedMail(), filterFacts()).verdict).toBe('pass')
})
