import { type Scope, scopeCondition } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'
import { eventsOf } from './clock-facts.ts'
import { foldFacts } from './clocks-of.ts'
import { isRunning } from './domain/breach.ts'
import type { ClockState } from './domain/clock-state.ts'
import type { FactRow } from './domain/events.ts'
import { foldClocks } from './domain/fold.ts'
import { breaksBy, type ClockMove, movedMs, movesBetween } from './domain/moves.ts'
import { versionInForce } from './domain/policy.ts'
import { isUnder, namedBy, type RulesChange, type RulesNamed, rulesUnder } from './other-rules.ts'
import { historiesOf } from './sla.read-model.ts'
import type { Rules, TimelineCache } from './timeline.ts'

export interface MovedClock extends ClockMove {
  ticketId: number
  number: number
  subject: string
  client: string
}

/** Which open tickets a change moves, and by how much. */
export interface Moved {
  /** Open tickets that were looked at. */
  tickets: number
  movedTickets: number
  sooner: number
  later: number
  /** Promises that would come into being, and that would be gone. */
  gained: number
  lost: number
  /** Promises that the change itself would break. */
  broken: number
  /** Tickets that would be warned of at other shares, whether they follow the change or not. */
  rewarned: number
  /** Those that this reader may see, the largest moves first. */
  list: MovedClock[]
}

interface OpenTicket {
  id: number
  clientId: number
  contractId: number | null
  number: number
  subject: string
  client: string
  visible: boolean
}

const BATCH = 1_000
const LISTED_MAX = 200

interface Consequence {
  moves: ClockMove[]
  rewarned: boolean
}
const NOT_MOVED: Consequence = { moves: [], rewarned: false }

/**
 * What a change of the rules would do to every open ticket if they all followed it. Nothing is kept; the figures are for all tickets,
 * the list for those in the reader's scope.
 */
export async function movedBy(
  sql: Queryable,
  timelines: TimelineCache,
  change: RulesChange,
  scope: Scope,
): Promise<Moved> {
  const now = await databaseNow(sql)
  const moved: Moved = {
    tickets: 0,
    movedTickets: 0,
    sooner: 0,
    later: 0,
    gained: 0,
    lost: 0,
    broken: 0,
    rewarned: 0,
    list: [],
  }
  for (let after = 0; ; ) {
    const batch = await openTickets(sql, scope, after)
    const found = await movesOf(sql, timelines, batch, change, now)
    for (const ticket of batch) countMoves(moved, ticket, found.get(ticket.id) ?? NOT_MOVED)
    moved.tickets += batch.length
    if (batch.length < BATCH) break
    after = batch.at(-1)!.id
  }
  const weight = (move: MovedClock) => Math.abs(movedMs(move) ?? Number.MAX_SAFE_INTEGER)
  moved.list = moved.list.toSorted((a, b) => weight(b) - weight(a) || a.ticketId - b.ticketId).slice(0, LISTED_MAX)
  return moved
}

/** Of these tickets, those under the named rules that would move if they followed them as they are in force now. */
export async function laggards(
  sql: Queryable,
  timelines: TimelineCache,
  tickets: readonly Pick<OpenTicket, 'id' | 'clientId' | 'contractId'>[],
  named: RulesNamed,
  now: Instant,
): Promise<number[]> {
  const found = await movesOf(sql, timelines, tickets, { named }, now)
  return tickets.flatMap(({ id }) => ((found.get(id) ?? NOT_MOVED).moves.length > 0 ? [id] : []))
}

async function movesOf(
  sql: Queryable,
  timelines: TimelineCache,
  tickets: readonly Pick<OpenTicket, 'id' | 'clientId' | 'contractId'>[],
  change: RulesChange & { named?: RulesNamed },
  now: Instant,
): Promise<Map<number, Consequence>> {
  if (tickets.length === 0) return new Map()
  const clientIds = [...new Set(tickets.map((ticket) => ticket.clientId))]
  const before = await timelines.of(sql, clientIds)
  const after = change.named ? before : await rulesUnder(sql, timelines.book, clientIds, change)
  const named = change.named ?? namedBy(change)
  const touched = tickets.filter(
    ({ clientId, contractId }) =>
      change.years || isUnder(versionInForce(after(clientId).timeline, contractId, now), named),
  )
  const histories = await historiesOf(
    sql,
    touched.map((ticket) => ticket.id),
  )
  return new Map(
    histories.map(({ ticketId, clientId, facts }) => {
      const old = foldFacts(facts, before(clientId), now)
      // new production years count for whatever already rests on them; new versions bind by a fact
      const next = change.years ? foldFacts(facts, after(clientId), now) : following(facts, after(clientId), now)
      const rewarned = change.policy !== undefined && isRewarned(old, foldFacts(facts, after(clientId), now))
      return [ticketId, { moves: movesBetween(old, next), rewarned }]
    }),
  )
}

/** Whether open clocks that keep their promises would be warned of at other shares. */
function isRewarned(before: readonly ClockState[], after: readonly ClockState[]): boolean {
  const kinds = (clocks: readonly ClockState[]) =>
    clocks
      .filter(isRunning)
      .map((clock) => [clock.metric, clock.seq, ...clock.alarms.map((alarm) => alarm.kind)].join(' '))
  return kinds(before).join() !== kinds(after).join()
}

/** The clocks of a ticket that takes over the rules in force now. */
function following(facts: readonly FactRow[], rules: Rules, now: Instant): ClockState[] {
  const last = facts.at(-1)?.id ?? 0
  const events = eventsOf([...facts, { id: last + 1, type: 'policy_changed', at: now, data: {} }], rules.book)
  return foldClocks(events, rules.timeline, rules.book.all(), now)
}

function countMoves(moved: Moved, ticket: OpenTicket, { moves, rewarned }: Consequence): void {
  if (rewarned) moved.rewarned += 1
  if (moves.length > 0) moved.movedTickets += 1
  for (const move of moves) {
    const ms = movedMs(move)
    if (ms !== null && ms < 0) moved.sooner += 1
    if (ms !== null && ms > 0) moved.later += 1
    if (move.before === null) moved.gained += 1
    if (move.after === null) moved.lost += 1
    if (breaksBy(move)) moved.broken += 1
    const { id: ticketId, number, subject, client } = ticket
    if (ticket.visible) moved.list.push({ ...move, ticketId, number, subject, client })
  }
}

async function openTickets(sql: Queryable, scope: Scope, after: number): Promise<OpenTicket[]> {
  return await sql<OpenTicket[]>`
    select t.id, t.client_id, t.contract_id, t.number, t.subject, c.name as client,
      ${scopeCondition(sql, scope, { client: sql`t.client_id` })} as visible
    from ticket t join client c on c.id = t.client_id
    where t.state <> 'closed' and t.merged_into_id is null and t.id > ${after} order by t.id limit ${BATCH}`
}
