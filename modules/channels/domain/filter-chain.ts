import { autoReplyFilter } from './filters/auto-reply.ts'
import { bounceFilter } from './filters/bounce.ts'
import { bulkFilter } from './filters/bulk.ts'
import { duplicateFilter } from './filters/duplicate.ts'
import type { Filter, FilterDecision, FilterFacts } from './filters/filter.ts'
import { floodFilter } from './filters/flood.ts'
import { ownAddressFilter } from './filters/own-address.ts'
import { ownMessageFilter } from './filters/own-message.ts'
import { sizeFilter } from './filters/size.ts'
import type { ParsedMail } from './parsed-mail.ts'

/**
 * In this order. Loops first, then what was seen already, then what programs wrote.
 * `flood` looks at new tickets only, so the intake asks it after matching: see `applyFilters`.
 */
export const FILTERS: readonly Filter[] = [
  ownMessageFilter,
  ownAddressFilter,
  duplicateFilter,
  sizeFilter,
  bounceFilter,
  autoReplyFilter,
  bulkFilter,
]

export interface FilterOutcome {
  /** `continue`: on to matching. */
  verdict: 'continue' | 'set_aside' | 'report' | 'quarantine'
  /** The decision that stopped the chain, `null` when none did. */
  stoppedBy: FilterDecision | null
  /** No automatic answer may follow. */
  muted: boolean
  /** Every filter that was asked, for the letter's history. */
  decisions: FilterDecision[]
}

/** Runs the filters until one stops the letter. */
export function applyFilters(
  mail: ParsedMail,
  facts: FilterFacts,
  filters: readonly Filter[] = FILTERS,
): FilterOutcome {
  const decisions: FilterDecision[] = []
  for (const filter of filters) {
    const decision = { filter: filter.name, ...filter.decide(mail, facts) }
    decisions.push(decision)
    if (decision.verdict === 'pass' || decision.verdict === 'mute') continue
    return { verdict: decision.verdict, stoppedBy: decision, muted: true, decisions }
  }
  const muted = decisions.some((decision) => decision.verdict === 'mute')
  return { verdict: 'continue', stoppedBy: null, muted, decisions }
}

/** For a letter that would open a ticket: may its sender open one more this hour? */
export function applyFloodBrake(mail: ParsedMail, facts: FilterFacts): FilterDecision {
  return { filter: floodFilter.name, ...floodFilter.decide(mail, facts) }
}
