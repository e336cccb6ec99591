import type { Instant } from '@opora/core'
import type { ClockEffect, Phase } from './catalogue.ts'
import type { Bilingual, Facts } from './process-definition.ts'

/**
 * Where a ticket stands in its process: a few tokens, kept as plain JSON with the ticket. Nodes and flows are named by
 * their place in the definition's order, so that a token is a few dozen bytes whatever its diagram calls things.
 */
export interface ProcessState {
  tokens: Token[]
  /** What the diagram itself has set; facts about the ticket come from outside with every event. */
  facts: Facts
  nextEntry: number
  /** The end event that was reached, `null` while the process runs, `'stopped'` when it was stopped from outside. */
  endedAt: string | null
}

export interface Token {
  /** The number of this entry into the place: a new one each time, so that what belongs to an earlier visit is known as stale. */
  entry: number
  /** The node where it is: a place, a sub-process whose inside is at work, or a gateway where it waits for its fellows. */
  at: number
  /** The entry of the sub-process token, or of the token of a loop, that it belongs to; left out on the top level. */
  in?: number
  /** The flow by which it came to a gateway where it waits. */
  via?: number
  /** Timers on the border that have fired without ending the visit, once for each time. */
  fired?: number[]
  /** Places to return to, by the name under which they were remembered. */
  memory?: Readonly<Record<string, number>>
  /** On the token of a loop: how many times in all, how many are done. `times` 0 = until its condition says stop. */
  loop?: { times: number; done: number }
  /** On one instance of a loop: which one, from 1. */
  turn?: number
}

/** What may happen to a process. `facts` of the call are the ticket's facts at that moment. */
export type ProcessEvent =
  /** `startId`: one of several start events. */
  | { type: 'started'; startId?: string }
  /** `roles`: the roles of the person; left out when the right has been checked already. `entry`: the visit that was seen. */
  | {
      type: 'outcome'
      taskId: string
      outcomeId: string
      data?: OutcomeData
      roles?: readonly string[]
      entry?: number
    }
  | { type: 'message'; name: string }
  | { type: 'signal'; name: string }
  /** `round`: which of the timer's repeats, from 0. */
  | { type: 'timer'; elementId: string; entry?: number; round?: number }
  /** A service task that waits has been done, or has failed with a code that an error event on its border may catch. */
  | { type: 'done'; taskId: string; entry?: number; data?: OutcomeData }
  | { type: 'failed'; taskId: string; entry?: number; code: string }
  /** Somebody raises the alarm from outside while the place is at work. */
  | { type: 'escalated'; taskId: string; entry?: number; code: string }
  /** Moved by hand, on purpose: every token goes, one stands at `taskId`. */
  | { type: 'moved'; taskId: string }
  /** The ticket leaves the process for good: merged, deleted. */
  | { type: 'stopped' }

/** Values of the outcome's fields; `reply` and `note` hold the message that goes with it. */
export type OutcomeData = Readonly<Record<string, unknown>>

export type LeftBy =
  | { type: 'outcome'; outcomeId: string }
  | { type: 'message'; name: string }
  | { type: 'signal'; name: string }
  | { type: 'timer'; elementId: string }
  | { type: 'error' | 'escalation'; code: string }
  | { type: 'done' }
  /** The activity around it, or another instance of the same loop, came to its end. */
  | { type: 'ended' }
  | { type: 'moved' }
  | { type: 'stopped' }

/** `minutes` and `working_days` run in the calendar of the ticket's contract, `clock_minutes` by the clock. */
export type TimerDue =
  | { unit: 'clock_minutes'; minutes: number }
  | { unit: 'working_minutes'; minutes: number }
  | { unit: 'working_days'; days: number }
  | { unit: 'instant'; at: Instant }

/** What the rest of the product has to do, in this order, in the transaction that saves the new state. */
export type Command =
  | {
      type: 'enterTask'
      taskId: string
      entry: number
      name: Bilingual
      role: string | null
      takers: string[]
      statusStaff: Bilingual
      statusClient: Bilingual
      clockEffect: ClockEffect
      phase: Phase
    }
  | { type: 'leaveTask'; taskId: string; entry: number; by: LeftBy }
  | { type: 'startTimer'; elementId: string; taskId: string; entry: number; round: number; due: TimerDue }
  | { type: 'cancelTimer'; elementId: string; taskId: string; entry: number }
  | { type: 'action'; name: string; params: Record<string, unknown>; elementId: string }
  /** To whoever waits for it outside this process; tokens of this process that wait for the signal have met it already. */
  | { type: 'send'; as: 'message' | 'signal'; name: string; elementId: string }
  /** An escalation, or an error that nothing caught; after the latter the process has ended. */
  | { type: 'raised'; as: 'escalation' | 'error'; code: string; elementId: string; caught: boolean }
  | { type: 'completed'; endId: string; name: Bilingual }

export interface Advance {
  state: ProcessState
  commands: Command[]
  /** All facts after the event: those given, over those kept, and those that the diagram has just set. */
  facts: Facts
  /** Ids of the nodes and flows passed, in order: what the drawing marks as done. */
  trail: string[]
  /** The event met nothing that waits for it (a late timer, a message nobody expects); nothing has changed. */
  ignored: boolean
}

export function initialState(): ProcessState {
  return { tokens: [], facts: {}, nextEntry: 1, endedAt: null }
}
