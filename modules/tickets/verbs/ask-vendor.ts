import { type Actor, writeAudit } from '@opora/access'
import { DAY_MS, type Instant } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Database, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import { isVendorNumber, isVendorOpen, obstacleWords, vendorObstaclesOf } from '../domain/vendor-eligibility.ts'
import type { TicketEvents } from '../tickets.events.ts'
import type { TicketPorts } from '../tickets.ports.ts'
import { refuseTicket } from '../tickets.refusals.ts'
import { type TicketRecord, ticketsStore } from '../tickets.store.ts'
import type { VendorSettingsChange } from '../vendor.contract.ts'
import { vendorReadModel } from '../vendor.read-model.ts'
import { vendorStore } from '../vendor.store.ts'
import { liveOf } from './add-message.ts'
import { lockForAction } from './load-ticket.ts'
import { headOf } from './step-process.ts'

/** The action of a diagram's flow that leads to the vendor. */
export const VENDOR_ACTION = 'keep_vendor_number'
const FULL = 100
const DEFAULT_CLASS = 'prospect'

export interface VendorQuestion {
  number: string
  topic: string | null
}

/** Before the ticket goes to the vendor: is it eligible, does the vendor take the topic, is that a number? Refuses with the reason. */
export async function demandVendor(
  tx: Tx,
  ticket: TicketRecord,
  data: Readonly<Record<string, unknown>>,
): Promise<VendorQuestion> {
  const facts = ticket.vendorFacts
  if (!isVendorOpen(facts)) {
    const obstacles = vendorObstaclesOf(facts)
    const reasons = {
      ru: obstacles.map((one) => obstacleWords[one].ru).join('; '),
      en: obstacles.map((one) => obstacleWords[one].en).join('; '),
    }
    throw refuseTicket('ticket.vendor_not_eligible', { params: { reasons }, details: { obstacles } })
  }
  const number = String(data['vendor_number'] ?? '').trim()
  if (!isVendorNumber(number)) throw refuseTicket('ticket.vendor_number_malformed', { field: 'data.vendor_number' })
  const topic = String(data['vendor_topic'] ?? '').trim() || null
  if (topic !== null) await demandTopic(tx, topic, facts.hosting)
  return { number, topic }
}

async function demandTopic(tx: Tx, code: string, hosting: string | null): Promise<void> {
  const topic = (await vendorReadModel.topics(tx)).find((one) => one.code === code)
  if (!topic) throw refuseTicket('ticket.vendor_topic_unknown', { field: 'data.vendor_topic' })
  if (topic.hosting === null || topic.hosting === hosting) return
  const params = { topic: { ru: topic.nameRu, en: topic.nameEn } }
  throw refuseTicket('ticket.vendor_topic_not_taken', { field: 'data.vendor_topic', params })
}

/** The vendor's own clock begins: by its hours as they are now, with the term of the asker's licence, and reminders for the owner. */
export async function beginVendorWait(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  ticket: TicketRecord,
  question: VendorQuestion,
  now: Instant,
): Promise<void> {
  const vendor = await vendorReadModel.vendor(tx)
  const terms = vendor.answerMinutes
  const minutes = terms[ticket.licenceClass] ?? terms[DEFAULT_CLASS] ?? Math.max(1, ...Object.values(terms))
  const shares = vendor.remindShares.map((share) => Math.ceil((minutes * share) / FULL))
  const hours = await ports.vendorHours.begin(tx, vendor.calendarCode, now, [minutes, ...shares])
  const [expectedAt, ...sharesAt] = hours.dueAt as [Instant, ...Instant[]]
  const id = await vendorStore.addWait(tx, {
    clientId: ticket.clientId,
    ticketId: ticket.id,
    vendor: vendor.code,
    number: question.number,
    topic: question.topic,
    place: ticket.place ?? '',
    licenceClass: ticket.licenceClass,
    askedAt: now,
    askedBy: actor.accountId,
    askedByName: actor.name,
    calendarKey: hours.key,
    expectedMinutes: minutes,
    expectedAt,
  })
  await vendorStore.addReminders(tx, { id, clientId: ticket.clientId }, [
    ...vendor.remindShares.map((share, index) => ({ kind: `share${share}`, dueAt: sharesAt[index]! })),
    ...vendor.remindDays.map((days) => ({ kind: `day${days}`, dueAt: now + days * DAY_MS })),
  ])
  const fact = { type: 'vendor_asked', data: { number: question.number, dueAt: expectedAt } }
  await ticketsStore.insertFacts(tx, ticket, [fact], actor, now)
}

const ANSWERS = ['answered', 'vendor.answered']

