import type { Actor } from '@opora/access'
import type { Words } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { checklistInUse, checklistsOfTopic, startedChecklists } from '../checklists.read-model.ts'
import { checklistsStore } from '../checklists.store.ts'
import { openItems } from '../domain/checklist.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { lockForAction } from './load-ticket.ts'

/**
 * Begins a checklist on a ticket: called by a person's route, by a process and by rules. Whoever calls has judged the right; the
 * transaction is of staff or of a job. A list that the ticket has already is left as it is (`started: false`).
 */
export async function startChecklist(
  tx: Tx,
  actor: Actor,
  input: { ticketId: number; checklist: string },
): Promise<{ id: number | null; started: boolean }> {
  const ticket = await ticketsStore.lockTicket(tx, input.ticketId)
  if (!ticket) throw refuseTicket('ticket.not_found')
  const list = await checklistInUse(tx, input.checklist)
  if (!list) throw refuseTicket('ticket.checklist_unknown', { field: 'checklist' })
  const id = await checklistsStore.start(tx, ticket, list, actor)
  if (id === null) return { id, started: false }
  const now = await databaseNow(tx)
  const fact = { type: 'checklist_started', data: { nameRu: list.nameRu, nameEn: list.nameEn } }
  await ticketsStore.insertFacts(tx, ticket, [fact], actor, now)
  await announce(tx, { ...liveOf(ticket, 'ticket.changed'), staffOnly: true })
  return { id, started: true }
}

/** A person begins a list by hand. */
export async function beginChecklist(tx: Tx, actor: Actor, ticketId: number, checklist: string): Promise<void> {
  await lockForAction(tx, actor, ticketId, 'ticket.change')
  await startChecklist(tx, actor, { ticketId, checklist })
}

/** Begins what the topic's requests begin with. */
export async function startTopicChecklists(
  tx: Tx,
  actor: Actor,
  ticketId: number,
  topic: string | null,
): Promise<void> {
  if (topic === null) return
  for (const checklist of await checklistsOfTopic(tx, topic)) await startChecklist(tx, actor, { ticketId, checklist })
}

export interface Tick {
  listId: number
  position: number
  ticked: boolean
}

/** Ticks an item, or takes the tick back: by whom and when is kept, the end of a list and a tick taken back are told in the history. */
export async function tickItem(tx: Tx, actor: Actor, ticketId: number, tick: Tick): Promise<void> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.change')
  const list = (await startedChecklists(tx, ticketId)).find((one) => one.id === tick.listId)
  const item = list?.items.find((one) => one.position === tick.position)
  if (!list || !item) throw refuseTicket('ticket.checklist_item_unknown')
  const now = await databaseNow(tx)
  const by = tick.ticked ? { accountId: actor.accountId, name: actor.name, at: now } : null
  if (!(await checklistsStore.tick(tx, { ticketId, ...tick }, by))) return
  const left = openItems(list.items).filter((one) => one.position !== tick.position)
  const name = { nameRu: list.name.ru, nameEn: list.name.en }
  const facts = [
    ...(tick.ticked ? [] : [{ type: 'checklist_unticked', data: { nameRu: item.ru, nameEn: item.en } }]),
    ...(tick.ticked && item.required && left.length === 0 ? [{ type: 'checklist_finished', data: name }] : []),
  ]
  await ticketsStore.insertFacts(tx, ticket, facts, actor, now)
  await announce(tx, { ...liveOf(ticket, 'ticket.changed'), staffOnly: true })
}

/** What of the begun lists keeps an outcome back; null: no list was begun, so the person's own word counts. */
export async function unfinishedItems(tx: Tx, ticketId: number): Promise<Words[] | null> {
  const lists = await startedChecklists(tx, ticketId)
  if (lists.length === 0) return null
  return lists.flatMap((list) => openItems(list.items)).map(({ ru, en }) => ({ ru, en }))
}
