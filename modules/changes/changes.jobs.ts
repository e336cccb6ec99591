import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import type { Changes } from './changes.service.ts'
import { READ_CALL_TASK } from './verbs/deployments.ts'

const CLOSE_TASK = 'changes.closeVotes'
const REMIND_TASK = 'changes.remind'

export function changesJobs(database: Database, changes: Changes): JobTasks {
  const begin = <T>(body: Parameters<typeof database.begin<T>>[1]) => database.begin({ as: 'worker' }, body)
  return {
    [READ_CALL_TASK]: async ({ callId }: { callId: number }) => {
      await begin((tx) => changes.readCall(tx, callId))
    },
    [CLOSE_TASK]: async () => void (await changes.closeDue(database)),
    [REMIND_TASK]: async () => {
      await begin((tx) => changes.remindDue(tx))
      await begin((tx) => changes.tellLate(tx))
    },
  }
}

/** A vote ends within a minute of its deadline; reminders and late reviews are told every quarter of an hour. */
export const changesCron = [`* * * * * ${CLOSE_TASK}`, `*/15 * * * * ${REMIND_TASK}`].join('\n')
