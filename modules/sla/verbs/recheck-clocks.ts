import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import { type ClockRow, clockName, rowOf } from '../clock-row.ts'
import { clocksOf } from '../clocks-of.ts'
import type { SlaPorts } from '../sla.ports.ts'
import { storedClocks } from '../stored-clocks.read-model.ts'
import type { TimelineCache } from '../timeline.ts'
import { recompute } from './keep-clocks.ts'

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
  const tickets = await sql<{ id: number; clientId: number }[]>`
    select id, client_id from ticket where id > ${options.after ?? 0} order by id limit ${options.limit}`
  const ids = tickets.map((ticket) => ticket.id)
  const now = await databaseNow(sql)
  const [folded, stored] = await Promise.all([clocksOf(sql, timelines, tickets, now), storedClocks(sql, ids)])
  const differences = folded.flatMap(({ ticketId, clocks, rung }) => {
    const replayed = new Map(clocks.map((clock) => [clockName(clock), rowOf(clock, rung)]))
    return compare(ticketId, stored.get(ticketId) ?? new Map(), replayed, now)
  })
  return { checked: ids.length, differences, after: ids.length < options.limit ? null : ids.at(-1)! }
}

function compare(
  ticketId: number,
  stored: ReadonlyMap<string, ClockRow>,
  replayed: ReadonlyMap<string, ClockRow>,
  now: Instant,
): ClockDifference[] {
  const names = new Set([...stored.keys(), ...replayed.keys()])
  return [...names].flatMap((clock): ClockDifference[] => {
    const [a, b] = [stored.get(clock), replayed.get(clock)]
    if (!a || !b) return [{ ticketId, clock, field: 'row', stored: a ?? null, replayed: b ?? null }]
    return (Object.keys(b) as (keyof ClockRow)[])
      .filter((field) => !isPending(field, a, now) && canonical(a[field]) !== canonical(b[field]))
      .map((field) => ({ ticketId, clock, field, stored: a[field], replayed: b[field] }))
  })
}

/** Of an open clock the used minutes are those of its last fact; a breach is written down when its alarm rings. */
function isPending(field: keyof ClockRow, stored: ClockRow, now: Instant): boolean {
  if (field === 'used_minutes') return stored.ended_at === null
  const isToRing = stored.next_alarm_at !== null && Date.parse(stored.next_alarm_at) <= now
  return (field === 'breached_at' || field === 'breached_due_at') && stored.breached_at === null && isToRing
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/**
 * Computes open clocks anew that rest on estimated years, once the years have been loaded: one batch of tickets after `after`.
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
    where t.id > ${options.after} and exists (select 1 from clock c where c.ticket_id = t.id and c.estimated
      and c.state in ('running', 'paused') and c.updated_at < (select max(loaded_at) from production_year))
    order by t.id limit ${options.limit} for no key update of t`
  const now = await databaseNow(tx)
  for (const ticket of tickets) await recompute(ports, timelines, tx, ticket, now)
  return tickets.length < options.limit ? null : tickets.at(-1)!.id
}
