import type { Actor } from '@opora/access'
import type { Words } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import { boardStore } from '../board.store.ts'
import { boardRows } from '../board-rows.ts'
import type { ChangeRecord } from '../change-record.ts'
import type { ChangesPorts } from '../changes.ports.ts'
import { changeRefusals } from '../changes.refusals.ts'
import { changesStore } from '../changes.store.ts'
import { seatsFor } from '../domain/board.ts'
import { moveTicket, pressButton } from './decide.ts'
import { boardActor, type Locked, lockChange, noteChange } from './load-change.ts'
import { openAtOnce } from './open-vote.ts'

/** The role whose places are the board's, whatever the diagram calls them. */
const BOARD_ROLE = 'rb'

/** The process put a ticket before the board: its change is on the agenda, or approved by its template. */
export async function onPlaceEntered(
  ports: ChangesPorts,
  tx: Tx,
  event: TicketEvents['ticket.place_entered'],
): Promise<void> {
  const { ticket, place, actor } = event
  if (event.role !== BOARD_ROLE) return
  const authorId = actor.side === 'staff' ? actor.accountId : null
  const change = await changesStore.ensure(tx, ticket, authorId)
  await enterAgenda(ports, tx, actor, { ticket, change }, place)
}

/** Puts a change before the board by hand, whatever its ticket's place. */
export async function putOnAgenda(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null },
): Promise<void> {
  const locked = await lockChange(ports, tx, actor, given, 'change.manage')
  if (locked.change.approval === 'agenda' || locked.change.approval === 'voting') return
  await enterAgenda(ports, tx, actor, locked, locked.change.boardPlace)
}

async function enterAgenda(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  { ticket, change }: Locked,
  place: string | null,
): Promise<void> {
  const members = await boardRows.members(tx)
  const isReview = change.kind === 'emergency'
  await changesStore.update(tx, change.id, {
    approval: 'agenda',
    boardPlace: place,
    needsVote: seatsFor(members, change).length > 0,
    onAgendaAt: await databaseNow(tx),
    decidedAt: null,
    decision: null,
    ...(isReview ? { boardReviewedAt: null } : {}),
  })
  await noteChange(tx, actor, change, 'change.on_agenda', { place })
  const fresh = (await changesStore.find(tx, change.id))!
  if (fresh.kind === 'standard' && (await approveByTemplate(ports, tx, actor, fresh))) return
  if (fresh.needsVote) await openAtOnce(ports, tx, actor, { ticket, change: fresh })
}

/** A standard change was approved when its template was. */
async function approveByTemplate(ports: ChangesPorts, tx: Tx, actor: Actor, change: ChangeRecord): Promise<boolean> {
  const template = change.templateId === null ? null : await boardStore.template(tx, change.templateId)
  if (!template?.approvedAt) return false
  const explanation: Words[] = [
    {
      ru: `Стандартное изменение, одобрено заранее шаблоном «${template.nameRu}».`,
      en: `A standard change, approved beforehand by the template “${template.nameEn}”.`,
    },
  ]
  await changesStore.update(tx, change.id, {
    approval: 'approved',
    decidedAt: await databaseNow(tx),
    decision: explanation,
  })
  await noteChange(tx, actor, change, 'change.approved', { templateId: template.id })
  await moveTicket(ports, tx, change, 'approved', explanation)
  return true
}

/** Sends a change back to whoever wrote it: an open vote is void. */
export async function sendBack(
  ports: ChangesPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; reason: string },
): Promise<void> {
  const { change } = await lockChange(ports, tx, actor, given, 'change.manage')
  if (change.approval !== 'agenda' && change.approval !== 'voting') throw changeRefusals.refuse('change.not_on_agenda')
  await leaveAgenda(tx, change, given.reason)
  await noteChange(tx, actor, change, 'change.sent_back', { reason: given.reason })
  // the button is the board's: its members write no notes of their own
  await pressButton(ports, tx, boardActor(), change, ['rework'], given.reason)
}

/** Takes a change from the agenda without a decision. */
export async function leaveAgenda(tx: Tx, change: Pick<ChangeRecord, 'id'>, reason: string): Promise<void> {
  const open = await boardStore.openRound(tx, change.id)
  if (open) {
    await boardStore.endRound(tx, open.id, { state: 'voided', reason })
    await boardStore.closeSessionIfDone(tx, open.sessionId, '')
  }
  await changesStore.update(tx, change.id, { approval: 'none', onAgendaAt: null })
}
