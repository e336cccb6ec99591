import type { Filter } from './filter.ts'
import { PASS } from './filter.ts'

/** A letter of ours that came back whole is a loop: dropped, whoever sends it. */
export const ownMessageFilter: Filter = {
  name: 'own_message',
  decide: (_mail, facts) => (facts.isOwnMessage ? { verdict: 'set_aside', reason: 'own_message_id' } : PASS),
}
