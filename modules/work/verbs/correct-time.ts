import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { type LateWork, NOTHING_RETURNED, type PlannedEntry, type Returned } from '@opora/contracts'
import { type CivilMonth, civilDateIn, type Instant } from '@opora/core'
import { countWithRole } from '@opora/people'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import { announce } from '@opora/platform/live'
import type { TimeChange } from '../contract.ts'
import { asksHoursAnew, correctEntry, type PricedWork } from '../domain/correction.ts'
import type { TimedTicket } from '../time.read-model.ts'
import { type EntryRow, timeStore } from '../time.store.ts'
import { daySpan, readSpan, splitByMonth, type TimeSpan, timedSpan } from '../time-span.ts'
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
  // minutes of a day stay where they stood, unless they would then reach past the present
  const kept = { ...timedSpan(entry.startedAt, minutes, zone), timed: false }
  return kept.endedAt <= now ? kept : daySpan(kept.date, minutes, now, zone)
}

/**
 * Corrects an entry. While its month is open the entry itself changes and its hours are drawn anew; afterwards a pair in the open month
 * takes it back and puts the right one, with the reason. `null` takes the entry away. Other words alone move no hours: then the entry that
 * stands keeps what its forerunner drew. Returns the entry that stands now, or the reversal.
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
  const isClosed = await isMonthClosed(ports, tx, entry, entry.period)
  const { change, reason } = given
  const correction = correctEntry(
    correctableOf(entry),
    change === null ? null : {},
    { closed: isClosed, today: civilDateIn(zone, now) },
    reason,
  )
  if (correction.kind === 'refused') throw workRefusals.refuse(correction.code, { field: 'reason' })
  const month = correction.kind === 'pair' ? correction.reversal.bookedMonth : entry.period
  await refuseClosedMonth(ports, tx, entry.contractId, month)
  const correcting = { entry, ticket, now, zone, reason, month, isPair: correction.kind === 'pair' }
  const id =
    change === null ? await takeAway(ports, tx, actor, correcting) : await put(ports, tx, actor, correcting, change)
  await writeAudit(tx, actor, {
    action: change === null ? 'time.removed' : 'time.corrected',
    objectType: 'time_entry',
    objectId: entry.id,
    clientId: entry.clientId,
    detail: { kind: correction.kind, reason, minutes: entry.minutes, became: id },
  })
  await announce(tx, { topic: 'time.changed', clientId: entry.clientId, ticketId: entry.ticketId })
  return id
}

function correctableOf(entry: EntryRow) {
  const { startedAt, endedAt, minutes, period, reversesId, reversedById } = entry
  return {
    id: String(entry.id),
    month: period,
    startedAt,
    endedAt,
    minutes,
    reversesId: reversesId === null ? null : String(reversesId),
    reversedById: reversedById === null ? null : String(reversedById),
  }
}

interface Correcting {
  entry: EntryRow
  ticket: TimedTicket
  now: Instant
  zone: string
  reason: string
  /** Where the correction is booked. */
  month: CivilMonth
  isPair: boolean
}

async function isMonthClosed(ports: WorkPorts, tx: Tx, entry: EntryRow, month: CivilMonth): Promise<boolean> {
  return entry.contractId !== null && (await ports.isMonthClosed(tx, entry.contractId, month))
}

/** Takes an entry away by its opposite. */
async function takeAway(ports: WorkPorts, tx: Tx, actor: Actor, given: Correcting): Promise<number> {
  const returned = await giveBack(ports, tx, actor, given)
  await moveOn(ports, tx, actor, { ...given, returned, drawn: [] })
  return await timeStore.insertReversal(tx, given.entry.id, { period: given.month, reason: given.reason })
}

/** Puts the entry as it should be in the place of the one that stands. */
async function put(ports: WorkPorts, tx: Tx, actor: Actor, given: Correcting, change: TimeChange): Promise<number> {
  const { entry, zone, now } = given
  const wish = wishAfter(entry, change, { now, zone })
  const words = { note: change.note ?? entry.note, visible: change.visible ?? entry.visible }
  await checkEntry(tx, wish, words, now)
  if (splitByMonth(wish.span, zone).length > 1) throw workRefusals.refuse('work.span_two_months', { field: 'endedAt' })
  if (!asksHoursAnew(pricedOf(entry, zone), { ...wish, ...wish.span })) return await reword(tx, given, words)
  const returned = await giveBack(ports, tx, actor, given)
  const late = await lateFor(ports, tx, given, wish, returned)
  const { id, drawn } = await redraw(ports, tx, actor, given, { ...wish, ...(late ? { late } : {}) }, words)
  await moveOn(ports, tx, actor, { ...given, returned, drawn })
  return id
}

