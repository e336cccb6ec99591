import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import { type ClockRow, clockName, rowOf } from '../clock-row.ts'
import { foldHistories } from '../clocks-of.ts'
import type { SlaPorts } from '../sla.ports.ts'
import { historiesOf, type TicketHistory } from '../sla.read-model.ts'
import { storedClocks } from '../stored-clocks.read-model.ts'
import type { Rules, TimelineCache } from '../timeline.ts'
import { recompute } from './keep-clocks.ts'

const NO_CLOCKS: ReadonlyMap<string, ClockRow> = new Map()

export interface ClockDifference {
  ticketId: number
  clock: string
  /** A column of the clock's row, or `row` where one side has no such clock. */
  field: string
  stored: unknown
  replayed: unknown
}

export interface Recheck {
  checked: number
  differences: ClockDifference[]
  /** Go on after this ticket; `null` when all have been looked at. */
  after: number | null
}

/** Replays tickets from their history and compares what comes out with what is stored: there must be no difference. */
export async function recheckClocks(
  sql: Queryable,
  timelines: TimelineCache,
  options: { limit: number; after?: number },
): Promise<Recheck> {
  return replayed(await loadBatch(sql, timelines, options.limit, options.after ?? 0))
}

/** All of it, batch by batch: the next one is read while this one is counted. */
export async function* recheckAll(
  sql: Queryable,
  timelines: TimelineCache,
  options: { batch: number; after?: number },
): AsyncGenerator<Recheck> {
  let next: Promise<Loaded> | null = loadBatch(sql, timelines, options.batch, options.after ?? 0)
  while (next) {
    const loaded: Loaded = await next
    next = loaded.after === null ? null : loadBatch(sql, timelines, options.batch, loaded.after)
    // whoever reads the batches hears of a failure when it is their turn
    next?.catch(() => {})
    yield replayed(loaded)
  }
}

interface Loaded {
  now: Instant
  rulesFor: (clientId: number) => Rules
  histories: TicketHistory[]
  stored: Map<number, Map<string, ClockRow>>
  after: number | null
}

async function loadBatch(sql: Queryable, timelines: TimelineCache, limit: number, after: number): Promise<Loaded> {
  const tickets = await sql<{ id: number; clientId: number }[]>`
    select id, client_id from ticket where id > ${after} order by id limit ${limit}`
  const ids = tickets.map((ticket) => ticket.id)
  const clientIds = [...new Set(tickets.map((ticket) => ticket.clientId))]
  const [now, rulesFor, histories, stored] = await Promise.all([
    databaseNow(sql),
    timelines.of(sql, clientIds),
    historiesOf(sql, ids),
    storedClocks(sql, ids),
  ])
  return { now, rulesFor, histories, stored, after: ids.length < limit ? null : ids.at(-1)! }
}

function replayed({ now, rulesFor, histories, stored, after }: Loaded): Recheck {
  const differences = foldHistories(histories, rulesFor, now).flatMap(({ ticketId, clocks, rung }) => {
    const rows = new Map(clocks.map((clock) => [clockName(clock), rowOf(clock, rung)]))
    return compare(ticketId, stored.get(ticketId) ?? NO_CLOCKS, rows, now)
  })
  return { checked: histories.length, differences, after }
}

function compare(
  ticketId: number,
  stored: ReadonlyMap<string, ClockRow>,
  replayed: ReadonlyMap<string, ClockRow>,
  now: Instant,
): ClockDifference[] {
  const names =
    stored.size === replayed.size ? [...replayed.keys()] : [...new Set([...stored.keys(), ...replayed.keys()])]
  return names.flatMap((clock): ClockDifference[] => {
    const [a, b] = [stored.get(clock), replayed.get(clock)]
    if (!a || !b) return [{ ticketId, clock, field: 'row', stored: a ?? null, replayed: b ?? null }]
    return (Object.keys(b) as (keyof ClockRow)[])
      .filter((field) => !isSame(a[field], b[field]) && !isPending(field, a, now))
      .map((field) => ({ ticketId, clock, field, stored: a[field], replayed: b[field] }))
  })
}

/** Of an open clock the used minutes are those of its last fact; a breach is written down when its alarm rings. */
function isPending(field: keyof ClockRow, stored: ClockRow, now: Instant): boolean {
  if (field === 'used_minutes') return stored.ended_at === null
  const isToRing = stored.next_alarm_at !== null && Date.parse(stored.next_alarm_at) <= now
  return (field === 'breached_at' || field === 'breached_due_at') && stored.breached_at === null && isToRing
}

/** By content; most values are plain, and need no text to be compared. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/**
 * Computes open clocks anew once production years have been loaded, in the place of estimated or of changed ones: one batch of tickets after `after`.
 * Answers the last ticket of a full batch, to go on after it; `null` when there are no more.
 */
export async function refreshEstimated(
  ports: SlaPorts,
  timelines: TimelineCache,
  tx: Tx,
  options: { limit: number; after: number },
): Promise<number | null> {
  const tickets = await tx<{ id: number; clientId: number }[]>`
    select t.id, t.client_id from ticket t
    where t.id > ${options.after} and exists (select 1 from clock c where c.ticket_id = t.id
      and c.state in ('running', 'paused') and c.updated_at < (select max(loaded_at) from production_year))
    order by t.id limit ${options.limit} for no key update of t`
  const now = await databaseNow(tx)
  for (const ticket of tickets) await recompute(ports, timelines, tx, ticket, now)
  return tickets.length < options.limit ? null : tickets.at(-1)!.id
}
