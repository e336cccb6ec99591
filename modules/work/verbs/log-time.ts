import { type Actor, can, refuseAccess, writeAudit } from '@opora/access'
import { listActivities, listServices, type PlannedEntry } from '@opora/contracts'
import type { CivilMonth } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import { headOf } from '@opora/tickets'
import { checkTimeEntry } from '../domain/time-entry.ts'
import { chargedEntry } from '../entry-charge.ts'
import { type TimedTicket, ticketOf } from '../time.read-model.ts'
import { timeStore } from '../time.store.ts'
import type { GivenSpan, TimeSpan } from '../time-span.ts'
import { readSpan, splitByMonth } from '../time-span.ts'
import type { WorkPorts } from '../work.ports.ts'
import { workRefusals } from '../work.refusals.ts'
import { type PlannedTime, planTime, refuseUnplanned, type TimeWish, workOf } from './plan-time.ts'

export interface TimeInput extends GivenSpan {
  activity: string
  note: string
  billable?: boolean | undefined
  urgent: boolean
  onSite: boolean
  visible: boolean
  service?: string | null | undefined
  source: 'manual' | 'timer' | 'reply'
  /** A span already read, in place of the given one. */
  span?: TimeSpan
}

export function accountOf(actor: Actor): number {
  if (actor.accountId === null) throw refuseAccess('access.not_allowed')
  return actor.accountId
}

/** Locks the ticket for a person who may log time on it: one that they may read. */
export async function lockForTime(ports: WorkPorts, tx: Tx, actor: Actor, ticketId: number) {
  // a partner's right comes with the ticket that was passed to them
  if (actor.side === 'partner') return await ports.tickets.lockForAction(tx, actor, ticketId, 'time.log')
  const ticket = await ports.tickets.lockForAction(tx, actor, ticketId, 'ticket.read')
  const subject = { clientId: ticket.clientId, ownerAccountId: actor.accountId }
  if (!can(actor, 'time.log', subject)) throw refuseAccess('access.not_allowed')
  return ticket
}

/**
 * Logs time on a ticket: proposes whether it is billable, holds the estimate's gate, draws the hours and keeps how it was charged, all
 * in the caller's transaction. Refused time leaves nothing behind. Work that reaches into another month is an entry in each; the first is
 * returned.
 */
export async function logTime(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  ticketId: number,
  input: TimeInput,
): Promise<number> {
  const ticket = await lockForTime(ports, tx, actor, ticketId)
  const { wish, now, zone } = await wishOf(tx, actor, ticket, input)
  const parts = splitByMonth(wish.span, zone)
  if (parts.length > 1) {
    const ids: number[] = []
    for (const span of parts) ids.push(await logTime(ports, tx, actor, ticketId, { ...input, span }))
    return ids[0]!
  }
  await checkEntry(tx, wish, input, now)
  if (wish.span.timed && input.source === 'manual') await refuseOverlap(tx, actor, wish)
  const plan = await planTime(tx, ticket, wish)
  refuseUnplanned(plan)
  await refuseClosedMonth(ports, tx, plan.contract?.id ?? null, wish.span.date.slice(0, 7))
  const id = await timeStore.insertEntry(tx, {
    ...entryFields(input, plan),
    clientId: ticket.clientId,
    ticketId: ticket.id,
    contractId: plan.contract?.id ?? null,
    accountId: wish.accountId,
    source: input.source,
  })
  await drawEntry(ports, tx, actor, { id, revision: 0, ticketId: ticket.id }, plan)
  await writeAudit(tx, actor, {
    action: 'time.logged',
    objectType: 'time_entry',
    objectId: id,
    clientId: ticket.clientId,
    detail: { ticketId: ticket.id, minutes: wish.span.minutes, billable: plan.billable },
  })
  await warn(ports, tx, actor, headOf(ticket), plan, now)
  await announce(tx, { topic: 'time.changed', clientId: ticket.clientId, ticketId: ticket.id })
  return id
}

/** What the time would take, for the sentence under the field. */
export async function previewEntry(
  sql: Queryable,
  actor: Actor,
  ticketId: number,
  input: TimeInput,
): Promise<{ plan: PlannedTime; span: TimeSpan }> {
  const ticket = await ticketOf(sql, actor, ticketId)
  if (!ticket) throw refuseAccess('access.not_found')
  const { wish } = await wishOf(sql, actor, ticket, input)
  return { plan: await planTime(sql, ticket, wish), span: wish.span }
}

