import { systemActor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import type { Contracts } from './contracts.service.ts'

export const GRANT_TASK = 'contracts.grantPeriods'
/** Every hour, so that a new month begins with its hours whatever the zone. */
export const contractsCron = `5 * * * * ${GRANT_TASK}`

export function contractsJobs(database: Database, contracts: Contracts): JobTasks {
  return { [GRANT_TASK]: () => grantAll(database, contracts) }
}

/** Issues the hours and coupons of the months and years that have begun, each contract in a transaction of its own. */
export async function grantAll(database: Database, contracts: Contracts): Promise<void> {
  const now = await databaseNow(database.worker)
  const due = await contracts.contractsDue(database.worker, now)
  for (const id of due.grants) await database.begin({ as: 'worker' }, (tx) => contracts.grantPeriods(tx, id, now))
  for (const id of due.coupons) {
    await database.begin({ as: 'worker' }, (tx) => contracts.issueCouponOfYear(tx, systemActor(), id))
  }
}
