import type { Filter } from './filter.ts'
import { PASS } from './filter.ts'

/** A sender who opens tickets faster than people write is a robot: the rest waits for a person. */
export const floodFilter: Filter = {
  name: 'flood',
  decide: (_mail, facts) =>
    facts.ticketsLastHour >= facts.maxTicketsPerHour ? { verdict: 'quarantine', reason: 'too_many_tickets' } : PASS,
}
