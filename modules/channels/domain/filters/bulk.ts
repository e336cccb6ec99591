import type { Filter } from './filter.ts'
import { PASS } from './filter.ts'

const BULK = new Set(['bulk', 'junk', 'list'])

/** Lists and newsletters may hold a question, so they are kept; answering one reaches strangers or starts a loop. */
export const bulkFilter: Filter = {
  name: 'bulk',
  decide(mail) {
    const { listId, hasListUnsubscribe, precedence } = mail.automation
    if (listId !== null) return { verdict: 'mute', reason: 'list' }
    if (precedence !== null && BULK.has(precedence)) return { verdict: 'mute', reason: `precedence_${precedence}` }
    return hasListUnsubscribe ? { verdict: 'mute', reason: 'newsletter' } : PASS
  },
}
