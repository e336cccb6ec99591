import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import type { Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { headOf } from '@opora/tickets'
import { type ChangeRecord, ruleOf } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { changesStore } from '../changes.store.ts'
import type { ChangeWindow, FreezeWish } from '../contract.ts'
import { whyNotPlan } from '../domain/change.ts'
import { type Conflict, conflictsOf } from '../domain/conflicts.ts'
import { windowRows } from '../window-rows.ts'
import { windowsStore } from '../windows.store.ts'
import { lockChange, noteChange } from './load-change.ts'

/** Sets the window of an installation: never inside a freeze; over other changes only when that is meant. */
export async function planWindow(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; window: ChangeWindow },
): Promise<void> {
  const { ticket, change } = await lockChange(ports, tx, actor, given, 'change.install')
  const refused = whyNotPlan(ruleOf(change))
  if (refused) throw changeRefusals.refuse(refused)
  const [from, until] = [Date.parse(given.window.from), Date.parse(given.window.until)]
  if (until <= from) throw changeRefusals.refuse('change.window_backwards', { field: 'until' })
  const now = await databaseNow(tx)
  if (until <= now) throw changeRefusals.refuse('change.window_past', { field: 'until' })
  await windowsStore.lockCalendar(tx)
  const conflicts = await refuseFrozen(tx, { change, number: ticket.number, from, until })
  const overlapping = conflicts.filter((one) => one.kind !== 'freeze')
  if (overlapping.length > 0 && !given.window.acceptConflicts) throw changeRefusals.refuse('change.conflicts')
  const { askClient } = given.window
  await changesStore.update(tx, change.id, {
    stage: 'planned',
    windowFrom: from,
    windowUntil: until,
    windowState: askClient ? 'asked' : 'agreed',
    windowBy: askClient ? null : actor.name,
    windowAt: askClient ? null : now,
    windowComment: '',
  })
  await noteChange(tx, actor, change, 'change.window_planned', { from, until, askClient })
  if (askClient) {
    await ports.bus.emit(tx, 'change.window_asked', { actor, ticket, changeId: change.id, from, until, now })
  }
}

/** Everything in a window's way; refuses what a freeze stops. */
export async function refuseFrozen(
  tx: Tx,
  given: { change: ChangeRecord; number: number; from: Instant; until: Instant },
): Promise<Conflict[]> {
  const { change, number, from, until } = given
  const { clientId, portalId, implementerId } = change
  const window = { changeId: change.id, number, clientId, portalId, implementerId, from, until }
  const others = await windowRows.windows(tx, from, until)
  const freezes = await windowRows.freezes(tx, from, until)
  const conflicts = conflictsOf(window, change.kind === 'emergency', others, freezes)
  for (const one of conflicts) {
    if (one.kind === 'freeze' && one.stops)
      throw changeRefusals.refuse('change.frozen', { params: { reason: one.reason } })
  }
  return conflicts
}

/** The client's word on a window, from the cabinet. */
export async function decideWindow(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; agree: boolean; comment: string },
): Promise<void> {
  const [known] = await tx<
    { ticketId: number; clientId: number }[]
  >`select ticket_id, client_id from change where id = ${given.id}`
  if (!known || !can(actor, 'change.agree_window', { clientId: known.clientId })) {
    throw changeRefusals.refuse('change.not_found')
  }
  const ticket = headOf(await ports.tickets.lockForAction(tx, actor, known.ticketId, 'change.read'))
  const [now] = await tx<{ windowState: string }[]>`select window_state from change where id = ${given.id}`
  if (now?.windowState !== 'asked') throw changeRefusals.refuse('change.window_not_asked')
  await changesStore.decideWindow(tx, given.id, {
    state: given.agree ? 'agreed' : 'declined',
    by: actor.name,
    comment: given.comment,
  })
  const type = given.agree ? 'window_agreed' : 'window_declined'
  await ports.tickets.recordFacts(tx, actor, ticket.id, [{ type, data: { by: actor.name, comment: given.comment } }])
  await noteChange(
    tx,
    actor,
    { id: given.id, clientId: known.clientId, ticketId: known.ticketId },
    given.agree ? 'change.window_agreed' : 'change.window_declined',
    { comment: given.comment },
  )
}

/** Forbids installations at a client, or at all of them, for a time. Returns the id. */
export async function addFreeze(tx: Tx, actor: Actor, wish: FreezeWish): Promise<number> {
  if (!can(actor, 'freeze.change', { clientId: wish.clientId })) throw refuseAccess('access.not_found')
  const [fromAt, untilAt] = [Date.parse(wish.from), Date.parse(wish.until)]
  if (untilAt <= fromAt) throw changeRefusals.refuse('change.freeze_backwards', { field: 'until' })
  if (wish.clientId !== null && !(await windowsStore.clientExists(tx, wish.clientId))) {
    throw refuseAccess('access.not_found')
  }
  await windowsStore.lockCalendar(tx)
  const { clientId, reason, allowsEmergency } = wish
  const id = await windowsStore.insertFreeze(tx, {
    clientId,
    reason,
    allowsEmergency,
    fromAt,
    untilAt,
    createdBy: actor.accountId,
  })
  await writeAudit(tx, actor, {
    action: 'freeze.set',
    objectType: 'freeze_period',
    objectId: id,
    clientId,
    detail: { from: wish.from, until: wish.until, reason },
  })
  await announce(tx, { topic: 'change.changed', clientId })
  return id
}

export async function liftFreeze(tx: Tx, actor: Actor, id: number): Promise<void> {
  const freeze = await windowsStore.freeze(tx, id)
  if (!freeze || !can(actor, 'freeze.change', { clientId: freeze.clientId })) throw refuseAccess('access.not_found')
  await windowsStore.liftFreeze(tx, id)
  await writeAudit(tx, actor, {
    action: 'freeze.lifted',
    objectType: 'freeze_period',
    objectId: id,
    clientId: freeze.clientId,
  })
  await announce(tx, { topic: 'change.changed', clientId: freeze.clientId })
}
