import { type Action, type Actor, systemActor, writeAudit } from '@opora/access'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import { headOf, type TicketHead } from '@opora/tickets'
import type { ChangeRecord } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { changesStore } from '../changes.store.ts'

/** What the board does is done by nobody in particular. */
export const boardActor = (): Actor => systemActor('Коллегия RfC')

export interface Locked {
  ticket: TicketHead
  change: ChangeRecord
}

/** Locks the change by its ticket, always in this order, and judges the right to it; a foreign one is "not found". */
export async function lockChange(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version?: number | null },
  action: Action,
): Promise<Locked> {
  const known = await changesStore.find(tx, given.id)
  if (!known) throw changeRefusals.refuse('change.not_found')
  const ticket = await ports.tickets.lockForAction(tx, actor, known.ticketId, action)
  const change = (await changesStore.find(tx, given.id))!
  if (given.version !== undefined && given.version !== null && given.version !== change.version) {
    throw refuseHttp('http.version_conflict', { details: { currentVersion: change.version } })
  }
  return { ticket: headOf(ticket), change }
}

/** Keeps who did what, and tells the screens. */
export async function noteChange(
  tx: Tx,
  actor: Actor,
  change: Pick<ChangeRecord, 'id' | 'clientId' | 'ticketId'>,
  action: string,
  detail: Record<string, Json> = {},
  alone = false,
): Promise<void> {
  const { id, clientId, ticketId } = change
  await writeAudit(tx, actor, {
    action,
    objectType: 'change',
    objectId: id,
    clientId,
    detail: { ...detail, ticketId },
    ...(alone ? { alone } : {}),
  })
  await announce(tx, { topic: 'change.changed', clientId, ticketId })
}
