import { taxed, vatRateOn } from '@opora/billing'
import {
  type CloseStatement,
  type ContractVersion,
  chargesOf,
  linesOf,
  usedUnitsOf,
  versionOn,
  versionsOf,
} from '@opora/contracts'
import type { CivilDate, CivilMonth } from '@opora/core'
import type { Database, Tx } from '@opora/platform/database'
import { revenueOf } from '../domain/revenue.ts'
import { insightStore } from '../insight.store.ts'
import {
  activitiesOfEntries,
  correctionsOfMonth,
  figuresOfClose,
  type StaleMonth,
  staleMonths,
  workedMinutes,
} from '../revenue-months.read-model.ts'

// Each batch is a transaction of its own, so that a long first run does not hold the table.
const MONTHS_AT_ONCE = 200
const BATCHES_MAX = 500

/** Writes the revenue of every month that has changed since it was written last; answers how many there were. */
export async function refreshRevenue(database: Database): Promise<number> {
  let written = 0
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const done = await database.begin({ as: 'worker' }, refreshBatch)
    written += done
    if (done < MONTHS_AT_ONCE) break
  }
  return written
}

async function refreshBatch(tx: Tx): Promise<number> {
  await insightStore.lockProjection(tx)
  await insightStore.dropMonthsPastEnd(tx)
  const stale = await staleMonths(tx, MONTHS_AT_ONCE)
  const known = new Map<number, ContractVersion[]>()
  for (const month of stale) {
    const versions = known.get(month.contractId) ?? (await versionsOf(tx, month.contractId))
    known.set(month.contractId, versions)
    await project(tx, month, versions)
  }
  return stale.length
}

async function project(tx: Tx, month: StaleMonth, versions: readonly ContractVersion[]): Promise<void> {
  const { contractId, clientId, period, closeId, stamp } = month
  const statement = await statementOf(tx, month, versions)
  const terms = termsOfMonth(versions, period)
  const ids = statement.lines.flatMap((line) => (line.timeEntryId === null ? [] : [Number(line.timeEntryId)]))
  const activities = await activitiesOfEntries(tx, ids)
  const rate = vatRateOn(month.taxPeriods, lastDayOf(period))
  const place = terms?.rates.vat === 'on_top' ? 'on_top' : 'included'
  const lines = revenueOf({
    period,
    lines: statement.lines,
    credits: statement.credits,
    corrections: await correctionsOfMonth(tx, contractId, period),
    minutesByActivity: await workedMinutes(tx, contractId, period),
    activityOfEntry: (id) => activities.get(Number(id)) ?? null,
    tax: (kopecks) => taxed(kopecks, rate, place),
  })
  await insightStore.writeMonth(
    tx,
    { contractId, clientId, period, closeId, stamp, package: terms?.packageCode ?? '' },
    lines,
  )
}

/** A closed month says what it came to; an open one comes to its fees and the work charged so far. */
async function statementOf(
  tx: Tx,
  { contractId, period, closeId }: StaleMonth,
  versions: readonly ContractVersion[],
): Promise<Pick<CloseStatement, 'lines' | 'credits'>> {
  if (closeId !== null) return figuresOfClose(tx, closeId)
  const charges = await chargesOf(tx, contractId, period)
  const units = await usedUnitsOf(tx, [contractId], period)
  return { lines: linesOf(versions, period, charges, units.get(contractId)), credits: [] }
}

/** The terms at a month's end; where the contract ends inside it, its last. */
function termsOfMonth(versions: readonly ContractVersion[], period: CivilMonth) {
  return (versionOn(versions, lastDayOf(period)) ?? versions.findLast((version) => version.from <= lastDayOf(period)))
    ?.terms
}

function lastDayOf(period: CivilMonth): CivilDate {
  const month = Temporal.PlainYearMonth.from(period)
  return month.toPlainDate({ day: month.daysInMonth }).toString()
}
