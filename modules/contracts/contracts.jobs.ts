import { systemActor } from '@opora/access'
import { databaseNow } from '@opora/platform/clock'
import type { Database } from '@opora/platform/database'
import type { JobTasks } from '@opora/platform/jobs'
import { type Log, silentLog } from '@opora/platform/log'
import type { Contracts } from './contracts.service.ts'

export const GRANT_TASK = 'contracts.grantPeriods'
const REMIND_TASK = 'contracts.remind'
const CHECK_TASK = 'contracts.checkLedger'
/** Hours every hour, so that a new month begins with them whatever the zone; dates in the morning; the ledger's laws at night. */
export const contractsCron = [`5 * * * * ${GRANT_TASK}`, `20 4 * * * ${REMIND_TASK}`, `40 1 * * * ${CHECK_TASK}`].join(
  '\n',
)

export function contractsJobs(database: Database, contracts: Contracts, log: Log = silentLog): JobTasks {
  return {
    [GRANT_TASK]: () => grantAll(database, contracts),
    [REMIND_TASK]: () => remindAll(database, contracts),
    [CHECK_TASK]: () => checkAll(database, contracts, log),
  }
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

async function remindAll(database: Database, contracts: Contracts): Promise<void> {
  for (const id of await contracts.contractsToRemind(database.worker)) {
    await database.begin({ as: 'worker' }, (tx) => contracts.remindOf(tx, id))
  }
  for (const id of await contracts.endingsDue(database.worker)) {
    await database.begin({ as: 'worker' }, (tx) => contracts.settleEnding(tx, id))
  }
}

/** Nothing is mended: somebody has to look. */
async function checkAll(database: Database, contracts: Contracts, log: Log): Promise<void> {
  const faults = await database.begin({ as: 'worker' }, (tx) => contracts.checkLedger(tx))
  for (const fault of faults) log.error(fault, 'the ledger contradicts itself')
  if (faults.length === 0) log.info('the ledger adds up')
}
