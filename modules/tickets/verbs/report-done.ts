import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { TicketPorts } from '../tickets.ports.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { announceStep, headOf, stepProcess } from './step-process.ts'

/** What a service task asked for and how it ended: `failed` names the error that a border of the task may catch. */
export interface WorkDone {
  action: string
  /** Only tasks whose action was given these values. */
  params?: Readonly<Record<string, string>>
  failed?: string
}

/**
 * Tells a ticket's process that what its service task waits for has come: the task that asked for this action goes on. Says whether the
 * ticket moved; a ticket that no longer waits there stays where it is.
 */
export async function reportDone(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  work: WorkDone,
): Promise<boolean> {
  const ticket = await ticketsStore.lockTicket(tx, ticketId)
  if (!ticket || ticket.mergedIntoId !== null) return false
  const running = await ports.process.lock(tx, ticketId)
  const taskId = ports.process.waitingService(running, work.action, work.params ?? {})
  if (taskId === null) return false
  const now = await databaseNow(tx)
  const event =
    work.failed === undefined
      ? { type: 'done' as const, taskId }
      : { type: 'failed' as const, taskId, code: work.failed }
  const step = await stepProcess(ports, tx, actor, ticket, running, event, now)
  if (!step.moved) return false
  await announceStep(ports, tx, actor, headOf(step.ticket), step, now)
  await announce(tx, liveOf(ticket, 'ticket.moved'))
  return true
}
