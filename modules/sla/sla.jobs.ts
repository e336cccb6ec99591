import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import { type Loop, startLoop } from '@opora/platform/jobs'
import type { Log } from '@opora/platform/log'
import type { Sla } from './sla.service.ts'
import { FOLLOW_TASK, type Following } from './verbs/follow-rules.ts'
import { REWARN_TASK, type Rewarning } from './verbs/rewarn.ts'

/** How late an alarm may ring while nothing else is late. */
export const ALARM_EVERY_MS = 500
const REFRESH_TASK = 'sla.refreshEstimated'
const REFRESH_BATCH = 100
const FOLLOW_BATCH = 200
/** Every hour: open deadlines, once somebody has loaded production years. */
export const slaCron = `35 * * * * ${REFRESH_TASK}`

export function slaJobs(database: Database, sla: Sla): JobTasks {
  return {
    [REFRESH_TASK]: async () => {
      const batch = (after: number): Promise<number | null> =>
        database.begin({ as: 'worker' }, (tx) => sla.refreshEstimated(tx, { limit: REFRESH_BATCH, after }))
      for (let after: number | null = 0; after !== null; ) after = await batch(after)
    },
    [FOLLOW_TASK]: async (following: Following) => {
      const batch = (after: number): Promise<number | null> =>
        database.begin({ as: 'worker' }, (tx) => sla.followRules(tx, following, { limit: FOLLOW_BATCH, after }))
      for (let after: number | null = 0; after !== null; ) after = await batch(after)
    },
    [REWARN_TASK]: async (rewarning: Rewarning) => {
      const batch = (after: number): Promise<number | null> =>
        database.begin({ as: 'worker' }, (tx) => sla.rewarn(tx, rewarning, { limit: FOLLOW_BATCH, after }))
      for (let after: number | null = 0; after !== null; ) after = await batch(after)
    },
  }
}

/** Rings due alarms; any number of processes may run it. */
export function startAlarmLoop(database: Database, sla: Sla, log: Log): Loop {
  const work = () => sla.fireDueAlarms(database, log)
  return startLoop({ name: 'sla alarms', everyMs: ALARM_EVERY_MS, work, log })
}
