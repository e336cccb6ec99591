import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import { type CallReport, DELIVER_TASK, REPORT_TASK } from './actions/call-webhook.ts'
import { CHILDREN_TASK } from './actions/wait-for-children.ts'
import type { Automation } from './automation.service.ts'
import { RULES_TASK } from './verbs/hear-events.ts'
import type { RulesJob } from './verbs/run-rules.ts'

const SWEEP_TASK = 'automation.sweep'
const FORGET_TASK = 'automation.forget'

export function automationJobs(database: Database, automation: Automation): JobTasks {
  const endWait = (ticketId: number, chain: readonly number[]) =>
    database.begin({ as: 'worker' }, (tx) => automation.endWait(tx, ticketId, chain))
  return {
    [RULES_TASK]: async (job: RulesJob) => void (await automation.runRules(job)),
    [DELIVER_TASK]: ({ deliveryId }: { deliveryId: number }) => automation.deliver(deliveryId),
    [REPORT_TASK]: (report: CallReport) => database.begin({ as: 'worker' }, (tx) => automation.reportCall(tx, report)),
    [CHILDREN_TASK]: async ({ ticketId, chain }: { ticketId: number; chain: number[] }) =>
      void (await endWait(ticketId, chain)),
    [FORGET_TASK]: () => automation.forgetLog(),
    [SWEEP_TASK]: async () => {
      const { tickets, deliveries } = await automation.leftBehind(database.worker)
      const faults: unknown[] = []
      const one = (work: Promise<unknown>) => work.catch((error: unknown) => void faults.push(error))
      for (const ticketId of tickets) await one(endWait(ticketId, []))
      for (const id of deliveries) await one(automation.deliver(id))
      // what went wrong with one keeps none behind it waiting, and is told when all have had their turn
      if (faults.length > 0) throw new AggregateError(faults, 'some of what was left behind did not go on')
    },
  }
}

/** Whatever was left behind goes on within a minute; in the small hours of every day the old log is forgotten. */
export const automationCron = `* * * * * ${SWEEP_TASK}\n37 1 * * * ${FORGET_TASK}`
