import { expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../../testkit/letters.ts'
import { sizeFilter } from './size.ts'

test('beyond the limit a person decides; at the limit the letter passes', () => {
  const facts = filterFacts({ maxSizeBytes: 1_000 })
  expect(sizeFilter.decide(parsedMail({ sizeBytes: 1_001 }), facts)).toEqual({
    verdict: 'quarantine',
    reason: 'too_big',
  })
  expect(sizeFilter.decide(parsedMail({ sizeBytes: 1_000 }), facts).verdict).toBe('pass')
})
