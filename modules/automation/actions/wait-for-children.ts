import { systemActor } from '@opora/access'
import type { Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import type { AutomationPorts } from '../automation.ports.ts'
import { childrenStore } from '../children.store.ts'
import type { Bilingual } from '../domain/rule-words.ts'
import { rulesStore } from '../rules.store.ts'
import type { Deed } from './deed.ts'

export const CHILDREN_TASK = 'automation.children'

/** The process waits where it stands; whoever closes the last child lets it go on. Without an open child it goes on at once. */
export async function waitForChildren(ports: AutomationPorts, tx: Tx, { actor, ticket }: Deed): Promise<Bilingual> {
  await childrenStore.wait(tx, ticket)
  await askAgain(tx, ticket.id)
  const numbers = await childrenStore.openChildren(tx, ticket.id)
  if (numbers.length === 0) return { ru: 'Открытых дочерних нет', en: 'There are no open children' }
  const list = numbers.map((number) => `№ ${number}`).join(', ')
  await ports.tickets.recordFacts(tx, actor, ticket.id, [{ type: 'children_awaited', data: { numbers: list } }])
  return { ru: `Ждёт закрытия: ${list}`, en: `Waits for: ${list}` }
}

/** Looks, in a transaction of its own, whether a ticket still has to wait for its children. */
export async function askAgain(tx: Tx, ticketId: number): Promise<void> {
  await enqueue(tx, CHILDREN_TASK, { ticketId, chain: await rulesStore.chain(tx) })
}

/** A ticket was closed: whoever waits for it looks again. */
export async function childClosed(tx: Tx, ticketId: number): Promise<void> {
  const parentId = await childrenStore.parentOf(tx, ticketId)
  if (parentId !== null) await askAgain(tx, parentId)
}

/** Lets a parent go on that has no open child any more; says whether it did. Twice in a row the second finds nothing to do. */
export async function endWait(ports: AutomationPorts, tx: Tx, ticketId: number): Promise<boolean> {
  if (!(await childrenStore.lockTicket(tx, ticketId))) return false
  if ((await childrenStore.openChildren(tx, ticketId)).length > 0) return false
  const waited = await childrenStore.endWait(tx, ticketId)
  const actor = systemActor()
  if (waited) {
    const moved = await ports.tickets.reportDone(tx, actor, ticketId, { action: 'wait_for_child' })
    if (moved) await ports.tickets.recordFacts(tx, actor, ticketId, [{ type: 'children_closed', data: {} }])
    return moved
  }
  return (
    (await childrenStore.hasChildren(tx, ticketId)) && ports.tickets.tellProcess(tx, actor, ticketId, 'children.closed')
  )
}
