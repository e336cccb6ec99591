import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { type CivilMonth, civilDateIn, type Instant } from '@opora/core'
import { countWithRole } from '@opora/people'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import type { TimeChange } from '../contract.ts'
import { correctEntry } from '../domain/correction.ts'
import type { TimedTicket } from '../time.read-model.ts'
import { type EntryRow, timeStore } from '../time.store.ts'
import { daySpan, readSpan, type TimeSpan, timedSpan } from '../time-span.ts'
import type { WorkPorts } from '../work.ports.ts'
import { workRefusals } from '../work.refusals.ts'
import { checkEntry, drawEntry, entryFields, refuseClosedMonth, refuseOverlap, zoneOf } from './log-time.ts'
import { planTime, refuseUnplanned, type TimeWish } from './plan-time.ts'

/** Locks an entry for its author, or for whoever may approve its client's time; the ticket is locked first, as everywhere. */
async function lockForChange(ports: WorkPorts, tx: Tx, actor: Actor, id: number, version: number | null) {
  const [known] = await tx<{ ticketId: number }[]>`select ticket_id from time_entry where id = ${id}`
  if (!known) throw workRefusals.refuse('work.entry_not_found')
  const isPartner = actor.side === 'partner'
  const ticket = await ports.tickets.lockForAction(tx, actor, known.ticketId, isPartner ? 'time.log' : 'ticket.read')
  const entry = await timeStore.lockEntry(tx, id)
  if (!entry) throw workRefusals.refuse('work.entry_not_found')
  const isOwn =
    entry.accountId === actor.accountId &&
    (isPartner || can(actor, 'time.log', { clientId: null, ownerAccountId: entry.accountId }))
  if (!isOwn && !can(actor, 'time.approve', { clientId: entry.clientId }))
    throw workRefusals.refuse('work.entry_not_found')
  if (version !== null && version !== entry.version) {
    throw refuseHttp('http.version_conflict', { details: { currentVersion: entry.version } })
  }
  return { entry, ticket }
}

function spanAfter(entry: EntryRow, change: TimeChange, now: Instant, zone: string): TimeSpan {
  if (change.startedAt !== undefined || change.date !== undefined) {
    return readSpan({ ...change, minutes: change.minutes ?? (change.endedAt ? undefined : entry.minutes) }, now, zone)
  }
  const minutes = change.minutes ?? entry.minutes
  if (entry.timed) {
    if (change.endedAt === undefined) return timedSpan(entry.startedAt, minutes, zone)
    const startedAt = new Date(entry.startedAt).toISOString()
    return readSpan({ startedAt, endedAt: change.endedAt, minutes: change.minutes }, now, zone)
  }
  return { ...daySpan(civilDateIn(zone, entry.startedAt), minutes, now, zone), startedAt: entry.startedAt }
}

/**
 * Corrects an entry. While its month is open the entry itself changes and its hours are drawn anew; afterwards a pair in the open month
 * takes it back and puts the right one, with the reason. `null` takes the entry away. Returns the entry that stands now, or the reversal.
 */
export async function correctTime(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  given: { id: number; version: number | null; change: TimeChange | null; reason: string },
): Promise<number> {
  const { entry, ticket } = await lockForChange(ports, tx, actor, given.id, given.version)
  const now = await databaseNow(tx)
  const zone = await zoneOf(tx, actor, entry.contractId)
  const isClosed = entry.contractId !== null && (await ports.isMonthClosed(tx, entry.contractId, entry.period))
  const today = civilDateIn(zone, now)
  const correctable = {
    id: String(entry.id),
    month: entry.period,
    startedAt: entry.startedAt,
    endedAt: entry.endedAt,
    minutes: entry.minutes,
    reversesId: entry.reversesId === null ? null : String(entry.reversesId),
    reversedById: entry.reversedById === null ? null : String(entry.reversedById),
  }
  const correction = correctEntry(
    correctable,
    given.change === null ? null : {},
    { closed: isClosed, today },
    given.reason,
  )
  if (correction.kind === 'refused') throw workRefusals.refuse(correction.code, { field: 'reason' })
  const month = correction.kind === 'pair' ? correction.reversal.bookedMonth : entry.period
  await refuseClosedMonth(ports, tx, entry.contractId, month)
  await giveBack(ports, tx, actor, entry, now, given.reason)
  const wish = given.change === null ? null : wishAfter(entry, given.change, { now, zone, today, isClosed })
  const id =
    correction.kind === 'edit' && wish !== null && given.change !== null
      ? await redraw(ports, tx, actor, { entry, ticket, wish, change: given.change, now })
      : await bookPair(ports, tx, actor, {
          entry,
          ticket,
          wish,
          change: given.change,
          month,
          now,
          reason: given.reason,
        })
  await writeAudit(tx, actor, {
    action: given.change === null ? 'time.removed' : 'time.corrected',
    objectType: 'time_entry',
    objectId: entry.id,
    clientId: entry.clientId,
    detail: { kind: correction.kind, reason: given.reason, minutes: entry.minutes, became: id },
  })
  await announce(tx, { topic: 'time.changed', clientId: entry.clientId, ticketId: entry.ticketId })
  return id
}

