import type { Instant } from '@opora/core'
import type { ClockEffect, Phase } from './catalogue.ts'
import type { Bilingual, Facts } from './process-definition.ts'

/** Where a ticket stands in its process. Small plain JSON, kept with the ticket. */
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
  /** Id of the place, or of the parallel gateway where the token waits for its fellows. */
  at: string
  /** The flow by which it came to a parallel gateway. */
  via?: string
  /** Events on the border that have fired without ending the visit; each does so once. */
  fired?: string[]
  /** Places to return to, by the name under which they were remembered. */
  memory: Readonly<Record<string, string>>
}

/** What may happen to a process. `facts` of the call are the ticket's facts at that moment. */
export type ProcessEvent =
  | { type: 'started' }
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
  | { type: 'timer'; elementId: string; entry?: number }
  /** Moved by hand, on purpose: every token goes, one stands at `taskId`. */
  | { type: 'moved'; taskId: string }
  /** The ticket leaves the process for good: merged, deleted. */
  | { type: 'stopped' }

/** Values of the outcome's fields; `reply` and `note` hold the message that goes with it. */
export type OutcomeData = Readonly<Record<string, unknown>>

export type LeftBy =
  | { type: 'outcome'; outcomeId: string }
  | { type: 'message'; name: string }
  | { type: 'timer'; elementId: string }
  | { type: 'moved' }
  | { type: 'stopped' }

export type TimerDue =
  | { unit: 'minutes'; minutes: number }
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
  | { type: 'startTimer'; elementId: string; taskId: string; entry: number; due: TimerDue }
  | { type: 'cancelTimer'; elementId: string; taskId: string; entry: number }
  | { type: 'action'; name: string; params: Record<string, unknown>; elementId: string }
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
