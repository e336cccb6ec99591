import type { Actor } from '@opora/access'
import { listActivities } from '@opora/contracts'
import { type Instant, Refusal } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Tx } from '@opora/platform/database'
import { announce } from '@opora/platform/live'
import type { IdleAnswer, TimerStart, TimerStop } from '../contract.ts'
import { idleMinutes, spanOfTimer } from '../domain/time-entry.ts'
import { idleAfterOf } from '../time.read-model.ts'
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
    await told(tx, accountId)
    return null
  }
  if (running && !input.switch) {
    const [other] = await tx<{ number: number }[]>`select number from ticket where id = ${running.ticketId}`
    throw workRefusals.refuse('work.timer_running', { params: { ticket: other?.number ?? 0 } })
  }
  const logged = running ? await logSwitched(ports, tx, actor, running) : null
  await timeStore.startTimer(tx, { accountId, clientId: ticket.clientId, ticketId: ticket.id, activity, note })
  await told(tx, accountId)
  return logged
}

/** Stops the timer and logs what it measured. A refusal leaves it running: nothing measured is lost. */
export async function stopTimer(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  running: TimerRow,
  input: TimerStop,
): Promise<number> {
  const entry = await timerInput(tx, actor, running, input)
  const id = await logTime(ports, tx, actor, running.ticketId, entry)
  await timeStore.dropTimer(tx, running.accountId)
  await told(tx, running.accountId)
  return id
}

/** The person's timer, locked so that it is stopped once. */
export async function runningTimer(tx: Tx, actor: Actor): Promise<TimerRow> {
  const running = await timeStore.lockTimer(tx, accountOf(actor))
  if (!running) throw workRefusals.refuse('work.timer_not_running')
  return running
}

export async function dropTimer(tx: Tx, actor: Actor): Promise<void> {
  const accountId = accountOf(actor)
  if (!(await timeStore.dropTimer(tx, accountId))) throw workRefusals.refuse('work.timer_not_running')
  await told(tx, accountId)
}

/**
 * The person has done something, on whichever device. After a silence long enough to ask about it changes nothing: what becomes of the
 * silence is for the person to say.
 */
export async function seenAtTimer(tx: Tx, actor: Actor): Promise<void> {
  const accountId = accountOf(actor)
  const running = await timeStore.lockTimer(tx, accountId)
  if (!running) return
  const now = await databaseNow(tx)
  const askAfter = await idleAfterOf(tx, accountId)
  if (askAfter === 0 || idleMinutes(running.seenAt, now, askAfter) === null)
    await timeStore.markSeen(tx, accountId, now)
}

/**
 * What becomes of a silence. `keep`: it was work. `discard`: what was measured up to the last sign of life is logged, and the timer begins
 * anew now. `stop`: the same, and the timer ends. Returns the entry that was logged.
 */
export async function answerIdle(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  { answer }: IdleAnswer,
): Promise<number | null> {
  const running = await runningTimer(tx, actor)
  const now = await databaseNow(tx)
  if (answer === 'keep') {
    await timeStore.markSeen(tx, running.accountId, now)
    await told(tx, running.accountId)
    return null
  }
  const logged = await logSwitched(ports, tx, actor, running, running.seenAt)
  const { accountId, clientId, ticketId, activity, note } = running
  if (answer === 'stop') await timeStore.dropTimer(tx, accountId)
  else await timeStore.startTimer(tx, { accountId, clientId, ticketId, activity, note })
  await told(tx, accountId)
  return logged
}

/** How long a silence is asked about; 0: never. */
export async function setIdleAfter(tx: Tx, actor: Actor, minutes: number): Promise<void> {
  await timeStore.setIdleAfter(tx, accountOf(actor), minutes)
}

/** Every device of the person shows the same timer. */
function told(tx: Tx, accountId: number): Promise<void> {
  return announce(tx, { topic: 'timer', clientId: null, accountId })
}

/** Switching never loses time: what cannot be billed as it stands is kept as not billable, for its author to complete. */
async function logSwitched(
  ports: WorkPorts,
  tx: Tx,
  actor: Actor,
  running: TimerRow,
  until: Instant | null = null,
): Promise<number> {
  const visible = running.note.trim() !== ''
  const entry = await timerInput(tx, actor, running, { urgent: false, onSite: false, visible }, until)
  try {
    return await tx.savepoint((inner) => logTime(ports, inner as Tx, actor, running.ticketId, entry))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return await logTime(ports, tx, actor, running.ticketId, { ...entry, billable: false })
  }
}

async function timerInput(
  tx: Tx,
  actor: Actor,
  running: TimerRow,
  input: TimerStop,
  until: Instant | null = null,
): Promise<TimeInput> {
  const span = spanOfTimer(running.startedAt, until ?? (await databaseNow(tx)))
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