function wishAfter(
  entry: EntryRow,
  change: TimeChange,
  at: { now: Instant; zone: string; today: string; isClosed: boolean },
): TimeWish {
  const span = spanAfter(entry, change, at.now, at.zone)
  const isAskedAnew = change.service !== undefined && entry.billableReason !== 'chosen'
  return {
    accountId: entry.accountId,
    activity: change.activity ?? entry.activity,
    service: change.service === undefined ? entry.service : change.service,
    urgent: change.urgent ?? entry.urgent,
    onSite: change.onSite ?? entry.onSite,
    // what replaces an entry of a closed month is drawn in the open one
    span: at.isClosed ? daySpan(at.today, span.minutes, at.now, at.zone) : span,
    // another service asks the rules anew, unless somebody has spoken
    billable: change.billable ?? (isAskedAnew ? undefined : entry.billable),
    exceptId: entry.id,
  }
}

async function giveBack(ports: WorkPorts, tx: Tx, actor: Actor, entry: EntryRow, now: Instant, reason: string) {
  if (entry.contractId === null || !entry.billable) return
  const because = reason.trim()
  const { redrawn } = await ports.contracts.reverseTime(tx, actor, {
    contractId: entry.contractId,
    timeEntryId: String(entry.id),
    correctionId: `time:${entry.id}:v${entry.version}`,
    reason: {
      ru: because === '' ? 'запись времени исправлена' : because,
      en: because === '' ? 'the time entry was corrected' : because,
    },
    now,
  })
  // other work of the ticket's day may have been rounded together with this entry
  for (const { timeEntryId, charge } of redrawn) await timeStore.recharge(tx, Number(timeEntryId), charge)
}

interface Correcting {
  entry: EntryRow
  ticket: TimedTicket
  now: Instant
}

async function redraw(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  given: Correcting & { wish: TimeWish; change: TimeChange },
): Promise<number> {
  const { entry, ticket, wish, change, now } = given
  const words = { note: change.note ?? entry.note, visible: change.visible ?? entry.visible }
  await checkEntry(tx, wish, words, now)
  if (wish.span.timed && change.startedAt !== undefined) await refuseOverlap(tx, actor, wish)
  const plan = await planTime(tx, { ...ticket, contractId: entry.contractId }, wish)
  refuseUnplanned(plan)
  await refuseClosedMonth(ports, tx, entry.contractId, wish.span.date.slice(0, 7))
  await timeStore.updateEntry(tx, entry.id, entryFields(words, plan))
  await drawEntry(ports, tx, actor, { id: entry.id, revision: entry.revision + 1, ticketId: ticket.id }, plan)
  return entry.id
}

async function bookPair(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  given: Correcting & { wish: TimeWish | null; change: TimeChange | null; month: CivilMonth; reason: string },
): Promise<number> {
  const { entry, ticket, wish, change, now } = given
  const reversalId = await timeStore.insertReversal(tx, entry.id, { period: given.month, reason: given.reason })
  if (wish === null || change === null) return reversalId
  const words = { note: change.note ?? entry.note, visible: change.visible ?? entry.visible }
  await checkEntry(tx, wish, words, now)
  // the reversal has already given the old minutes back
  const plan = await planTime(tx, { ...ticket, contractId: entry.contractId }, { ...wish, exceptId: null })
  refuseUnplanned(plan)
  const id = await timeStore.insertEntry(tx, {
    ...entryFields(words, plan),
    clientId: entry.clientId,
    ticketId: entry.ticketId,
    contractId: entry.contractId,
    accountId: entry.accountId,
    source: entry.source,
    reason: given.reason,
  })
  await drawEntry(ports, tx, actor, { id, revision: 0, ticketId: ticket.id }, plan)
  return id
}

/** Approves somebody else's time; one's own only where nobody else could, which the audit trail marks as "alone". */
export async function approveTime(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  id: number,
  version: number | null,
): Promise<void> {
  const { entry } = await lockForChange(ports, tx, actor, id, version)
  if (!can(actor, 'time.approve', { clientId: entry.clientId })) throw refuseAccess('access.not_found')
  const isOwn = entry.accountId === actor.accountId
  const approvers = isOwn
    ? (await Promise.all((['im', 'am', 'fi'] as const).map((role) => countWithRole(tx, role)))).reduce(
        (a, b) => a + b,
        0,
      )
    : 0
  if (isOwn && approvers > 1) throw workRefusals.refuse('work.own_approval')
  await timeStore.approve(tx, id, actor.accountId ?? 0)
  await writeAudit(tx, actor, {
    action: 'time.approved',
    objectType: 'time_entry',
    objectId: id,
    clientId: entry.clientId,
    alone: isOwn,
  })
}
