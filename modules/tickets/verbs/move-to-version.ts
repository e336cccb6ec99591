import { type Actor, writeAudit } from '@opora/access'
import { Refusal } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { announceStep, applyStep, headOf, processFacts } from './step-process.ts'

export interface VersionMoves {
  moved: number[]
  /** Tickets that stay on their own version, with the reason. */
  left: { ticketId: number; ru: string; en: string }[]
}

/** Moves running tickets to another version of their process, on purpose; those that do not fit there stay where they are. */
export async function moveToVersion(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketIds: readonly number[],
  target: { key: string; version: number },
): Promise<VersionMoves> {
  const result: VersionMoves = { moved: [], left: [] }
  // In one order for everybody, so that two who move the same tickets do not wait for each other.
  for (const ticketId of [...new Set(ticketIds)].sort((one, other) => one - other)) {
    try {
      await moveOne(ports, tx, actor, ticketId, target)
      result.moved.push(ticketId)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      result.left.push({ ticketId, ru: error.sentence('ru'), en: error.sentence('en') })
    }
  }
  return result
}

async function moveOne(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  target: { key: string; version: number },
): Promise<void> {
  const ticket = await ticketsStore.lockTicket(tx, ticketId)
  if (!ticket) throw refuseTicket('ticket.not_found')
  const running = await ports.process.lock(tx, ticketId)
  const now = await databaseNow(tx)
  const { contractId } = ticket
  const moved = await ports.process.moveTo(tx, running, { ...target, contractId, facts: processFacts(ticket), now })
  const step = await applyStep(tx, actor, ticket, moved, now)
  await writeAudit(tx, actor, {
    ...{ clientId: ticket.clientId, action: 'ticket.version_moved', objectType: 'ticket', objectId: ticketId },
    detail: target,
  })
  await announceStep(ports, tx, actor, headOf(step.ticket), step, now)
  await announce(tx, liveOf(ticket, 'ticket.moved'))
}
