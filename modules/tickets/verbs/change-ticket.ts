import { type Actor, can, refuseAccess } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Json, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import type { TicketChange } from '../contract.ts'
import { dictionariesReadModel } from '../dictionaries.read-model.ts'
import type { TicketFact } from '../domain/apply-commands.ts'
import { nameFacts, namesOf } from '../named.read-model.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'
import { liveOf } from './add-message.ts'
import { startTopicChecklists } from './checklists.ts'
import { factsOfCustom, refuseCustom, wordsOfCustom } from './custom-fields.ts'
import { lockForAction } from './load-ticket.ts'
import { markAgain } from './mark-form.ts'
import { headOf } from './step-process.ts'

export interface Changed {
  id: number
  version: number
}

/** Changes of these move the targets of the clocks, each under its own kind of fact. */
const CLOCK_FACTS: Partial<Record<keyof TicketChange, string>> = {
  priority: 'priority_changed',
  kind: 'kind_changed',
  topic: 'topic_changed',
  portalId: 'portal_changed',
}

/** Changes a ticket's fields. `expectedVersion` is what the person has seen: a later change of somebody else is told, not overwritten. */
export async function changeTicket(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  expectedVersion: number | null,
  change: TicketChange,
): Promise<Changed> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.change')
  refuseStale(ticket, expectedVersion)
  const now = await databaseNow(tx)
  await refuseUnknown(tx, ticket, change)
  const own = change.custom ? await factsOfCustom(tx, ticket.custom, change.custom) : []
  const facts = [...factsOfChange(ticket, change), ...own]
  if (facts.length === 0) return { id: ticketId, version: ticket.version }
  const { custom, ...plain } = change
  const patch = { ...plain, ...(custom ? { custom: tx.json({ ...ticket.custom, ...custom } as Json) } : {}) }
  let coverage: Record<string, unknown> = {}
  if (change.portalId !== undefined || change.contactId !== undefined || change.topic !== undefined)
    coverage = await coverAgain(ports, tx, ticket, change, now, facts)
  const version = await ticketsStore.updateTicket(tx, ticketId, { ...patch, ...coverage })
  if (custom) await ticketsStore.addToSearch(tx, ticket, await wordsOfCustom(tx, custom), false)
  if (change.topic !== undefined || change.portalId !== undefined)
    await markAgain(tx, ticketId, change.topic !== undefined && change.topic !== ticket.topic)
  if (change.topic !== undefined && actor.side === 'staff')
    await startTopicChecklists(tx, actor, ticketId, change.topic)
  const kept = await ticketsStore.insertFacts(tx, ticket, await nameFacts(tx, facts), actor, now)
  const after = { ...ticket, ...plain, ...coverage, version } as TicketRecord
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: headOf(after), facts: kept, now })
  await announce(tx, liveOf(ticket, 'ticket.changed'))
  return { id: ticketId, version }
}

/** Another portal, asker or topic may be covered by another contract, or by none. */
async function coverAgain(
  ports: TicketPorts,
  tx: Tx,
  ticket: TicketRecord,
  change: TicketChange,
  now: number,
  facts: TicketFact[],
): Promise<Record<string, unknown>> {
  const value = <K extends 'portalId' | 'contactId' | 'topic'>(name: K) =>
    (change[name] === undefined ? ticket[name] : (change[name] ?? null)) as TicketRecord[K]
  const answer = await ports.coverageOf(tx, {
    clientId: ticket.clientId,
    contactId: value('contactId'),
    portalId: value('portalId'),
    channel: ticket.channel,
    topic: value('topic'),
    priority: change.priority ?? ticket.priority,
    couponApplied: false,
    at: now,
  })
  if (answer.entitlement === 'covered' && ticket.entitlement !== 'covered')
    facts.push({ type: 'entitled', data: { contractId: answer.contractId } })
  if (answer.licenceClass !== ticket.licenceClass)
    facts.push({ type: 'licence_class_changed', data: { from: ticket.licenceClass, to: answer.licenceClass } })
  if (answer.contractId !== ticket.contractId)
    facts.push({ type: 'contract_changed', data: { from: ticket.contractId, to: answer.contractId } })
  return {
    contractId: answer.contractId,
    entitlement: answer.entitlement,
    licenceClass: answer.licenceClass,
    entitlementReason: answer.reason === null ? null : tx.json(answer.reason),
  }
}

export function refuseStale(ticket: { version: number }, expectedVersion: number | null): void {
  if (expectedVersion !== null && expectedVersion !== ticket.version) {
    throw refuseHttp('http.version_conflict', { field: 'If-Match', details: { currentVersion: ticket.version } })
  }
}

function factsOfChange(ticket: TicketRecord, change: TicketChange): TicketFact[] {
  const facts: TicketFact[] = []
  for (const [name, value] of Object.entries(change) as [keyof TicketChange, unknown][]) {
    // own fields tell each of itself
    if (value === undefined || name === 'custom') continue
    const before = (ticket as unknown as Record<string, unknown>)[name] ?? null
    if (JSON.stringify(before) === JSON.stringify(value)) continue
    facts.push({
      type: CLOCK_FACTS[name] ?? 'field_changed',
      data: { field: name, from: told(before), to: told(value) },
    })
  }
  return facts
}

