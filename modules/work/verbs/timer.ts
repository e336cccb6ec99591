import type { Actor } from '@opora/access'
import { listActivities } from '@opora/contracts'
import { Refusal } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import type { TimerStart, TimerStop } from '../contract.ts'
import { spanOfTimer } from '../domain/time-entry.ts'
import { type TimerRow, timeStore } from '../time.store.ts'
import { timedSpan } from '../time-span.ts'
import type { WorkPorts } from '../work.ports.ts'
import { workRefusals } from '../work.refusals.ts'
import { accountOf, lockForTime, logTime, type TimeInput, zoneOf } from './log-time.ts'

/** Starts the person's only timer, or changes the words of the running one. Returns the entry of a timer that it replaced. */
export async function startTimer(ports: WorkPorts, tx: Tx, actor: Actor, input: TimerStart): Promise<number | null> {
  const accountId = accountOf(actor)
  const ticket = await lockForTime(ports, tx, actor, input.ticketId)
  const { activity, note } = input
  if (!(await listActivities(tx)).some((known) => known.code === activity)) {
    throw workRefusals.refuse('work.activity_unknown', { field: 'activity' })
  }
  const running = await timeStore.lockTimer(tx, accountId)
  if (running?.ticketId === ticket.id) {
    await timeStore.changeTimer(tx, accountId, { activity, note })
    return null
  }
  if (running && !input.switch) {
    const [other] = await tx<{ number: number }[]>`select number from ticket where id = ${running.ticketId}`
    throw workRefusals.refuse('work.timer_running', { params: { ticket: other?.number ?? 0 } })
  }
  const logged = running ? await logSwitched(ports, tx, actor, running) : null
  await timeStore.startTimer(tx, { accountId, clientId: ticket.clientId, ticketId: ticket.id, activity, note })
  return logged
}

/** Stops the timer and logs what it measured. A refusal leaves it running: nothing measured is lost. */
export async function stopTimer(ports: WorkPorts, tx: Tx, actor: Actor, input: TimerStop): Promise<number> {
  const running = await timeStore.lockTimer(tx, accountOf(actor))
  if (!running) throw workRefusals.refuse('work.timer_not_running')
  const entry = await timerInput(tx, actor, running, input)
  const id = await logTime(ports, tx, actor, running.ticketId, entry)
  await timeStore.dropTimer(tx, running.accountId)
  return id
}

export async function dropTimer(tx: Tx, actor: Actor): Promise<void> {
  if (!(await timeStore.dropTimer(tx, accountOf(actor)))) throw workRefusals.refuse('work.timer_not_running')
}

/** Switching never loses time: what cannot be billed as it stands is kept as not billable, for its author to complete. */
async function logSwitched(ports: WorkPorts, tx: Tx, actor: Actor, running: TimerRow): Promise<number> {
  const visible = running.note.trim() !== ''
  const entry = await timerInput(tx, actor, running, { urgent: false, onSite: false, visible })
  try {
    return await tx.savepoint((inner) => logTime(ports, inner as Tx, actor, running.ticketId, entry))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return await logTime(ports, tx, actor, running.ticketId, { ...entry, billable: false })
  }
}

async function timerInput(tx: Tx, actor: Actor, running: TimerRow, input: TimerStop): Promise<TimeInput> {
  const span = spanOfTimer(running.startedAt, await databaseNow(tx))
  const [ticket] = await tx<
    { contractId: number | null }[]
  >`select contract_id from ticket where id = ${running.ticketId}`
  const zone = await zoneOf(tx, actor, ticket?.contractId ?? null)
  return {
    activity: input.activity ?? running.activity,
    note: input.note ?? running.note,
    billable: input.billable,
    urgent: input.urgent,
    onSite: input.onSite,
    visible: input.visible,
    service: input.service,
    source: 'timer',
    span: timedSpan(span.startedAt, input.minutes ?? span.minutes, zone),
  }
}
