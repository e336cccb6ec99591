import type { CalendarKey } from '@opora/contracts'
import type { Database, Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { Log } from '@opora/platform/log'
import { countingKey, isAroundTheClock } from '../clock-row.ts'
import type { SlaPorts } from '../sla.ports.ts'
import { ticketHeads } from '../sla.read-model.ts'
import { type KeptAlarm, slaStore } from '../sla.store.ts'

const BATCH = 50
const PUT_OFF_MS = 60_000

/**
 * Rings the alarms that are due, in one transaction a batch; says how many clocks it did. Each alarm rings once however many workers
 * look and whenever they die: it is kept under its own name in the transaction that announces it.
 */
export async function fireDueAlarms(ports: SlaPorts, database: Database, log: Log, limit = BATCH): Promise<number> {
  try {
    return await database.begin({ as: 'worker' }, (tx) => fireBatch(ports, tx, limit, null))
  } catch (error) {
    log.error({ err: { message: (error as Error).message, stack: (error as Error).stack } }, 'a batch of alarms failed')
    return await fireOneByOne(ports, database, log, limit)
  }
}

/** After a failed batch: whatever can ring rings, and what cannot waits a minute instead of holding up the rest. */
async function fireOneByOne(ports: SlaPorts, database: Database, log: Log, limit: number): Promise<number> {
  let done = 0
  for (const id of await slaStore.dueClockIds(database.worker, limit)) {
    try {
      done += await database.begin({ as: 'worker' }, (tx) => fireBatch(ports, tx, 1, id))
    } catch (error) {
      log.error({ clockId: id, err: { message: (error as Error).message } }, 'an alarm could not be announced')
      await slaStore.putOff(database.worker, id, PUT_OFF_MS)
    }
  }
  return done
}

async function fireBatch(ports: SlaPorts, tx: Tx, limit: number, only: number | null): Promise<number> {
  const due = await slaStore.lockDueClocks(tx, limit, only)
  if (due.length === 0) return 0
  const ids = due.map((clock) => clock.id)
  const alarms = await slaStore.keepAlarms(tx, ids)
  await slaStore.advanceClocks(tx, ids)
  await mirrorBreaches(ports, tx, alarms)
  await tell(ports, tx, alarms, new Map(due.map((clock) => [clockOf(clock), clock.calendarCode])))
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
        nextDueCalendar: next ? countingKey(next) : null,
        nextDueEstimated: next?.estimated ?? false,
        breached: true,
      })
    }),
  )
}

async function tell(
  ports: SlaPorts,
  tx: Tx,
  alarms: readonly KeptAlarm[],
  calendars: ReadonlyMap<string, CalendarKey>,
): Promise<void> {
  if (alarms.length === 0) return
  await ports.book.refresh(tx)
  const heads = await ticketHeads(tx, [...new Set(alarms.map((alarm) => alarm.ticketId))])
  const last = new Map(alarms.map((alarm) => [clockOf(alarm), alarm.id]))
  for (const alarm of alarms) {
    const ticket = heads.get(alarm.ticketId)
    if (!ticket) continue
    const { metric, seq, kind, dueAt, at, firedAt } = alarm
    const superseded = last.get(clockOf(alarm)) !== alarm.id
    const aroundTheClock = isAroundTheClock(ports.book, calendars.get(clockOf(alarm)) ?? '', at)
    await ports.bus.emit(tx, 'sla.alarm', {
      ticket,
      metric,
      seq,
      kind,
      dueAt,
      at,
      now: firedAt,
      superseded,
      aroundTheClock,
    })
  }
  const live = { topic: 'ticket.alarm', staffOnly: true }
  await Promise.all([...heads.values()].map(({ id, clientId }) => announce(tx, { ...live, clientId, ticketId: id })))
}

function clockOf(one: { ticketId: number; metric: string; seq: number }): string {
  return `${one.ticketId} ${one.metric} ${one.seq}`
}
