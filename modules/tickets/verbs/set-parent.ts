import type { Actor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { familyReadModel } from '../family.read-model.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import type { Changed } from './change-ticket.ts'
import { lockForAction } from './load-ticket.ts'

/** Gathers a ticket under a parent of the same client, or takes it out again. Tickets are locked in the order of their ids. */
export async function setParent(tx: Tx, actor: Actor, id: number, parentId: number | null): Promise<Changed> {
  const both = parentId === null ? [id] : [id, parentId].sort((a, b) => a - b)
  for (const one of both) await lockForAction(tx, actor, one, 'ticket.change')
  const ticket = await lockForAction(tx, actor, id, 'ticket.change')
  if (ticket.parentId === parentId) return { id, version: ticket.version }
  const parent = parentId === null ? null : await lockForAction(tx, actor, parentId, 'ticket.change')
  if (parent) {
    if (parent.clientId !== ticket.clientId) throw refuseTicket('ticket.parent_foreign', { field: 'parentId' })
    if (parent.state === 'closed') throw refuseTicket('ticket.closed', { field: 'parentId' })
    if (await familyReadModel.isWithin(tx, parent.id, id))
      throw refuseTicket('ticket.parent_circle', { field: 'parentId' })
  }
  const now = await databaseNow(tx)
  const version = await ticketsStore.updateTicket(tx, id, { parentId })
  const from = ticket.parentId === null ? null : ((await ticketsStore.readTicket(tx, ticket.parentId))?.number ?? null)
  await ticketsStore.insertFacts(
    tx,
    ticket,
    [{ type: 'parent_changed', data: { from, to: parent?.number ?? null } }],
    actor,
    now,
  )
  await announce(tx, liveOf(ticket, 'ticket.changed'))
  if (parent) await announce(tx, liveOf(parent, 'ticket.changed'))
  return { id, version }
}

/** A parent is not solved over the heads of what is gathered under it. */
export async function guardParent(
  tx: Tx,
  before: { state: string },
  after: { id: number; state: string },
): Promise<void> {
  const ends = (state: string) => state === 'confirming' || state === 'closed'
  if (ends(before.state) || !ends(after.state)) return
  const numbers = await familyReadModel.openChildren(tx, after.id)
  if (numbers.length > 0)
    throw refuseTicket('ticket.parent_open_children', {
      params: { numbers: numbers.map((number) => `№ ${number}`).join(', ') },
    })
}
