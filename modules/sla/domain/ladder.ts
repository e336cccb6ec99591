import type { AlarmKind } from './clock-state.ts'
import { type Metric, type SlaPolicyData, warningsOf } from './policy.ts'

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

/**
 * Where a policy says nothing: at its last warning but one whoever has the ticket is told, at the last the incident manager too, at a
 * breach the account manager as well.
 */
export function usualLadder(policy: SlaPolicyData): readonly LadderStep[] {
  const [last, before] = warningsOf(policy).toReversed()
  return [
    ...told(before, 'assignee'),
    ...told(last, 'assignee', 'im'),
    ...(['assignee', 'im', 'account_manager'] as const).map((to) => ({ at: 'breach', act: 'notify', to }) as const),
  ]
}

function told(percent: number | undefined, ...people: LadderPerson[]): LadderStep[] {
  return percent === undefined ? [] : people.map((to) => ({ at: `warn${percent}`, act: 'notify', to }))
}

/** Whether an alarm of this kind comes from such a policy. */
export function warnsAt(policy: SlaPolicyData, kind: AlarmKind): boolean {
  return kind === 'breach' || warningsOf(policy).some((percent) => kind === `warn${percent}`)
}

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