/** The ticket leaves the place at which it waited for the vendor, or ends: so does the vendor's clock, and nobody is reminded any more. */
export async function endVendorWait(tx: Tx, event: TicketEvents['ticket.facts']): Promise<void> {
  const leaving = event.facts.filter((fact) => ['place_left', 'merged', 'closed'].includes(fact.type))
  if (leaving.length === 0) return
  const wait = await vendorReadModel.openWait(tx, event.ticket.id)
  if (!wait) return
  const fact = leaving.find(({ type, data }) => type !== 'place_left' || data['place'] === wait.place)
  if (!fact || fact.at < wait.askedAt) return
  // another version of the process shows the same place otherwise: the ticket waits there as before
  const after = event.facts.slice(event.facts.indexOf(fact) + 1)
  if (after.some(({ type, data }) => type === 'place_entered' && data['place'] === wait.place)) return
  const answered = fact.type === 'place_left' && ANSWERS.includes(String(fact.data['outcome']))
  await vendorStore.endWait(tx, wait.id, fact.at, answered ? 'answered' : 'left')
}

/** The incident manager's word for one ticket that is not eligible. */
export async function overrideVendor(
  tx: Tx,
  actor: Actor,
  ticketId: number,
  reason: string,
): Promise<{ version: number }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'vendor.override')
  const against = vendorObstaclesOf(ticket.vendorFacts)
  if (against.length === 0 || ticket.vendorFacts.overridden) throw refuseTicket('ticket.vendor_override_needless')
  const { clientId } = ticket
  const by = { accountId: actor.accountId!, name: actor.name }
  await vendorStore.override(tx, { ticketId, clientId, reason, against, ...by })
  const now = await databaseNow(tx)
  await ticketsStore.insertFacts(tx, ticket, [{ type: 'vendor_override', data: { reason } }], actor, now)
  const detail = { reason, against }
  await writeAudit(tx, actor, {
    action: 'vendor.overridden',
    objectType: 'ticket',
    objectId: ticketId,
    clientId,
    detail,
  })
  const version = await ticketsStore.updateTicket(tx, ticketId, {})
  await announce(tx, { ...liveOf(ticket, 'ticket.changed'), staffOnly: true })
  return { version }
}

/** The number at the vendor's was mistyped, or the vendor gave another. */
export async function changeVendorNumber(
  tx: Tx,
  actor: Actor,
  ticketId: number,
  change: { number: string; version: number | null },
): Promise<{ version: number }> {
  const ticket = await lockForAction(tx, actor, ticketId, 'ticket.change')
  const wait = await vendorReadModel.openWait(tx, ticketId)
  if (!wait) throw refuseTicket('ticket.vendor_not_asked')
  if (!isVendorNumber(change.number)) throw refuseTicket('ticket.vendor_number_malformed', { field: 'number' })
  const changed = await vendorStore.renumber(tx, wait.id, change.version ?? wait.version, change.number)
  if (!changed) throw refuseHttp('http.version_conflict', { details: { currentVersion: wait.version } })
  const now = await databaseNow(tx)
  const fact = { type: 'vendor_number', data: { from: wait.number, to: change.number } }
  await ticketsStore.insertFacts(tx, ticket, [fact], actor, now)
  await ticketsStore.updateTicket(tx, ticketId, {
    custom: tx.json({ ...ticket.custom, vendorNumber: change.number } as never),
  })
  await announce(tx, { ...liveOf(ticket, 'ticket.changed'), staffOnly: true })
  return { version: wait.version + 1 }
}

/** Tells the ticket's owner that the vendor is silent, by one reminder that has come due; says how many it did (0 or 1). */
export async function remindOfVendor(ports: TicketPorts, database: Database): Promise<number> {
  return database.begin({ as: 'worker' }, async (tx) => {
    const due = await vendorStore.takeReminder(tx)
    if (!due) return 0
    const [ticket, wait] = await Promise.all([
      ticketsStore.readTicket(tx, due.ticketId),
      vendorReadModel.openWait(tx, due.ticketId),
    ])
    if (!ticket || wait?.id !== due.waitId) return 1
    await ports.bus.emit(tx, 'ticket.vendor_silent', {
      ticket: headOf(ticket),
      wait: { ...wait, reminder: due.kind, late: wait.expectedAt <= wait.now },
      now: wait.now,
    })
    return 1
  })
}

/** The vendor's hours, terms, reminders and what it takes; questions asked before keep what was expected of them. */
export async function saveVendorSettings(
  ports: TicketPorts,
  tx: Tx,
  actor: Actor,
  change: VendorSettingsChange & { version: number | null },
): Promise<void> {
  const { version, topics, ...vendor } = change
  const before = await vendorReadModel.vendor(tx)
  if (new Set(topics.map((topic) => topic.code)).size < topics.length)
    throw refuseTicket('ticket.vendor_topic_twice', { field: 'topics' })
  if (!(await ports.vendorHours.knows(tx, vendor.calendarCode)))
    throw refuseTicket('ticket.vendor_calendar_unknown', { field: 'calendarCode' })
  if (!(await vendorStore.saveVendor(tx, version ?? before.version, vendor)))
    throw refuseHttp('http.version_conflict', { details: { currentVersion: before.version } })
  await vendorStore.saveTopics(tx, topics)
  const detail = { calendarCode: vendor.calendarCode, topics: topics.map((topic) => topic.code) }
  await writeAudit(tx, actor, { action: 'vendor.changed', objectType: 'vendor', objectId: before.code, detail })
}
