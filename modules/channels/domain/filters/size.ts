import type { Filter } from './filter.ts'
import { PASS } from './filter.ts'

/** Beyond the limit (a mailbox read by IMAP may hold anything) a person decides. */
export const sizeFilter: Filter = {
  name: 'size',
  decide: (mail, facts) => (mail.sizeBytes > facts.maxSizeBytes ? { verdict: 'quarantine', reason: 'too_big' } : PASS),
}
