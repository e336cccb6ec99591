import { type KnownContract, type MonthState, type Unfinished, unfinishedOf } from '@opora/contracts'
import { type CivilMonth, civilDateIn, isoInstant, monthSpan } from '@opora/core'
import { databaseNow } from '@opora/platform/clock'
import type { Queryable } from '@opora/platform/database'

/** Whether a month of a contract is closed: nothing is dated into it any more. */
export async function isMonthClosed(sql: Queryable, contractId: number, month: CivilMonth): Promise<boolean> {
  const rows =
    await sql`select 1 from period_close where contract_id = ${contractId} and period = ${month} and state <> 'undone'`
  return rows.length > 0
}

export function monthBefore(month: CivilMonth): CivilMonth {
  return Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString()
}

export function monthAfter(month: CivilMonth): CivilMonth {
  return Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString()
}

/** Everything that keeps a contract's month from being closed. */
export async function unfinishedOfMonth(
  sql: Queryable,
  contract: KnownContract,
  month: CivilMonth,
): Promise<Unfinished[]> {
  const span = monthSpan(contract.zone, month)
  const before = monthBefore(month)
  const [timers, stopped, estimates, penalties, previousClosed] = await Promise.all([
    sql<{ id: string; person: string; ticketNumber: string }[]>`
      select w.account_id::text as id, a.name as person, t.number::text as ticket_number
      from work_timer w join account a on a.id = w.account_id join ticket t on t.id = w.ticket_id
      where t.contract_id = ${contract.id} and w.started_at < ${isoInstant(span.to)}::timestamptz order by w.account_id`,
    sql<{ id: string; ticketNumber: string; minutes: number }[]>`
      select e.id::text as id, t.number::text as ticket_number, e.stopped_minutes as minutes
      from time_entry e join ticket t on t.id = e.ticket_id
      where e.contract_id = ${contract.id} and e.period = ${month} and e.stopped_minutes > 0 and e.reversed_by_id is null order by e.id`,
    sql<{ id: string; ticketNumber: string }[]>`
      select e.id::text as id, t.number::text as ticket_number from estimate e join ticket t on t.id = e.ticket_id
      where t.contract_id = ${contract.id} and e.state in ('offered', 'asked')
        and (e.valid_until is null or e.valid_until >= (app_now() at time zone ${contract.zone})::date)
        and exists (select 1 from time_entry w where w.ticket_id = t.id and w.period = ${month} and w.billable) order by e.id`,
    sql<{ id: string; titleRu: string; titleEn: string }[]>`
      select id::text as id, title_ru, title_en from period_credit
      where contract_id = ${contract.id} and period = ${month} and state = 'proposed' order by id`,
    isMonthClosed(sql, contract.id, before),
  ])
  const state: MonthState = {
    month,
    today: civilDateIn(contract.zone, await databaseNow(sql)),
    previousMonthOpen: contract.startsOn.slice(0, 7) < month && !previousClosed,
    runningTimers: timers,
    undecidedEntries: [],
    stoppedEntries: stopped,
    pendingEstimates: estimates,
    unreviewedPenalties: penalties.map(({ id, titleRu, titleEn }) => ({ id, title: { ru: titleRu, en: titleEn } })),
  }
  return unfinishedOf(state)
}
