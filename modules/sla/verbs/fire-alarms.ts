import type { Instant } from '@opora/core'
import type { Database, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { Log } from '@opora/platform/log'
import type { TicketHead } from '@opora/tickets'
import { isAroundTheClock } from '../clock-row.ts'
import { type LadderPerson, type LadderStep, stepsAt } from '../domain/ladder.ts'
import type { RungAlarm, SlaPorts } from '../sla.ports.ts'
import { successorsOf, ticketHeads } from '../sla.read-model.ts'
import { type DueClock, type KeptAlarm, slaStore, type TakenStep } from '../sla.store.ts'
import type { TimelineCache } from '../timeline.ts'

const BATCH = 50
const PUT_OFF_MS = 60_000

/**
 * Rings the alarms that are due, in one transaction a batch; says how many clocks it did. Each alarm rings once however many workers
 * look and whenever they die: it is kept under its own name in the transaction that announces it.
 */
export async function fireDueAlarms(
  ports: SlaPorts,
  timelines: TimelineCache,
  database: Database,
  log: Log,
  limit = BATCH,
): Promise<number> {
  try {
    return await database.begin({ as: 'worker' }, (tx) => fireBatch(ports, timelines, tx, limit, null))
  } catch (error) {
    log.error({ err: { message: (error as Error).message, stack: (error as Error).stack } }, 'a batch of alarms failed')
    return await fireOneByOne(ports, timelines, database, log, limit)
  }
}

/** After a failed batch: whatever can ring rings, and what cannot waits a minute instead of holding up the rest. */
async function fireOneByOne(
  ports: SlaPorts,
  timelines: TimelineCache,
  database: Database,
  log: Log,
  limit: number,
): Promise<number> {
  let done = 0
  for (const id of await slaStore.dueClockIds(database.worker, limit)) {
    try {
      done += await database.begin({ as: 'worker' }, (tx) => fireBatch(ports, timelines, tx, 1, id))
    } catch (error) {
      log.error({ clockId: id, err: { message: (error as Error).message } }, 'an alarm could not be announced')
      await slaStore.putOff(database.worker, id, PUT_OFF_MS)
    }
  }
  return done
}

async function fireBatch(
  ports: SlaPorts,
  timelines: TimelineCache,
  tx: Tx,
  limit: number,
  only: number | null,
): Promise<number> {
  const due = await slaStore.lockDueClocks(tx, limit, only)
  if (due.length === 0) return 0
  const ids = due.map((clock) => clock.id)
  const alarms = await slaStore.keepAlarms(tx, ids)
  await slaStore.advanceClocks(tx, ids)
  await mirrorBreaches(ports, tx, alarms)
  await escalate(ports, timelines, tx, alarms, new Map(due.map((clock) => [clockOf(clock), clock])))
  return due.length
}

async function mirrorBreaches(ports: SlaPorts, tx: Tx, alarms: readonly KeptAlarm[]): Promise<void> {
  const ticketIds = [...new Set(alarms.filter((alarm) => alarm.kind === 'breach').map((alarm) => alarm.ticketId))]
  if (ticketIds.length === 0) return
  const now = alarms[0]!.firedAt
  const open = new Map((await slaStore.earliestOpen(tx, ticketIds)).map((clock) => [clock.ticketId, clock]))
  await Promise.all(
    ticketIds.map((id) => {
      const next = open.get(id)
      return ports.mirrorDeadline(tx, id, {
        nextDueAt: next?.dueAt ?? null,
        nextDueMetric: next?.metric ?? null,
        nextDueState: next ? (next.dueAt !== null && next.dueAt < now ? 'breached' : next.state) : null,
        nextDueCalendar: next?.state === 'running' ? next.countingKey : null,
        nextDueEstimated: next?.estimated ?? false,
        nextDueLeft: next?.left ?? null,
        nextDueLeftAt: next?.leftAt ?? null,
        breached: true,
      })
    }),
  )
}

async function escalate(
  ports: SlaPorts,
  timelines: TimelineCache,
  tx: Tx,
  alarms: readonly KeptAlarm[],
  clocks: ReadonlyMap<string, DueClock>,
): Promise<void> {
  if (alarms.length === 0) return
  const rulesFor = await timelines.of(tx, [...new Set(alarms.map((alarm) => alarm.clientId))])
  const heads = await ticketHeads(tx, [...new Set(alarms.map((alarm) => alarm.ticketId))])
  const last = new Map(alarms.map((alarm) => [clockOf(alarm), alarm.id]))
  const kept: TakenStep[] = []
  const rung: RungAlarm[] = []
  for (const alarm of alarms) {
    const head = heads.get(alarm.ticketId)
    const clock = clocks.get(clockOf(alarm))
    if (!head || !clock) continue
    const { metric, seq, kind, dueAt, at, firedAt: now } = alarm
    const superseded = last.get(clockOf(alarm)) !== alarm.id
    const ladder = rulesFor(alarm.clientId).ladderOf(clock.policyCode, now, kind)
    const steps = stepsAt(ladder, { kind, metric, priority: head.priority, superseded })
    const { ticket, taken } = await climb(ports, tx, head, alarm, steps)
    heads.set(alarm.ticketId, ticket)
    kept.push(...taken)
    const aroundTheClock = isAroundTheClock(ports.book, clock.calendarCode, at)
    rung.push({ ticket, metric, seq, kind, dueAt, at, now, superseded, steps, aroundTheClock })
  }
  // told together: one after another the telling of a full batch would hold up those that are due next
  await Promise.all(rung.map((alarm) => ports.bus.emit(tx, 'sla.alarm', alarm)))
  await slaStore.keepSteps(tx, kept)
  const live = { topic: 'ticket.alarm', staffOnly: true }
  await Promise.all([...heads.values()].map(({ id, clientId }) => announce(tx, { ...live, clientId, ticketId: id })))
}

/** Takes the steps that change the ticket; answers the ticket as it is now, and all steps with what came of them. */
async function climb(
  ports: SlaPorts,
  tx: Tx,
  head: TicketHead,
  alarm: KeptAlarm,
  steps: readonly LadderStep[],
): Promise<{ ticket: TicketHead; taken: TakenStep[] }> {
  const taken: TakenStep[] = []
  let ticket = head
  for (const [position, { act, to }] of steps.entries()) {
    const { id: alarmId, clientId } = alarm
    const step: TakenStep = { alarmId, clientId, position, act, person: to ?? null, accountId: null, priority: null }
    if (act === 'reassign') {
      step.accountId = await successorOf(ports, tx, ticket, to, alarm.firedAt)
      if (step.accountId !== null && step.accountId !== ticket.assigneeId) {
        await ports.assign(tx, ticket.id, step.accountId)
        ticket = { ...ticket, assigneeId: step.accountId }
      }
    }
    if (act === 'raise') {
      step.priority = Math.max(1, ticket.priority - 1)
      if (step.priority !== ticket.priority) await ports.setPriority(tx, ticket.id, step.priority)
      ticket = { ...ticket, priority: step.priority }
    }
    taken.push(step)
  }
  return { ticket, taken }
}

/** Whoever is on shift comes before whoever is not; a ticket is rather given to somebody who comes in the morning than to nobody. */
async function successorOf(
  ports: SlaPorts,
  tx: Tx,
  ticket: TicketHead,
  to: LadderPerson | undefined,
  at: Instant,
): Promise<number | null> {
  const candidates = await successorsOf(tx, ticket, to)
  const present = candidates.length > 1 ? await ports.onShift(tx, candidates, at) : candidates
  return candidates.find((id) => present.includes(id)) ?? candidates[0] ?? null
}

function clockOf(one: { ticketId: number; metric: string; seq: number }): string {
  return `${one.ticketId} ${one.metric} ${one.seq}`
}
