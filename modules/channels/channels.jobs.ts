import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import { channelsStore } from './channels.store.ts'

const FORGET_TASK = 'channels.forgetLetters'
/** The small hours of every day: letters that have been processed long ago. */
export const channelsCron = `53 1 * * * ${FORGET_TASK}`
// a letter may be of megabytes: a batch must not hold its rows for long
const FORGOTTEN_AT_ONCE = 200

export function channelsJobs(database: Database, settings: { keepLettersMs: number }): JobTasks {
  return {
    /** A letter's bytes hold more of a person than the ticket needs: they are kept for a while as proof, then forgotten. */
    [FORGET_TASK]: async () => {
      for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE; )
        forgotten = await database.begin({ as: 'worker' }, (tx) =>
          channelsStore.forgetBytes(tx, settings.keepLettersMs, FORGOTTEN_AT_ONCE),
        )
    },
  }
}
