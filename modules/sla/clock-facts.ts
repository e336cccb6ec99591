import { type ClockEvent, type ClockEventType, clockEventsOf, type FactRow } from './domain/events.ts'
import { couponCalendar, type RulesBook } from './timeline.ts'

const HEARD: Record<ClockEventType, true> = {
  opened: true,
  entitled: true,
  answered: true,
  answer_undone: true,
  acknowledged: true,
  client_wrote: true,
  paused: true,
  resumed: true,
  priority_changed: true,
  work_around: true,
  kind_changed: true,
  topic_changed: true,
  portal_changed: true,
  licence_class_changed: true,
  contract_changed: true,
  policy_changed: true,
  coupon_spent: true,
  agreed_deadline: true,
  solved: true,
  confirmed: true,
  confirmed_by_silence: true,
  confirm_rejected: true,
  closed: true,
  reopened: true,
  merged: true,
  unmerged: true,
}

/** Types of facts that clocks listen to. */
export const CLOCK_FACT_TYPES = Object.keys(HEARD) as ClockEventType[]

export function movesClocks(fact: { type: string }): boolean {
  return Object.hasOwn(HEARD, fact.type)
}

/**
 * A ticket's history as clocks hear it. What no contract covers waits for entitlement like whoever has to be let in: it is told so
 * instead of a time. A spent coupon counts by the calendar as it was then.
 */
export function eventsOf(facts: readonly FactRow[], book: RulesBook): ClockEvent[] {
  return clockEventsOf(facts.some(needsRules) ? facts.map((fact) => withRules(fact, book)) : facts)
}

const isUncovered = (fact: FactRow) => fact.type === 'opened' && fact.data['entitlement'] === 'not_covered'
const needsRules = (fact: FactRow) => fact.type === 'coupon_spent' || isUncovered(fact)

function withRules(fact: FactRow, book: RulesBook): FactRow {
  const { type, data, at } = fact
  if (type === 'coupon_spent') return { ...fact, data: { ...data, calendarCode: couponCalendar(book, at) } }
  return isUncovered(fact) ? { ...fact, data: { ...data, entitlement: 'waiting' } } : fact
}
