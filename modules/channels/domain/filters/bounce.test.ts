import { expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../../testkit/letters.ts'
import { bounceFilter } from './bounce.ts'

test('a delivery report opens no ticket', () => {
  const mail = parsedMail({ bounce: { kind: 'delay', recipients: [], originalMessageId: null } })
  expect(bounceFilter.decide(mail, filterFacts())).toEqual({ verdict: 'report', reason: 'delay' })
})

test('a letter passes', () => {
  expect(bounceFilter.decide(parsedMail(), filterFacts()).verdict).toBe('pass')
})
