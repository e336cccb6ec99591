import type { JobTasks } from '@opora/platform/jobs'
import type { FurtherRound } from './verbs/estimate-life.ts'
import type { Work } from './work.service.ts'

export const FURTHER_ROUND_TASK = 'work.openRound'
const EXPIRE_TASK = 'work.expireEstimates'

export function workJobs(work: Work): JobTasks {
  return {
    [FURTHER_ROUND_TASK]: (given: FurtherRound) => work.openFurtherRound(given),
    [EXPIRE_TASK]: () => work.expireEstimates(),
  }
}

/** A round's last day ends at midnight of its client's zone: looking every quarter of an hour is soon enough. */
export const workCron = `*/15 * * * * ${EXPIRE_TASK}`