/** A value as history keeps it: lists as their members, anything deeper as JSON. */
function told(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  const flat = Array.isArray(value) && value.every((one) => typeof one === 'string')
  return flat ? value.join(', ') : JSON.stringify(value)
}

async function refuseUnknown(tx: Tx, ticket: TicketRecord, change: TicketChange): Promise<void> {
  if (change.portalId && !(await ticketsStore.portalExists(tx, ticket.clientId, change.portalId)))
    throw refuseTicket('ticket.portal_unknown', { field: 'portalId' })
  if (change.contactId && !(await ticketsStore.contactExists(tx, ticket.clientId, change.contactId)))
    throw refuseTicket('ticket.contact_unknown', { field: 'contactId' })
  if (change.topic && !(await ticketsStore.topicExists(tx, change.topic)))
    throw refuseTicket('ticket.topic_unknown', { field: 'topic' })
  const isOther = change.category !== undefined && change.category !== ticket.category
  if (isOther && change.category && !(await dictionariesReadModel.entryName(tx, 'category', change.category)))
    throw refuseTicket('ticket.category_unknown', { field: 'category' })
  if (change.custom) await refuseCustom(tx, change.topic === undefined ? ticket.topic : change.topic, change.custom)
}

/** Gives the ticket to a person, or to nobody. Only somebody who serves the client and holds a role of the provider can get it. */
export async function assignTicket(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  expectedVersion: number | null,
  accountId: number | null,
): Promise<Changed> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.assign')
  refuseStale(ticket, expectedVersion)
  if (accountId === ticket.assigneeId) return { id: ticketId, version: ticket.version }
  if (accountId !== null && !(await ticketsStore.maybeAssigned(tx, accountId, ticket.clientId)))
    throw refuseTicket('ticket.assignee_unknown', { field: 'accountId' })
  const now = await databaseNow(tx)
  const version = await ticketsStore.updateTicket(tx, ticketId, { assigneeId: accountId })
  const names = await namesOf(tx, ticket.assigneeId, accountId)
  const facts: TicketFact[] = [{ type: 'assigned', data: { from: ticket.assigneeId, to: accountId, ...names } }]
  // whoever takes what monitoring opened has reacted to it
  const reacts = ticket.channel === 'monitoring' && ticket.assigneeId === null && accountId !== null
  if (reacts) facts.push({ type: 'acknowledged', data: {} })
  const kept = await ticketsStore.insertFacts(tx, ticket, facts, actor, now)
  const head = headOf({ ...ticket, assigneeId: accountId })
  if (reacts) await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: head, facts: kept, now })
  await ports.bus.emit(tx, 'ticket.assigned', { actor, ticket: head, accountId, now })
  await announce(tx, liveOf(ticket, 'ticket.changed'))
  return { id: ticketId, version }
}

/** The responsible contact (or the provider on their word) lets a request in that had no right of its own: its clocks start now. */
export async function entitleTicket(ports: TicketPorts, tx: Tx, actor: Actor, ticketId: number): Promise<Changed> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.act')
  if (actor.contact && !actor.contact.responsible) throw refuseAccess('access.not_allowed')
  if (!actor.contact && !can(actor, 'ticket.change', { clientId: ticket.clientId }))
    throw refuseAccess('access.not_allowed')
  if (ticket.entitlement !== 'waiting') return { id: ticketId, version: ticket.version }
  const now = await databaseNow(tx)
  const version = await ticketsStore.updateTicket(tx, ticketId, { entitlement: 'covered', entitlementReason: null })
  const facts = await ticketsStore.insertFacts(tx, ticket, [{ type: 'entitled', data: { by: actor.name } }], actor, now)
  await ports.bus.emit(tx, 'ticket.facts', { actor, ticket: headOf({ ...ticket, entitlement: 'covered' }), facts, now })
  await announce(tx, liveOf(ticket, 'ticket.changed'))
  return { id: ticketId, version }
}

/** A person was confirmed or a contract changed: requests that waited for their right are asked about again. */
export async function coverWaiting(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  of: { clientId: number; contactId?: number },
): Promise<number> {
  const now = await databaseNow(tx)
  let entitled = 0
  for (const id of await ticketsStore.waitingForEntitlement(tx, of)) {
    const ticket = await ticketsStore.lockTicket(tx, id)
    if (!ticket) continue
    const facts: TicketFact[] = []
    const patch = await coverAgain(ports, tx, ticket, {}, now, facts)
    if (facts.length === 0) continue
    const version = await ticketsStore.updateTicket(tx, id, patch)
    const kept = await ticketsStore.insertFacts(tx, ticket, facts, actor, now)
    await ports.bus.emit(tx, 'ticket.facts', {
      actor,
      ticket: headOf({ ...ticket, ...patch, version } as TicketRecord),
      facts: kept,
      now,
    })
    await announce(tx, liveOf(ticket, 'ticket.changed'))
    entitled += 1
  }
  return entitled
}
