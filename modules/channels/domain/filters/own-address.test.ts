import { expect, test } from 'vitest'
import { filterFacts, parsedMail } from '../../testkit/letters.ts'
import { ownAddressFilter } from './own-address.ts'

const from = (address: string) => parsedMail({ from: { name: '', address } })

test.each(['support@desk.test', 'Support@desk.test', 'support+rpl_1_2_3@desk.test'])(
  'E14: a letter from our own %s never becomes a request',
  (address) => {
    expect(ownAddressFilter.decide(from(address), filterFacts()).reason).toBe('from_own_address')
  },
)

test('the sender of the envelope counts as well', () => {
  const facts = filterFacts({ envelopeFrom: 'support@desk.test' })
  expect(ownAddressFilter.decide(parsedMail(), facts).verdict).toBe('set_aside')
})

test('a client passes, and so does a letter whose sender cannot be read', () => {
  expect(ownAddressFilter.decide(parsedMail(), filterFacts()).verdict).toBe('pass')
  const facts = filterFacts({ envelopeFrom: null })
  expect(ownAddressFilter.decide(parsedMail({ from: 'unverified' }), facts).verdict).toBe('pass')
})
