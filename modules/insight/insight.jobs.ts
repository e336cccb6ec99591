import type { JobTasks } from '@opora/platform/jobs'
import type { Insight } from './insight.service.ts'

const REVENUE_TASK = 'insight.refreshRevenue'
/** Open months change with every hour that is logged; five minutes are soon enough for a screen that judges months. */
export const insightCron = `*/5 * * * * ${REVENUE_TASK}`

export function insightJobs(insight: Insight): JobTasks {
  return { [REVENUE_TASK]: async () => void (await insight.refreshRevenue()) }
}
