import type { Actor } from '@opora/access'
import { DAY_MS, type Instant, isoInstant, MINUTE_MS } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import type { z } from 'zod'
import { places as placesOf } from './domain/outcomes.ts'
import type { ProcessDefinition } from './domain/process-definition.ts'
import { type Visit, visitsOf, type WaitFigures, waitFigures } from './domain/visits.ts'
import type { heatReply, staysReply } from './heat.contract.ts'
import { refuseProcess } from './process.refusals.ts'
import type { OpenMinutes, ProcessPorts, ProcessService } from './process.service.ts'
import { processStore } from './process.store.ts'
import { type PlaceFactRow, placeFacts, placeFactsOf, type StayPeriod, ticketsInReach } from './stays.read-model.ts'

const FACTS_MAX = 100_000
const LISTED_MAX = 100
const USUAL_DAYS = 30
const PERIOD_MAX_DAYS = 366
const HEAT_LEVELS = 5

export interface MeasuredStay extends Visit {
  ticketId: number
  /** Up to now while the ticket is there. */
  clockMinutes: number
  serviceMinutes: number | null
}

interface PeriodWish {
  from: Instant | null
  to: Instant | null
  clientId: number | null
}

export type Heat = ReturnType<typeof createHeat>

/** Where tickets wait: figures for each place of a process, and the stays behind them. */
export function createHeat(process: ProcessService, ports: Pick<ProcessPorts, 'openMinutes'>) {
  const measured = async (sql: Queryable, key: string, wish: PeriodWish) => {
    const now = await databaseNow(sql)
    const period = periodOf(wish, now)
    const facts = await placeFacts(sql, key, period, FACTS_MAX + 1)
    const stays = await measure(sql, ports, facts, now)
    return { period, more: facts.length > FACTS_MAX, stays: stays.filter((stay) => stay.from < period.to) }
  }
  return {
    /** Figures of stays that began in the period, on the diagram that new tickets begin at. */
    async heat(sql: Queryable, key: string, wish: PeriodWish): Promise<z.infer<typeof heatReply>> {
      const row = await processStore.currentVersion(sql, key)
      if (!row) throw refuseProcess('process.version_not_found')
      const definition = await process.definitionOf(sql, row.id)
      const { period, more, stays } = await measured(sql, key, wish)
      const { from, to } = period
      const head = { key, version: row.version, xml: row.xml, from: isoInstant(from), to: isoInstant(to), more }
      return { ...head, places: figuresOf(definition, stays) }
    },
    /** The stays behind the figures of one place, the longest first; `present`: only those that have not ended. */
    async stays(
      sql: Queryable,
      actor: Actor,
      of: { key: string; place: string },
      wish: PeriodWish & { present: boolean },
    ): Promise<z.infer<typeof staysReply>> {
      const { stays } = await measured(sql, of.key, wish)
      const here = stays
        .filter((stay) => stay.place === of.place && (!wish.present || stay.until === null))
        .sort((one, other) => other.clockMinutes - one.clockMinutes || other.ticketId - one.ticketId)
      const reached = new Map(
        (await ticketsInReach(sql, actor, [...new Set(here.map((stay) => stay.ticketId))])).map((row) => [row.id, row]),
      )
      const seen = here.filter((stay) => reached.has(stay.ticketId))
      const items = seen.slice(0, LISTED_MAX).map((stay) => {
        const { number, subject } = reached.get(stay.ticketId)!
        const { ticketId, clockMinutes, serviceMinutes, from, until } = stay
        const times = { from: isoInstant(from), until: until === null ? null : isoInstant(until) }
        return { ticketId, number, subject, clockMinutes, serviceMinutes, ...times }
      })
      return { items, hidden: here.length - seen.length, more: seen.length - items.length }
    },
  }
}

/** The way of one ticket with the time at each place. */
export async function staysOfTicket(
  sql: Queryable,
  ports: Pick<ProcessPorts, 'openMinutes'>,
  ticketId: number,
): Promise<MeasuredStay[]> {
  return measure(sql, ports, await placeFactsOf(sql, ticketId), await databaseNow(sql))
}

async function measure(
  sql: Queryable,
  ports: Pick<ProcessPorts, 'openMinutes'>,
  facts: readonly PlaceFactRow[],
  now: Instant,
): Promise<MeasuredStay[]> {
  const contracts = [...new Set(facts.map((fact) => fact.contractId))]
  const open: OpenMinutes = (await ports.openMinutes?.(sql, contracts)) ?? (() => null)
  const stays: MeasuredStay[] = []
  for (let at = 0; at < facts.length; ) {
    const first = facts[at]!
    let end = at
    while (facts[end]?.ticketId === first.ticketId) end += 1
    for (const visit of visitsOf(facts.slice(at, end))) {
      const until = visit.until ?? now
      const clockMinutes = Math.max(0, Math.round((until - visit.from) / MINUTE_MS))
      const serviceMinutes = open(first.contractId, visit.from, Math.max(until, visit.from))
      stays.push({ ...visit, ticketId: first.ticketId, clockMinutes, serviceMinutes })
    }
    at = end
  }
  return stays
}

type Place = z.infer<typeof heatReply>['places'][number]

/** Every place of the diagram, and those that only older versions have, as far as somebody stood there. Only stays that have ended are measured. */
function figuresOf(definition: ProcessDefinition, stays: readonly MeasuredStay[]): Place[] {
  const byPlace = new Map<string, MeasuredStay[]>()
  for (const stay of stays) {
    const others = byPlace.get(stay.place)
    if (others) others.push(stay)
    else byPlace.set(stay.place, [stay])
  }
  const drawn = new Map(placesOf(definition).map((place) => [place.id, place.name]))
  const solved = new Set(placesOf(definition).flatMap((place) => (place.clockEffect === 'stop' ? [place.id] : [])))
  const rows = [...new Set([...drawn.keys(), ...byPlace.keys()])].map((place) => {
    const here = byPlace.get(place) ?? []
    const ended = here.filter((stay) => stay.until !== null)
    const service = ended.map((stay) => stay.serviceMinutes).filter((minutes) => minutes !== null)
    return {
      ...{ place, name: drawn.get(place) ?? { ru: place, en: place }, drawn: drawn.has(place) },
      ...{ visits: here.length, present: here.length - ended.length },
      ...{ clock: waitFigures(ended.map((stay) => stay.clockMinutes)), service: waitFigures(service) },
    }
  })
  const hottest = (of: 'clock' | 'service') =>
    Math.max(1, ...rows.map((row) => (solved.has(row.place) ? 0 : (row[of].median ?? 0))))
  const [clockMax, serviceMax] = [hottest('clock'), hottest('service')]
  const level = (place: string, median: number | null, most: number) =>
    median === null || solved.has(place) ? 0 : Math.max(1, Math.ceil((HEAT_LEVELS * median) / most))
  return rows.map(({ clock, service, ...row }) => ({
    ...row,
    ...{ clock: shown(clock), service: shown(service) },
    ...{
      heatClock: level(row.place, clock.median, clockMax),
      heatService: level(row.place, service.median, serviceMax),
    },
  }))
}

function shown({ median, p90, longest }: WaitFigures): Place['clock'] {
  return { median, p90, longest }
}

function periodOf(wish: PeriodWish, now: Instant): StayPeriod {
  const to = wish.to ?? now
  const from = wish.from ?? to - USUAL_DAYS * DAY_MS
  if (from >= to || to - from > PERIOD_MAX_DAYS * DAY_MS) throw refuseProcess('process.period', { field: 'from' })
  return { from, to, clientId: wish.clientId }
}
