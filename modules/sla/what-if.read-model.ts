import { type Scope, scopeCondition } from '@opora/access'
import { type ContractTerms, versionOn, versionsOf } from '@opora/contracts'
import { civilDateIn, type Instant, type Kopecks } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import { foldHistories } from './clocks-of.ts'
import {
  batchesOf,
  type FiguredTicket,
  type FiguresAsk,
  figuresOfTickets,
  ofWhom,
  type SlaFigure,
  type SlaShare,
  shareOf,
  summed,
} from './figures.read-model.ts'
import { type RulesChange, rulesUnder } from './other-rules.ts'
import { penaltyOfBreaches } from './penalty-of-breaches.ts'
import { historiesOf } from './sla.read-model.ts'
import type { TimelineCache } from './timeline.ts'

/** What a period's real tickets come to under some rules. */
export interface WhatIfSide {
  total: SlaShare
  byMetric: Record<SlaFigure['metric'], SlaShare>
  byPriority: Record<1 | 2 | 3 | 4, SlaShare>
  /** By the penalty rules of each contract; `null` for a reader who sees no money. */
  penaltiesKopecks: Kopecks | null
}

/** A promise with another outcome under the other rules; `null` where one side promises nothing. */
export interface TurnedPromise {
  before: SlaFigure | null
  after: SlaFigure | null
}

export interface WhatIf {
  tickets: number
  before: WhatIfSide
  after: WhatIfSide
  /** The first of those that turn, lost ones before won ones. */
  turned: TurnedPromise[]
  turnedCount: number
}

export interface WhatIfAsk extends FiguresAsk {
  instead: NonNullable<RulesChange['instead']>
  scope: Scope
  withMoney: boolean
  /** Only contracts that were ever on this policy. */
  ofPolicy?: string
}

const LISTED_MAX = 200

/** A period's real tickets as they were promised, and as other rules would have promised them. Nothing is kept. */
export async function whatIf(sql: Queryable, timelines: TimelineCache, ask: WhatIfAsk): Promise<WhatIf> {
  const tickets = await ticketsOfPeriod(sql, ask)
  const clientIds = [...new Set(tickets.map((ticket) => ticket.clientId))]
  const [before, after] = await Promise.all([
    timelines.of(sql, clientIds),
    rulesUnder(sql, timelines.book, clientIds, { instead: ask.instead }),
  ])
  const figures: { before: SlaFigure[]; after: SlaFigure[] } = { before: [], after: [] }
  for (const batch of batchesOf(tickets)) {
    const histories = await historiesOf(
      sql,
      batch.map((ticket) => ticket.id),
    )
    // the last instant of the period: what happened at `to` belongs to the next one
    const fold = (rules: typeof after) => figuresOfTickets(sql, batch, foldHistories(histories, rules, ask.to - 1), ask)
    figures.before.push(...(await fold(before)))
    figures.after.push(...(await fold(after)))
  }
  const contracts = ask.withMoney ? await penaltyTerms(sql, tickets, ask.to - 1) : null
  const turned = turnedBetween(figures.before, figures.after)
  return {
    tickets: tickets.length,
    before: sideOf(figures.before, tickets, contracts),
    after: sideOf(figures.after, tickets, contracts),
    turned: turned.slice(0, LISTED_MAX),
    turnedCount: turned.length,
  }
}

/** Whatever was open at some moment of the period; other rules may promise where nothing was promised. */
async function ticketsOfPeriod(sql: Queryable, ask: WhatIfAsk): Promise<FiguredTicket[]> {
  const { ofPolicy } = ask
  return await sql<FiguredTicket[]>`
    select t.id, t.client_id, t.contract_id, t.number, t.subject from ticket t
    where t.entitlement <> 'not_covered' and ${scopeCondition(sql, ask.scope, { client: sql`t.client_id` })} ${ofWhom(sql, ask)}
      ${ofPolicy === undefined ? sql`` : sql`and exists (select 1 from contract_version v where v.contract_id = t.contract_id and v.terms ->> 'slaPolicyCode' = ${ofPolicy})`}
      and t.registered_at < ${ask.to}::timestamptz and (t.closed_at is null or t.closed_at >= ${ask.from}::timestamptz)
    order by t.number`
}

function sideOf(
  list: SlaFigure[],
  tickets: readonly FiguredTicket[],
  contracts: ReadonlyMap<number, ContractTerms> | null,
): WhatIfSide {
  const { total, byMetric, breaches } = summed(list)
  const of = (priority: number) => shareOf(list.filter((figure) => figure.priority === priority))
  const byPriority = { 1: of(1), 2: of(2), 3: of(3), 4: of(4) }
  return { total, byMetric, byPriority, penaltiesKopecks: contracts && penaltiesOf(breaches, tickets, contracts) }
}

/** Penalties for missed promises, contract by contract, each under its own cap. */
function penaltiesOf(
  breaches: readonly SlaFigure[],
  tickets: readonly FiguredTicket[],
  contracts: ReadonlyMap<number, ContractTerms>,
): Kopecks {
  const contractOf = new Map(tickets.map((ticket) => [ticket.id, ticket.contractId]))
  let sum = 0
  for (const [id, terms] of contracts) {
    const own = breaches.filter((breach) => contractOf.get(breach.ticketId) === id)
    sum += penaltyOfBreaches(terms, own).totalKopecks
  }
  return sum
}

async function penaltyTerms(
  sql: Queryable,
  tickets: readonly FiguredTicket[],
  at: Instant,
): Promise<Map<number, ContractTerms>> {
  const found = new Map<number, ContractTerms>()
  for (const id of new Set(tickets.map((ticket) => ticket.contractId).filter((one) => one !== null))) {
    const versions = await versionsOf(sql, id)
    const terms =
      versions.length === 0 ? null : versionOn(versions, civilDateIn(versions.at(-1)!.terms.zone, at))?.terms
    if (terms && terms.penalties.rules.length > 0) found.set(id, terms)
  }
  return found
}

const WORSE: Record<string, number> = { kept: 2, running: 1, missed: 0 }

function turnedBetween(before: readonly SlaFigure[], after: readonly SlaFigure[]): TurnedPromise[] {
  const nameOf = (figure: SlaFigure) => `${figure.ticketId} ${figure.metric} ${figure.seq}`
  const old = new Map(before.map((figure) => [nameOf(figure), figure]))
  const next = new Map(after.map((figure) => [nameOf(figure), figure]))
  const gain = ({ before: a, after: b }: TurnedPromise) =>
    (WORSE[b?.outcome ?? ''] ?? 1) - (WORSE[a?.outcome ?? ''] ?? 1)
  return [...new Set([...old.keys(), ...next.keys()])]
    .map((name) => ({ before: old.get(name) ?? null, after: next.get(name) ?? null }))
    .filter((turned) => turned.before?.outcome !== turned.after?.outcome)
    .toSorted((a, b) => gain(a) - gain(b))
}
