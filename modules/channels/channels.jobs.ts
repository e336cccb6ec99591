import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import { forgetLetters } from './letters.service.ts'

const FORGET_TASK = 'channels.forgetLetters'
/** The small hours of every day: letters that have been processed long ago. */
export const channelsCron = `53 1 * * * ${FORGET_TASK}`

export function channelsJobs(database: Database, settings: { keepLettersMs: number }): JobTasks {
  return { [FORGET_TASK]: () => forgetLetters(database, settings.keepLettersMs) }
}
