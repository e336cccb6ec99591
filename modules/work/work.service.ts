import type { Actor } from '@opora/access'
import type { Queryable, Tx } from '@opora/platform/database'
import { enqueue } from '@opora/platform/jobs'
import type { TicketEvents } from '@opora/tickets'
import type { EstimateDecision, IdleAnswer, NewEstimate, TimeChange, TimerStart, TimerStop } from './contract.ts'
import { approveMany, refuseApproved, setApprovalRule, takeApprovalBack } from './verbs/approval.ts'
import { approveTime, correctTime } from './verbs/correct-time.ts'
import { expireEstimates, type FurtherRound, furtherRoundOf, openFurtherRound } from './verbs/estimate-life.ts'
import {
  createEstimate,
  decideEstimate,
  demandOffer,
  offerRound,
  reviseRound,
  withdrawByProcess,
  withdrawEstimate,
} from './verbs/estimates.ts'
import { logTime, previewEntry, type TimeInput } from './verbs/log-time.ts'
import { answerIdle, dropTimer, runningTimer, seenAtTimer, setIdleAfter, startTimer, stopTimer } from './verbs/timer.ts'
import { copyWeek, setCell } from './verbs/week.ts'
import type { WeekCell } from './week.contract.ts'
import { FURTHER_ROUND_TASK } from './work.jobs.ts'
import type { WorkPorts } from './work.ports.ts'

export type Work = ReturnType<typeof createWork>

/** The verbs of time and estimates, bound to the rest of the house. */
export function createWork(ports: WorkPorts) {
  return {
    /** Returns the id of the entry. Billing past what was approved is refused and opens the next round. */
    logTime: (tx: Tx, actor: Actor, ticketId: number, input: TimeInput) =>
      orOpenRound(ports, { actor, ticketId, activity: input.activity }, () =>
        logTime(ports, tx, actor, ticketId, input),
      ),
    preview: (sql: Queryable, actor: Actor, ticketId: number, input: TimeInput) =>
      previewEntry(sql, actor, ticketId, input),
    correctTime: (
      tx: Tx,
      actor: Actor,
      given: { id: number; version: number | null; change: TimeChange | null; reason: string },
    ) => refuseApproved(tx, actor, given.id).then(() => correctTime(ports, tx, actor, given)),
    setCell: (tx: Tx, actor: Actor, cell: WeekCell) => setCell(ports, tx, actor, cell),
    copyWeek: (tx: Tx, actor: Actor, monday: string) => copyWeek(ports, tx, actor, monday),
    approveMany,
    takeApprovalBack,
    setApprovalRule,
    approveTime: (tx: Tx, actor: Actor, id: number, version: number | null) =>
      approveTime(ports, tx, actor, id, version),
    startTimer: (tx: Tx, actor: Actor, input: TimerStart) => startTimer(ports, tx, actor, input),
    async stopTimer(tx: Tx, actor: Actor, input: TimerStop) {
      const running = await runningTimer(tx, actor)
      const about = { actor, ticketId: running.ticketId, activity: input.activity ?? running.activity }
      return orOpenRound(ports, about, () => stopTimer(ports, tx, actor, running, input))
    },
    seenAtTimer,
    answerIdle: (tx: Tx, actor: Actor, input: IdleAnswer) => answerIdle(ports, tx, actor, input),
    setIdleAfter,
    dropTimer,
    createEstimate: (tx: Tx, actor: Actor, ticketId: number, input: NewEstimate) =>
      createEstimate(ports, tx, actor, ticketId, input),
    offerEstimate: (
      tx: Tx,
      actor: Actor,
      given: { id: number; version: number | null; validUntil: string | null | undefined; answer: string },
    ) => offerRound(ports, tx, actor, given),
    withdrawEstimate: (tx: Tx, actor: Actor, given: { id: number; version: number | null; reason: string }) =>
      withdrawEstimate(ports, tx, actor, given),
    decideEstimate: (tx: Tx, actor: Actor, estimateId: number, input: EstimateDecision) =>
      decideEstimate(ports, tx, actor, estimateId, input),
    reviseEstimate: (tx: Tx, actor: Actor, given: { id: number; version: number | null; draft: NewEstimate }) =>
      reviseRound(ports, tx, actor, given),
    openFurtherRound: (given: FurtherRound) =>
      ports.database.begin({ as: 'worker' }, async (tx) => void (await openFurtherRound(ports, tx, given))),
    async expireEstimates(): Promise<void> {
      while ((await ports.database.begin({ as: 'worker' }, (tx) => expireEstimates(ports, tx))) > 0);
    },
    onAction: (tx: Tx, event: TicketEvents['ticket.action']) => withdrawByProcess(ports, tx, event),
    onPlaceEntered: (tx: Tx, event: TicketEvents['ticket.place_entered']) =>
      demandOffer(tx, event.ticket.id, event.place),
  }
}

/** The refusal takes back all that the request did; the round that it calls for is asked for in a transaction of its own. */
async function orOpenRound(
  ports: WorkPorts,
  about: { actor: Actor; ticketId: number; activity: string },
  body: () => Promise<number>,
): Promise<number> {
  try {
    return await body()
  } catch (error) {
    const further = furtherRoundOf(error, about)
    if (further !== null)
      await ports.database.begin({ as: 'worker' }, (tx) =>
        enqueue(tx, FURTHER_ROUND_TASK, { ...further }, { key: `round:${further.ticketId}` }),
      )
    throw error
  }
}
