import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import { forgetUploads } from './verbs/files.ts'

const FORGET_TASK = 'tickets.forgetUploads'
/** Every hour: uploads that no message took. */
export const ticketsCron = `11 * * * * ${FORGET_TASK}`

export function ticketsJobs(database: Database): JobTasks {
  return { [FORGET_TASK]: () => forgetUploads(database) }
}
