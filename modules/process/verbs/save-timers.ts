import type { Instant } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { Command, TimerDue } from '../domain/process-state.ts'
import type { ProcessPorts, TicketOfProcess } from '../process.service.ts'
import { processStore } from '../process.store.ts'

const MINUTE_MS = 60_000

/** Starts and calls off timers as the commands of a step say; clock time is added here, working time by the contract's calendar. */
export async function saveTimers(
  ports: ProcessPorts,
  tx: Queryable,
  of: { instanceId: number; ticket: TicketOfProcess; now: Instant },
  commands: readonly Command[],
): Promise<void> {
  const { instanceId, ticket, now } = of
  for (const command of commands) {
    if (command.type === 'cancelTimer') {
      await processStore.cancelTimers(tx, instanceId, command.elementId, command.entry)
    }
    if (command.type !== 'startTimer') continue
    await processStore.startTimer(tx, {
      clientId: ticket.clientId,
      instanceId,
      ticketId: ticket.ticketId,
      elementId: command.elementId,
      tokenKey: `${command.entry}.${command.round}`,
      dueAt: await dueOf(ports, tx, ticket, command.due, now),
    })
  }
}

async function dueOf(
  ports: ProcessPorts,
  sql: Queryable,
  ticket: TicketOfProcess,
  due: TimerDue,
  now: Instant,
): Promise<Instant> {
  if (due.unit === 'clock_minutes') return now + due.minutes * MINUTE_MS
  const inCalendar = due.unit === 'working_minutes' ? ({ unit: 'minutes', minutes: due.minutes } as const) : due
  return ports.dueAt(sql, ticket, inCalendar, now)
}
