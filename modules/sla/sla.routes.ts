import { type Actor, read, refuseAccess, scopeOf, write } from '@opora/access'
import { isoInstant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { AnyRoute } from '@opora/platform/http'
import { listBreaches } from './breaches.read-model.ts'
import { clockName } from './clock-row.ts'
import type { FoldedTicket } from './clocks-of.ts'
import {
  breachPage,
  breachParams,
  breachQuery,
  breachView,
  causeChange,
  clockParams,
  clockResultsReply,
  clocksReply,
  explanationReply,
  resultExplanationReply,
  ticketParams,
} from './contract.ts'
import type { ClockState } from './domain/clock-state.ts'
import { presentClock, presentExplanation, presentResult } from './present-clock.ts'
import { stepsOf, ticketFor } from './sla.read-model.ts'
import { refuseSla } from './sla.refusals.ts'
import type { Sla } from './sla.service.ts'
import { stepInWords } from './step-words.ts'

/** The provider's side: a ticket's clocks, why they stand as they do, and what was missed. */
export function slaRoutes(sla: Sla): AnyRoute<Actor>[] {
  return [...clockRoutes(sla), ...breachRoutes(sla)]
}

function clockRoutes(sla: Sla): AnyRoute<Actor>[] {
  return [
    read({
      path: '/tickets/:id/clocks',
      summary: 'The clocks of a ticket with the working time that is left',
      tag: 'clocks',
      policy: 'clock.read',
      params: ticketParams,
      replies: clocksReply,
      handle: ({ caller, params, read, locale }) =>
        read(async (sql) => {
          const ticket = await folded(sla, sql, caller, params.id)
          return { items: ticket.clocks.map((clock) => presentClock(clock, ticket, locale)) }
        }),
    }),
    read({
      path: '/tickets/:id/clocks/:metric/:seq/explain',
      summary: 'Why this deadline',
      description:
        'Intervals from registration to now, or to the end of the clock, and of a running one on to its deadline. ' +
        'The counted minutes so far and ahead add up to the target.',
      tag: 'clocks',
      policy: 'clock.read',
      params: clockParams,
      replies: explanationReply,
      handle: ({ caller, params, read, locale }) =>
        read(async (sql) => {
          const ticket = await folded(sla, sql, caller, params.id)
          const clock = oneClock(ticket, params)
          const reader = { locale, zone: caller.zone }
          const taken = await stepsOf(sql, { ticketId: params.id, ...params })
          const steps = taken.map((step) => ({ at: isoInstant(step.at), text: stepInWords(step, locale) }))
          return { clock: presentClock(clock, ticket, locale), ...presentExplanation(clock, ticket, reader), steps }
        }),
    }),
  ]
}

function breachRoutes(sla: Sla): AnyRoute<Actor>[] {
  return [
    read({
      path: '/breaches',
      summary: 'Promises that were not kept, the newest first',
      tag: 'clocks',
      policy: 'breach.read',
      query: breachQuery,
      replies: breachPage,
      handle: ({ caller, query, read, locale }) =>
        read((sql) => listBreaches(sql, sla.timelines, scopeOf(caller, 'breach.read'), query, locale)),
    }),
    write({
      method: 'PUT',
      path: '/breaches/:id/cause',
      summary: 'Write down why a promise was not kept',
      description: "The client's report shows it. The version is 0 while there is no cause.",
      tag: 'clocks',
      policy: 'breach.explain',
      params: breachParams,
      body: causeChange,
      replies: breachView,
      versioned: true,
      handle: ({ tx, caller, params, body, expectedVersion }) =>
        sla.explainBreach(tx, caller, { id: params.id, cause: body.cause, expectedVersion: expectedVersion ?? 0 }),
    }),
  ]
}

/** The client's side: what was promised and what came of it, with the same explanation. */
export function cabinetSlaRoutes(sla: Sla): AnyRoute<Actor>[] {
  return [
    read({
      path: '/cabinet/tickets/:id/clocks',
      summary: 'Promised times of my request and what came of them',
      tag: 'cabinet',
      policy: 'clock.read',
      params: ticketParams,
      replies: clockResultsReply,
      handle: ({ caller, params, read, locale }) =>
        read(async (sql) => {
          const ticket = await folded(sla, sql, contactOnly(caller), params.id)
          return { items: ticket.clocks.map((clock) => presentResult(clock, ticket, locale)) }
        }),
    }),
    read({
      path: '/cabinet/tickets/:id/clocks/:metric/:seq/explain',
      summary: 'Why this promised time',
      tag: 'cabinet',
      policy: 'clock.read',
      params: clockParams,
      replies: resultExplanationReply,
      handle: ({ caller, params, read, locale }) =>
        read(async (sql) => {
          const ticket = await folded(sla, sql, contactOnly(caller), params.id)
          const clock = oneClock(ticket, params)
          const reader = { locale, zone: caller.zone }
          return { clock: presentResult(clock, ticket, locale), ...presentExplanation(clock, ticket, reader) }
        }),
    }),
  ]
}

async function folded(sla: Sla, sql: Queryable, caller: Actor, ticketId: number): Promise<FoldedTicket> {
  const ticket = await ticketFor(sql, caller, 'clock.read', ticketId)
  const [found] = ticket ? await sla.clocksOf(sql, [ticket], ticket.now) : []
  if (!found) throw refuseAccess('access.not_found')
  return found
}

function oneClock(ticket: FoldedTicket, params: { metric: string; seq: number }): ClockState {
  const found = ticket.clocks.find((clock) => clockName(clock) === clockName(params))
  if (!found) throw refuseSla('sla.clock_not_found')
  return found
}

function contactOnly(caller: Actor): Actor {
  if (!caller.contact) throw refuseAccess('access.not_found')
  return caller
}
