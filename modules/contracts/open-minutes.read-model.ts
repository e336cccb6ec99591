import { NoOpenTime } from '@opora/calendar'
import { type Instant, MINUTE_MS } from '@opora/core'
import type { Queryable } from '@opora/platform/database'
import type { CalendarBook } from './calendar-book.ts'
import { PROSPECT_CALENDAR } from './coverage.read-model.ts'

/**
 * Counts open minutes between two moments in the service hours of these contracts as they are now; of a request without a contract in the
 * prospects'. Null where the hours are unknown or never open.
 */
export async function openMinutesOf(
  book: CalendarBook,
  sql: Queryable,
  contractIds: readonly (number | null)[],
): Promise<(contractId: number | null, from: Instant, until: Instant) => number | null> {
  await book.refresh(sql)
  const codes = await hoursOfContracts(
    sql,
    contractIds.filter((id) => id !== null),
  )
  return (contractId, from, until) => {
    const hours = book.calendar(codes.get(contractId ?? 0) ?? PROSPECT_CALENDAR)
    try {
      return hours ? Math.round(hours.betweenMs(from, until) / MINUTE_MS) : null
    } catch (error) {
      if (error instanceof NoOpenTime) return null
      throw error
    }
  }
}

async function hoursOfContracts(sql: Queryable, contractIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await sql<{ id: number; code: string | null }[]>`
    select k.id, (select v.terms ->> 'calendarCode' from contract_version v where v.contract_id = k.id
      order by v.valid_from <= (app_now() at time zone k.zone)::date desc,
        case when v.valid_from <= (app_now() at time zone k.zone)::date then v.valid_from end desc, v.valid_from limit 1) as code
    from contract k where k.id = any(${[...contractIds]}::bigint[])`
  return new Map(rows.flatMap(({ id, code }) => (code === null ? [] : [[id, code] as const])))
}