function pricedOf(entry: EntryRow, zone: string): PricedWork {
  return { ...entry, date: civilDateIn(zone, entry.startedAt) }
}

/** Other words, the same hours: the entry that stands keeps what was drawn for it. */
async function reword(tx: Tx, given: Correcting, words: { note: string; visible: boolean }): Promise<number> {
  const { entry, month, reason, isPair } = given
  if (isPair) {
    await timeStore.insertReversal(tx, entry.id, { period: month, reason })
    return await timeStore.insertReworded(tx, entry.id, { ...words, period: month, reason })
  }
  await timeStore.updateEntry(tx, entry.id, words)
  return entry.id
}

function wishAfter(entry: EntryRow, change: TimeChange, at: { now: Instant; zone: string }): TimeWish {
  const isAskedAnew =
    change.service !== undefined && change.service !== entry.service && entry.billableReason !== 'chosen'
  return {
    accountId: entry.accountId,
    activity: change.activity ?? entry.activity,
    grade: entry.grade,
    service: change.service === undefined ? entry.service : change.service,
    urgent: change.urgent ?? entry.urgent,
    onSite: change.onSite ?? entry.onSite,
    span: spanAfter(entry, change, at.now, at.zone),
    // another service asks the rules anew, unless somebody has spoken
    billable: change.billable ?? (isAskedAnew ? undefined : entry.billable),
    exceptId: entry.id,
  }
}

/** What the ledger gives back of an entry. Other work of the ticket's day may have been rounded together with it. */
async function giveBack(ports: WorkPorts, tx: Tx, actor: Actor, given: Correcting): Promise<Returned> {
  const { entry, now } = given
  if (entry.contractId === null || !entry.billable) return NOTHING_RETURNED
  const because = given.reason.trim()
  const { redrawn, returned } = await ports.contracts.reverseTime(tx, actor, {
    contractId: entry.contractId,
    timeEntryId: String(entry.drawnAs ?? entry.id),
    correctionId: correctionIdOf(entry),
    reason: {
      ru: because === '' ? 'запись времени исправлена' : because,
      en: because === '' ? 'the time entry was corrected' : because,
    },
    now,
  })
  for (const { timeEntryId, charge } of redrawn) await timeStore.recharge(tx, Number(timeEntryId), charge)
  return { ...returned, beyondMinutes: returned.beyondMinutes + entry.stoppedMinutes }
}

const correctionIdOf = (entry: EntryRow): string => `time:${entry.id}:v${entry.version}`

/** Work that stays in its own, closed month is drawn late, in the place of what it took. */
async function lateFor(
  ports: WorkPorts,
  tx: Tx,
  { entry, now, zone }: Correcting,
  wish: TimeWish,
  returned: Returned,
): Promise<LateWork | null> {
  const month = wish.span.date.slice(0, 7)
  if (!(await isMonthClosed(ports, tx, entry, month))) return null
  if (month === civilDateIn(zone, entry.startedAt).slice(0, 7)) return { at: now, returned }
  throw workRefusals.refuse('work.period_closed', { field: 'date', params: { month } })
}

async function moveOn(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  given: Correcting & { returned: Returned; drawn: readonly PlannedEntry[] },
): Promise<void> {
  const { entry, returned, drawn, now: at } = given
  if (entry.contractId === null) return
  const correctionId = correctionIdOf(entry)
  await ports.contracts.moveReturned(tx, actor, { contractId: entry.contractId, correctionId, returned, drawn, at })
}

async function redraw(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  given: Correcting,
  wish: TimeWish,
  words: { note: string; visible: boolean },
): Promise<{ id: number; drawn: readonly PlannedEntry[] }> {
  const { entry, ticket, isPair } = given
  if (!isPair && wish.span.timed && wish.span.startedAt !== entry.startedAt) await refuseOverlap(tx, actor, wish)
  if (isPair) await timeStore.insertReversal(tx, entry.id, { period: given.month, reason: given.reason })
  // the reversal has already given the old minutes back
  const asked = { ...wish, exceptId: isPair ? null : entry.id }
  const plan = await planTime(tx, { ...ticket, contractId: entry.contractId }, asked)
  refuseUnplanned(plan)
  const fields = { ...entryFields(words, plan), ...(wish.late ? { period: given.month } : {}) }
  const { clientId, ticketId, contractId, accountId, source } = entry
  const id = isPair
    ? await timeStore.insertEntry(tx, {
        ...fields,
        clientId,
        ticketId,
        contractId,
        accountId,
        source,
        reason: given.reason,
      })
    : entry.id
  if (!isPair) await timeStore.updateEntry(tx, entry.id, { ...fields, drawnAs: null })
  const revision = isPair ? 0 : entry.revision + 1
  return { id, drawn: await drawEntry(ports, tx, actor, { id, revision, ticketId: ticket.id }, plan) }
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
