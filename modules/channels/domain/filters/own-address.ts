import { addressKey, withoutPlusTag } from '../mailbox.ts'
import type { Filter } from './filter.ts'
import { PASS } from './filter.ts'

/** One of our own mailboxes never becomes the requester of a ticket. */
export const ownAddressFilter: Filter = {
  name: 'own_address',
  decide(mail, facts) {
    const senders = [mail.from === 'unverified' ? '' : mail.from.address, facts.envelopeFrom ?? '']
    const own = senders.some((sender) => sender !== '' && facts.ownAddresses.has(addressKey(withoutPlusTag(sender))))
    return own ? { verdict: 'set_aside', reason: 'from_own_address' } : PASS
  },
}
