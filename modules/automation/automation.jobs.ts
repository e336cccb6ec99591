import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import { DELIVER_TASK } from './actions/call-webhook.ts'
import { CHILDREN_TASK } from './actions/wait-for-children.ts'
import type { Automation } from './automation.service.ts'
import { RULES_TASK } from './verbs/hear-events.ts'
import type { RulesJob } from './verbs/run-rules.ts'

const SWEEP_TASK = 'automation.sweep'

export function automationJobs(database: Database, automation: Automation): JobTasks {
  const endWait = (ticketId: number, chain: readonly number[]) =>
    database.begin({ as: 'worker' }, (tx) => automation.endWait(tx, ticketId, chain))
  return {
    [RULES_TASK]: async (job: RulesJob) => void (await automation.runRules(job)),
    [DELIVER_TASK]: ({ deliveryId }: { deliveryId: number }) => automation.deliver(deliveryId),
    [CHILDREN_TASK]: async ({ ticketId, chain }: { ticketId: number; chain: number[] }) =>
      void (await endWait(ticketId, chain)),
    [SWEEP_TASK]: async () => {
      const { tickets, deliveries } = await automation.leftBehind(database.worker)
      for (const ticketId of tickets) await endWait(ticketId, [])
      for (const id of deliveries) await automation.deliver(id)
    },
  }
}

/** Whatever was left behind goes on within a minute. */
export const automationCron = `* * * * * ${SWEEP_TASK}`
