import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import type { People } from './people.service.ts'
import { INVITE_TASK } from './verbs/contacts.ts'

export function peopleJobs(database: Database, people: People): JobTasks {
  return {
    [INVITE_TASK]: async (payload: { contactId: number; accountId: number | null }) => {
      await database.begin({ as: 'worker' }, (tx) => people.sendInvitation(tx, payload))
    },
  }
}