async function wishOf(sql: Queryable, actor: Actor, ticket: TimedTicket, input: TimeInput) {
  const now = await databaseNow(sql)
  const zone = await zoneOf(sql, actor, ticket.contractId)
  const wish: TimeWish = {
    accountId: accountOf(actor),
    activity: input.activity,
    grade: await gradeOf(sql, actor),
    service: input.service,
    urgent: input.urgent,
    onSite: input.onSite,
    span: input.span ?? readSpan(input, now, zone),
    billable: input.billable,
    exceptId: null,
  }
  return { wish, now, zone }
}

/** Contracts price grades of the provider's own people; a partner's login sees no accounts. */
async function gradeOf(sql: Queryable, actor: Actor): Promise<string | null> {
  if (actor.side !== 'staff') return null
  const [row] = await sql<{ grade: string | null }[]>`select grade from account where id = ${actor.accountId}`
  return row?.grade ?? null
}

/** The zone in which the contract's days are counted; without one, the person's own. */
export async function zoneOf(sql: Queryable, actor: Actor, contractId: number | null): Promise<string> {
  if (contractId === null) return actor.zone
  const [row] = await sql<{ zone: string }[]>`select zone from contract where id = ${contractId}`
  return row?.zone ?? actor.zone
}

export async function checkEntry(
  sql: Queryable,
  wish: TimeWish,
  input: { note: string; visible: boolean },
  now: number,
): Promise<void> {
  if (wish.service && !(await listServices(sql)).some((known) => known.code === wish.service)) {
    throw workRefusals.refuse('work.service_unknown', { field: 'service' })
  }
  const activityCodes = (await listActivities(sql)).map((activity) => activity.code)
  const { startedAt, endedAt, minutes } = wish.span
  const { note, visible } = input
  const draft = { accountId: '', ticketId: '', activity: wish.activity, startedAt, endedAt, minutes, note, visible }
  const faults = checkTimeEntry(draft, { now, activityCodes })
  const [fault] = faults
  if (fault)
    throw workRefusals.refuse(fault.code, { field: fault.field, ...(fault.params ? { params: fault.params } : {}) })
}

export async function refuseOverlap(sql: Queryable, actor: Actor, wish: TimeWish): Promise<void> {
  const { startedAt, endedAt } = wish.span
  const other = await timeStore.overlapping(sql, { ...wish, startedAt, endedAt })
  if (!other) return
  const clock = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(actor.zone).toPlainTime().toString().slice(0, 5)
  const params = { ticket: other.number, from: clock(other.startedAt), to: clock(other.endedAt) }
  throw workRefusals.refuse('work.overlapping', { field: 'startedAt', params })
}

export async function refuseClosedMonth(
  ports: Pick<WorkPorts, 'isMonthClosed'>,
  sql: Queryable,
  contractId: number | null,
  month: CivilMonth,
): Promise<void> {
  if (contractId !== null && (await ports.isMonthClosed(sql, contractId, month))) {
    throw workRefusals.refuse('work.period_closed', { field: 'date', params: { month } })
  }
}

export function entryFields(input: { note: string; visible: boolean }, plan: PlannedTime) {
  const { wish } = plan
  const { span } = wish
  return {
    activity: wish.activity,
    grade: wish.grade,
    startedAt: span.startedAt,
    endedAt: span.endedAt,
    timed: span.timed,
    minutes: span.minutes,
    note: input.note,
    billable: plan.billable,
    billableReason: plan.reason,
    urgent: wish.urgent,
    onSite: wish.onSite,
    service: wish.service,
    visible: input.visible,
    exemptMinutes: plan.exemptMinutes,
    period: span.date.slice(0, 7),
  }
}

/** Takes the hours of a saved entry from the ledger and keeps the answer with it. Returns what was drawn. */
export async function drawEntry(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  entry: { id: number; revision: number; ticketId: number },
  plan: PlannedTime,
): Promise<readonly PlannedEntry[]> {
  const { share, explanation } = plan.charge
  const drawn =
    plan.billable && plan.contract !== null
      ? await ports.contracts.drawTime(tx, actor, {
          contractId: plan.contract.id,
          work: workOf(plan.wish, entry.ticketId, String(entry.id), entry.revision),
          late: plan.wish.late,
        })
      : null
  const outOfHours = drawn?.explanation.some((step) => step.en.includes(OUT_OF_HOURS)) ?? false
  await timeStore.keepCharge(tx, entry.id, { ...chargedEntry(drawn, { share, explanation }), outOfHours })
  return drawn?.entries ?? []
}

const OUT_OF_HOURS = 'out of hours'

async function warn(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  ticket: ReturnType<typeof headOf>,
  plan: PlannedTime,
  now: number,
): Promise<void> {
  if (!plan.gate?.warns) return
  const { approvedMinutes, usedAfterMinutes } = plan.gate
  await ports.bus.emit(tx, 'work.estimate_warned', {
    actor,
    ticket,
    usedMinutes: usedAfterMinutes,
    approvedMinutes,
    now,
  })
}
