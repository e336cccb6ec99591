import type { Instant } from '@opora/core'
import type { Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import { movesClocks } from '../clock-facts.ts'
import { mirrorOf, type Rung, rowOf } from '../clock-row.ts'
import { clocksOf, foldFacts } from '../clocks-of.ts'
import type { ClockState } from '../domain/clock-state.ts'
import type { SlaPorts } from '../sla.ports.ts'
import { slaStore } from '../sla.store.ts'
import type { TimelineCache } from '../timeline.ts'

const NOTHING_RUNG: Rung = new Map()

/** Starts the clocks of a new ticket from the facts of its opening: three statements, two of them sent together. */
export async function startClocks(
  ports: SlaPorts,
  timelines: TimelineCache,
  tx: Tx,
  { ticket, facts, now }: TicketEvents['ticket.opened'],
): Promise<void> {
  const rules = (await timelines.of(tx, [ticket.clientId]))(ticket.clientId)
  const clocks = foldFacts(facts.filter(movesClocks), rules, now)
  if (clocks.length > 0) await save(ports, tx, ticket, clocks, NOTHING_RUNG, true)
}

/** Computes a ticket's clocks anew after facts that move them; the ticket is locked by whoever added the facts. */
export async function followFacts(
  ports: SlaPorts,
  timelines: TimelineCache,
  tx: Tx,
  { ticket, facts, now }: TicketEvents['ticket.facts'],
): Promise<void> {
  if (facts.some(movesClocks)) await recompute(ports, timelines, tx, ticket, now)
}

export async function recompute(
  ports: SlaPorts,
  timelines: TimelineCache,
  tx: Tx,
  ticket: { id: number; clientId: number },
  now: Instant,
): Promise<void> {
  const [folded] = await clocksOf(tx, timelines, [ticket], now)
  if (folded) await save(ports, tx, ticket, folded.clocks, folded.rung, false)
}

async function save(
  ports: SlaPorts,
  tx: Tx,
  ticket: { id: number; clientId: number },
  clocks: readonly ClockState[],
  rung: Rung,
  isNew: boolean,
): Promise<void> {
  await Promise.all([
    slaStore.saveClocks(
      tx,
      ticket,
      clocks.map((clock) => rowOf(clock, rung)),
      isNew,
    ),
    ports.mirrorDeadline(tx, ticket.id, mirrorOf(clocks)),
  ])
}
