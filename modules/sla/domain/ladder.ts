import type { AlarmKind } from './clock-state.ts'
import type { Metric } from './policy.ts'

/** Whom a step concerns: who has the ticket, everybody of a role who serves the client, or the client's account manager. */
export type LadderPerson = 'assignee' | 'account_manager' | 'l1' | 'im' | 'it' | 'dev' | 'di'

/**
 * - `notify`: tells `to`. `page`: calls `to` at any hour.
 * - `reassign`: gives the ticket to the person of the role `to` who has the fewest open tickets.
 * - `raise`: the priority goes up by one, where a 1 stays a 1.
 */
export type LadderAct = 'notify' | 'reassign' | 'raise' | 'page'

/** A step of an escalation ladder. It is taken once for a ticket, metric, number of the clock and alarm. */
export interface LadderStep {
  at: AlarmKind
  act: LadderAct
  /** Needed by all but `raise`. */
  to?: LadderPerson
  /** Absent: of every metric, at every priority. */
  metrics?: readonly Metric[]
  priorities?: readonly number[]
}

/** Where a policy says nothing: whoever has the ticket, then the incident manager, at a breach the account manager too. */
export const DEFAULT_LADDER: readonly LadderStep[] = [
  { at: 'warn75', act: 'notify', to: 'assignee' },
  { at: 'warn90', act: 'notify', to: 'assignee' },
  { at: 'warn90', act: 'notify', to: 'im' },
  { at: 'breach', act: 'notify', to: 'assignee' },
  { at: 'breach', act: 'notify', to: 'im' },
  { at: 'breach', act: 'notify', to: 'account_manager' },
]

/** The steps that an alarm starts. Telling people of what a later alarm of the same moment says better is left out. */
export function stepsAt(
  ladder: readonly LadderStep[],
  alarm: { kind: AlarmKind; metric: Metric; priority: number; superseded: boolean },
): LadderStep[] {
  return ladder.filter(
    (step) =>
      step.at === alarm.kind &&
      (step.metrics?.includes(alarm.metric) ?? true) &&
      (step.priorities?.includes(alarm.priority) ?? true) &&
      !(alarm.superseded && step.act === 'notify'),
  )
}
