import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { eventsOf } from './clock-facts.ts'
import type { ClockState } from './domain/clock-state.ts'
import type { FactRow } from './domain/events.ts'
import { foldClocks } from './domain/fold.ts'
import { historiesOf, type TicketHistory } from './sla.read-model.ts'
import type { Rules, TimelineCache } from './timeline.ts'

/** A ticket's clocks at a moment, with what they were folded from. */
export interface FoldedTicket extends TicketHistory {
  rules: Rules
  clocks: ClockState[]
}

export function foldFacts(facts: readonly FactRow[], rules: Rules, now: Instant): ClockState[] {
  return foldClocks(eventsOf(facts, rules.book), rules.timeline, rules.book.all(), now)
}

/** Histories folded by the rules of their clients. */
export function foldHistories(
  histories: readonly TicketHistory[],
  rulesFor: (clientId: number) => Rules,
  now: Instant,
): FoldedTicket[] {
  return histories.map((history) => {
    const rules = rulesFor(history.clientId)
    return { ...history, rules, clocks: foldFacts(history.facts, rules, now) }
  })
}

/** The clocks of tickets, replayed from their history: two queries however many tickets. */
export async function clocksOf(
  sql: Queryable,
  timelines: TimelineCache,
  tickets: readonly { id: number; clientId: number }[],
  now: Instant,
): Promise<FoldedTicket[]> {
  const clientIds = [...new Set(tickets.map((ticket) => ticket.clientId))]
  const [rulesFor, histories] = await Promise.all([
    timelines.of(sql, clientIds),
    historiesOf(
      sql,
      tickets.map((ticket) => ticket.id),
    ),
  ])
  return foldHistories(histories, rulesFor, now)
}
