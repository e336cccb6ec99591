import type { Database } from '@opora/platform/database'
import { type Loop, startLoop } from '@opora/platform/jobs'
import type { Log } from '@opora/platform/log'
import type { Duty } from './duty.service.ts'

/** How late the next person is called while nothing else is late. */
const EVERY_MS = 1_000

/** Moves unanswered pages on; any number of processes may run it. */
export function startPageLoop(database: Database, duty: Duty, log: Log): Loop {
  return startLoop({ name: 'pages', everyMs: EVERY_MS, work: () => duty.callOverdue(database, log), log })
}
