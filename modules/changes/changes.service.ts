import type { Actor } from '@opora/access'
import type { Database, Queryable, Tx } from '@opora/platform/database'
import type { TicketEvents } from '@opora/tickets'
import type { ChangesPorts } from './changes.ports.ts'
import type { BallotInput, ChangePlan, ChangeWindow, FinishInput, ReviewInput, SessionWish } from './contract.ts'
import { onPlaceEntered, putOnAgenda, sendBack } from './verbs/agenda.ts'
import {
  approveTemplate,
  lendSeat,
  retireTemplate,
  saveSettings,
  saveTemplate,
  setMembers,
  takeSeatBack,
} from './verbs/board.ts'
import {
  addSource,
  currentKey,
  type HookCall,
  readCall,
  receiveCall,
  renewKey,
  retireSource,
} from './verbs/deployments.ts'
import { followFacts, guardFacts, onAction } from './verbs/follow-process.ts'
import { finishInstallation, reviewChange, startInstallation } from './verbs/install.ts'
import { openSession } from './verbs/open-vote.ts'
import { createChange, meetCondition, planChange } from './verbs/plan-change.ts'
import { castBallot, closeDue, closeRound, closeSession, remindDue, tellLate } from './verbs/vote.ts'
import { addFreeze, decideWindow, liftFreeze, planWindow } from './verbs/windows.ts'

export type Changes = ReturnType<typeof createChanges>

interface Versioned {
  id: number
  version: number | null
}

/** The verbs of changes and of their board, bound to the rest of the house. */
export function createChanges(ports: ChangesPorts) {
  return {
    ...planning(ports),
    ...voting(ports),
    saveSettings,
    setMembers,
    lendSeat,
    takeSeatBack,
    saveTemplate,
    approveTemplate,
    retireTemplate,
    addFreeze,
    liftFreeze,
    addSource,
    renewKey,
    retireSource,
    keyOf: (sql: Queryable, id: number) => currentKey(ports, sql, id),
    receiveCall: (tx: Tx, call: HookCall) => receiveCall(ports, tx, call),
    readCall: (tx: Tx, callId: number) => readCall(ports, tx, callId),
    /** In the announcer's transaction, with the announcer's rights: what the board's rules forbid is refused. */
    guardFacts: (tx: Tx, event: TicketEvents['ticket.facts']) => guardFacts(tx, event),
    onAction: (tx: Tx, event: TicketEvents['ticket.action']) => onAction(tx, event),
    /** With the worker's rights. */
    onFacts: (tx: Tx, event: TicketEvents['ticket.facts']) => followFacts(ports, tx, event),
    onPlaceEntered: (tx: Tx, event: TicketEvents['ticket.place_entered']) => onPlaceEntered(ports, tx, event),
  }
}

function planning(ports: ChangesPorts) {
  return {
    create: (tx: Tx, actor: Actor, ticketId: number, plan: ChangePlan) =>
      createChange(ports, tx, actor, ticketId, plan),
    plan: (tx: Tx, actor: Actor, given: Versioned & { plan: ChangePlan }) => planChange(ports, tx, actor, given),
    meetCondition: (tx: Tx, actor: Actor, given: { id: number; conditionId: number; note: string }) =>
      meetCondition(ports, tx, actor, given),
    planWindow: (tx: Tx, actor: Actor, given: Versioned & { window: ChangeWindow }) =>
      planWindow(ports, tx, actor, given),
    decideWindow: (tx: Tx, actor: Actor, given: { id: number; agree: boolean; comment: string }) =>
      decideWindow(ports, tx, actor, given),
    start: (tx: Tx, actor: Actor, given: Versioned) => startInstallation(ports, tx, actor, given),
    finish: (tx: Tx, actor: Actor, given: Versioned & { finish: FinishInput }) =>
      finishInstallation(ports, tx, actor, given),
    review: (tx: Tx, actor: Actor, given: Versioned & { review: ReviewInput }) => reviewChange(ports, tx, actor, given),
  }
}

function voting(ports: ChangesPorts) {
  return {
    putOnAgenda: (tx: Tx, actor: Actor, given: Versioned) => putOnAgenda(ports, tx, actor, given),
    sendBack: (tx: Tx, actor: Actor, given: { id: number; reason: string }) => sendBack(ports, tx, actor, given),
    openSession: (tx: Tx, actor: Actor, wish: SessionWish) => openSession(ports, tx, actor, wish),
    closeSession: (tx: Tx, actor: Actor, given: Versioned) => closeSession(ports, tx, actor, given),
    closeRound: (tx: Tx, actor: Actor, changeId: number) => closeRound(ports, tx, actor, changeId),
    castBallot: (tx: Tx, actor: Actor, changeId: number, ballot: BallotInput) =>
      castBallot(ports, tx, actor, changeId, ballot),
    closeDue: (database: Database) => closeDue(ports, database),
    remindDue: (tx: Tx) => remindDue(ports, tx),
    tellLate: (tx: Tx) => tellLate(ports, tx),
  }
}
