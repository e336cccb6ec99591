import { DAY_MS, type Instant, isoInstant } from '@opora/core'
import { companyZone, databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import { conditionHolds } from './conditions.ts'
import type { ruleTrial, trialReply } from './contract.ts'
import { pastEvents } from './domain/past-ticket.ts'
import { timeValues, valuesOfTickets } from './ticket-values.read-model.ts'
import { emailsOfStaff, historiesSince } from './trial.read-model.ts'
import { describeActions, refuseFaulty } from './verbs/check-rule.ts'

type Trial = z.infer<typeof trialReply>

const SHOWN_MAX = 100

/** What a rule would have done to the tickets of the last days. It reads history, judges, and does nothing. */
export async function tryRule(sql: Queryable, wish: z.infer<typeof ruleTrial>): Promise<Trial> {
  const things = await refuseFaulty(sql, wish)
  const now = await databaseNow(sql)
  const from = now - wish.days * DAY_MS
  const zone = await companyZone(sql)
  const { histories, more } = await historiesSince(sql, from, wish.event)
  const known = await valuesOfTickets(sql, [...histories.keys()])
  const emails = await emailsOfStaff(sql)
  let events = 0
  const hits: { ticketId: number; number: number; at: Instant }[] = []
  for (const [ticketId, facts] of histories) {
    const ticket = known.get(ticketId)
    if (!ticket) continue
    for (const { heard, at, values } of pastEvents(facts, (id) => emails.get(id) ?? null)) {
      if (at < from || heard.event !== wish.event) continue
      events += 1
      const then = { ...ticket.values, ...values, ...timeValues(at, zone), ...heard.data }
      if (conditionHolds(wish.condition, then)) hits.push({ ticketId, number: ticket.number, at })
    }
  }
  hits.sort((a, b) => b.at - a.at || b.ticketId - a.ticketId)
  return {
    ...{ from: isoInstant(from), events, hits: hits.length, more },
    tickets: new Set(hits.map((hit) => hit.ticketId)).size,
    does: describeActions(wish.actions, things),
    items: hits.slice(0, SHOWN_MAX).map((hit) => ({ ...hit, at: isoInstant(hit.at) })),
  }
}
