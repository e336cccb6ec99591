import { type Actor, can, demandFresh, demandSession, refuseAccess, writeAudit } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import type { GlassRow } from '../glass.read-model.ts'
import { glassStore } from '../glass.store.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { subjectOf } from './load-ticket.ts'
import { headOf } from './step-process.ts'

export const GLASS_MINUTES = 30
// A wish that nobody answered for so long is no longer what it was.
const ASKED_MS = 24 * 3_600_000

export interface Glass {
  id: number
  state: 'waiting' | 'open' | 'refused' | 'over'
}

export function glassState(row: Pick<GlassRow, 'askedAt' | 'decidedAt' | 'endsAt' | 'now'>): Glass['state'] {
  if (row.decidedAt === null) return row.now - row.askedAt > ASKED_MS ? 'over' : 'waiting'
  if (row.endsAt === null) return 'refused'
  return row.endsAt > row.now ? 'open' : 'over'
}

/**
 * Somebody whose role gives no right to read tickets asks to read one, with a reason. Where another administrator or director could give
 * their word it waits for that; where there is none it opens at once, and the trail says "alone".
 */
export async function askGlass(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  wish: { number: number; reason: string },
): Promise<Glass> {
  const { accountId } = demandSession(actor)
  demandFresh(actor)
  const id = await ticketsStore.idOfNumber(tx, wish.number)
  const ticket = id === null ? null : await ticketsStore.lockTicket(tx, id)
  if (!ticket) throw refuseTicket('ticket.not_found')
  if (can(actor, 'ticket.text', await subjectOf(tx, ticket))) throw refuseTicket('ticket.glass_needless')
  const before = await glassStore.present(tx, accountId, ticket.id)
  if (before && glassState(before) !== 'over') return { id: before.id, state: glassState(before) }
  if (before) await glassStore.decide(tx, before.id, { by: accountId, alone: true, minutes: null })
  const { clientId } = ticket
  const glassId = await glassStore.add(tx, { clientId, ticketId: ticket.id, accountId, reason: wish.reason })
  const deciders = await glassStore.deciders(tx, accountId)
  await writeAudit(tx, actor, {
    action: 'ticket.glass_asked',
    objectType: 'ticket',
    objectId: ticket.id,
    clientId,
    detail: { number: ticket.number, reason: wish.reason },
  })
  const now = await databaseNow(tx)
  const told = { actor, ticket: headOf(ticket), glassId, reader: actor.name, reason: wish.reason, now }
  if (deciders.length > 0) {
    await ports.bus.emit(tx, 'ticket.glass', { ...told, step: 'asked', deciders })
    return { id: glassId, state: 'waiting' }
  }
  await open(ports, tx, actor, { glassId, accountId, alone: true }, told)
  return { id: glassId, state: 'open' }
}

/** The second person's word. Nobody gives it to themselves. */
export async function decideGlass(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  glassId: number,
  approve: boolean,
): Promise<Glass> {
  const { accountId } = demandSession(actor)
  demandFresh(actor)
  const row = await glassStore.lock(tx, glassId)
  if (!row) throw refuseTicket('ticket.glass_unknown')
  if (row.accountId === accountId) throw refuseTicket('ticket.glass_own')
  if (glassState(row) !== 'waiting') throw refuseTicket('ticket.glass_decided')
  const ticket = await ticketsStore.readTicket(tx, row.ticketId)
  if (!ticket) throw refuseTicket('ticket.not_found')
  if (!approve) {
    await glassStore.decide(tx, glassId, { by: accountId, alone: false, minutes: null })
    await record(tx, actor, 'ticket.glass_refused', row, false)
    return { id: glassId, state: 'refused' }
  }
  const now = await databaseNow(tx)
  const told = { actor, ticket: headOf(ticket), glassId, reader: row.accountName, reason: row.reason, now }
  await open(ports, tx, actor, { glassId, accountId, alone: false }, told)
  return { id: glassId, state: 'open' }
}

/** The reader is done before the time is over. */
export async function endGlass(tx: Tx, actor: Actor, glassId: number): Promise<Glass> {
  const row = await glassStore.lock(tx, glassId)
  if (!row) throw refuseTicket('ticket.glass_unknown')
  if (row.accountId !== actor.accountId) throw refuseAccess('access.not_allowed')
  await glassStore.end(tx, glassId)
  return { id: glassId, state: 'over' }
}

async function open(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  decided: { glassId: number; accountId: number; alone: boolean },
  told: {
    actor: Actor
    ticket: ReturnType<typeof headOf>
    glassId: number
    reader: string
    reason: string
    now: Instant
  },
): Promise<void> {
  const { glassId, accountId, alone } = decided
  await glassStore.decide(tx, glassId, { by: accountId, alone, minutes: GLASS_MINUTES })
  const row = await glassStore.lock(tx, glassId)
  await record(tx, actor, 'ticket.glass_opened', row!, alone)
  await ports.bus.emit(tx, 'ticket.glass', { ...told, step: 'opened', deciders: [] })
}

function record(tx: Tx, actor: Actor, action: string, row: GlassRow, alone: boolean): Promise<void> {
  return writeAudit(tx, actor, {
    action,
    objectType: 'ticket',
    objectId: row.ticketId,
    clientId: row.clientId,
    alone,
    detail: { number: row.ticketNumber, reader: row.accountId, reason: row.reason, minutes: GLASS_MINUTES },
  })
}
