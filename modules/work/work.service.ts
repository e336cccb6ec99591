import type { Actor } from '@opora/access'
import type { Queryable, Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import type { EstimateDecision, NewEstimate, TimeChange, TimerStart, TimerStop } from './contract.ts'
import { approveTime, correctTime } from './verbs/correct-time.ts'
import { createEstimate, decideEstimate, demandOffer, offerRound, withdrawEstimate } from './verbs/estimates.ts'
import { logTime, previewEntry, type TimeInput } from './verbs/log-time.ts'
import { dropTimer, startTimer, stopTimer } from './verbs/timer.ts'
import type { WorkPorts } from './work.ports.ts'

export type Work = ReturnType<typeof createWork>

/** The verbs of time and estimates, bound to the rest of the house. */
export function createWork(ports: WorkPorts) {
  return {
    /** Returns the id of the entry. */
    logTime: (tx: Tx, actor: Actor, ticketId: number, input: TimeInput) => logTime(ports, tx, actor, ticketId, input),
    preview: (sql: Queryable, actor: Actor, ticketId: number, input: TimeInput) =>
      previewEntry(sql, actor, ticketId, input),
    correctTime: (
      tx: Tx,
      actor: Actor,
      given: { id: number; version: number | null; change: TimeChange | null; reason: string },
    ) => correctTime(ports, tx, actor, given),
    approveTime: (tx: Tx, actor: Actor, id: number, version: number | null) =>
      approveTime(ports, tx, actor, id, version),
    startTimer: (tx: Tx, actor: Actor, input: TimerStart) => startTimer(ports, tx, actor, input),
    stopTimer: (tx: Tx, actor: Actor, input: TimerStop) => stopTimer(ports, tx, actor, input),
    dropTimer,
    createEstimate: (tx: Tx, actor: Actor, ticketId: number, input: NewEstimate) =>
      createEstimate(ports, tx, actor, ticketId, input),
    offerEstimate: (
      tx: Tx,
      actor: Actor,
      given: { id: number; version: number | null; validUntil: string | null | undefined },
    ) => offerRound(ports, tx, actor, given),
    withdrawEstimate: (tx: Tx, actor: Actor, given: { id: number; version: number | null; reason: string }) =>
      withdrawEstimate(ports, tx, actor, given),
    decideEstimate: (tx: Tx, actor: Actor, estimateId: number, input: EstimateDecision) =>
      decideEstimate(ports, tx, actor, estimateId, input),
    onPlaceEntered: (tx: Tx, event: TicketEvents['ticket.place_entered']) =>
      demandOffer(tx, event.ticket.id, event.place),
  }
}
