import { type KnownContract, type MonthState, type Unfinished, unfinishedOf } from '@opora/contracts'
import { type CivilDate, type CivilMonth, civilDateIn } from '@opora/core'
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

type OfContract<Row> = Row & { contractId: number }
type TimerRow = OfContract<{ id: string; person: string; ticketNumber: string }>
type StoppedRow = OfContract<{ id: string; ticketNumber: string; minutes: number }>
type EstimateRow = OfContract<{ id: string; ticketNumber: string }>
type PenaltyRow = OfContract<{ id: string; titleRu: string; titleEn: string }>
type UnapprovedRow = OfContract<{ id: string; person: string; count: number; date: CivilDate }>

/** Everything that keeps months of contracts from being closed: the same number of queries, however many they are. */
export async function unfinishedOfMonths(
  sql: Queryable,
  contracts: readonly KnownContract[],
  month: CivilMonth,
): Promise<Map<number, Unfinished[]>> {
  const ids = contracts.map((contract) => contract.id)
  const [timers, stopped, estimates, penalties, unapproved, closedBefore, now] = await Promise.all([
    timersOf(sql, ids, month),
    stoppedOf(sql, ids, month),
    estimatesOf(sql, ids, month),
    penaltiesOf(sql, ids, month),
    unapprovedOf(sql, ids, month),
    closedOf(sql, ids, monthBefore(month)),
    databaseNow(sql),
  ])
  return new Map(
    contracts.map((contract) => {
      const own = <Row extends { contractId: number }>(rows: readonly Row[]) =>
        rows.filter((row) => row.contractId === contract.id)
      const state: MonthState = {
        month,
        today: civilDateIn(contract.zone, now),
        previousMonthOpen: contract.startsOn.slice(0, 7) < month && !closedBefore.has(contract.id),
        runningTimers: own(timers),
        undecidedEntries: [],
        stoppedEntries: own(stopped),
        pendingEstimates: own(estimates),
        unreviewedPenalties: own(penalties).map(({ id, titleRu, titleEn }) => ({
          id,
          title: { ru: titleRu, en: titleEn },
        })),
        unapprovedTime: own(unapproved),
      }
      return [contract.id, unfinishedOf(state)]
    }),
  )
}

const idsOf = (ids: readonly number[]) => [...ids]

/** Timers that began before the month's end in the contract's zone. */
function timersOf(sql: Queryable, ids: readonly number[], month: CivilMonth): Promise<TimerRow[]> {
  return sql<TimerRow[]>`
    select t.contract_id, w.account_id::text as id, a.name as person, t.number::text as ticket_number
    from work_timer w join account a on a.id = w.account_id join ticket t on t.id = w.ticket_id join contract k on k.id = t.contract_id
    where t.contract_id = any(${idsOf(ids)}::bigint[])
      and w.started_at < ((${`${month}-01`}::date + interval '1 month')::timestamp at time zone k.zone) order by w.account_id`
}

function stoppedOf(sql: Queryable, ids: readonly number[], month: CivilMonth): Promise<StoppedRow[]> {
  return sql<StoppedRow[]>`
    select e.contract_id, e.id::text as id, t.number::text as ticket_number, e.stopped_minutes as minutes
    from time_entry e join ticket t on t.id = e.ticket_id
    where e.contract_id = any(${idsOf(ids)}::bigint[]) and e.period = ${month} and e.stopped_minutes > 0 and e.reversed_by_id is null
    order by e.id`
}

function estimatesOf(sql: Queryable, ids: readonly number[], month: CivilMonth): Promise<EstimateRow[]> {
  return sql<EstimateRow[]>`
    select t.contract_id, e.id::text as id, t.number::text as ticket_number
    from estimate e join ticket t on t.id = e.ticket_id join contract k on k.id = t.contract_id
    where t.contract_id = any(${idsOf(ids)}::bigint[]) and e.state in ('offered', 'asked')
      and (e.valid_until is null or e.valid_until >= (app_now() at time zone k.zone)::date)
      and exists (select 1 from time_entry w where w.ticket_id = t.id and w.period = ${month} and w.billable) order by e.id`
}

function penaltiesOf(sql: Queryable, ids: readonly number[], month: CivilMonth): Promise<PenaltyRow[]> {
  return sql<PenaltyRow[]>`
    select contract_id, id::text as id, title_ru, title_en from period_credit
    where contract_id = any(${idsOf(ids)}::bigint[]) and period = ${month} and state = 'proposed' order by id`
}

/** Time that its contract or its person says is to be approved, and nobody has. */
function unapprovedOf(sql: Queryable, ids: readonly number[], month: CivilMonth): Promise<UnapprovedRow[]> {
  return sql<UnapprovedRow[]>`
    select e.contract_id, e.account_id::text as id, a.name as person, count(*)::int as count,
      min((e.started_at at time zone k.zone)::date) as date
    from time_entry e join account a on a.id = e.account_id join contract k on k.id = e.contract_id
    where e.contract_id = any(${idsOf(ids)}::bigint[]) and e.period = ${month} and e.approved_at is null
      and e.reverses_id is null and e.reversed_by_id is null
      and exists (select 1 from time_approval_rule r where r.contract_id = e.contract_id or r.account_id = e.account_id)
    group by e.contract_id, e.account_id, a.name order by a.name, e.account_id`
}

async function closedOf(sql: Queryable, ids: readonly number[], month: CivilMonth): Promise<Set<number>> {
  const rows = await sql<{ contractId: number }[]>`
    select contract_id from period_close
    where contract_id = any(${idsOf(ids)}::bigint[]) and period = ${month} and state <> 'undone'`
  return new Set(rows.map((row) => row.contractId))
}
