import type { Filter } from './filter.ts'
import { PASS } from './filter.ts'

/** One letter, one ticket: also when it came to two of our addresses, or twice. */
export const duplicateFilter: Filter = {
  name: 'duplicate',
  decide: (_mail, facts) => (facts.duplicateOf === null ? PASS : { verdict: 'set_aside', reason: 'taken_before' }),
}
