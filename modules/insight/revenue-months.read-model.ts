import type { CloseStatement } from '@opora/contracts'
import type { CivilDate, CivilMonth, Kopecks, Words } from '@opora/core'
import type { Queryable } from '@opora/platform/database'

/** A contract's month whose revenue is not what it would be made to now. */
export interface StaleMonth {
  contractId: number
  clientId: number
  period: CivilMonth
  closeId: number | null
  stamp: string
  taxPeriods: { from: CivilDate; mode: 'no_vat' | 'usn5' | 'usn7' | 'general' }[]
}

/**
 * Months of all contracts up to the present one whose stamp has changed. A closed month's follows from its close; an open one's from the
 * charges, the terms and the work so far. Papers that correct its act, and how the legal entity pays VAT, belong to both.
 */
export async function staleMonths(sql: Queryable, limit: number): Promise<StaleMonth[]> {
  return await sql<StaleMonth[]>`
    with months as (
      select k.id as contract_id, k.client_id, k.ends_on, to_char(m, 'YYYY-MM') as period, coalesce(t.tax_periods, '[]') as tax_periods
      from contract k
      left join contract_billing b on b.contract_id = k.id
      left join lateral (
        select l.tax_periods from legal_entity l
        where l.archived_at is null and (b.legal_entity_id is null or l.id = b.legal_entity_id)
        order by l.is_default desc, l.id limit 1) t on true
      cross join lateral generate_series(date_trunc('month', k.starts_on::timestamp),
        least(date_trunc('month', k.ends_on::timestamp), date_trunc('month', app_now() at time zone k.zone)), interval '1 month') m
      where k.status <> 'draft'),
    stamped as (
      select m.contract_id, m.client_id, m.period, m.tax_periods, p.id as close_id, r.stamp as known,
        md5(m.tax_periods::text) || coalesce((select ':corrected:' || string_agg(c.id::text, '+' order by c.id) ${correctionsOf(sql)}
            and c.contract_id = m.contract_id and c.period = m.period), '') || case when p.id is not null then ':closed:' || p.id else ':open:' || concat_ws('/',
          m.ends_on,
          (select max(v.id) from contract_version v where v.contract_id = m.contract_id),
          (select concat_ws('+', count(*), sum(u.units)) from unit_use u
            where u.contract_id = m.contract_id and u.period = m.period and u.taken_back_at is null),
          (select concat_ws('+', max(s.id), max(s.to_date)) from contract_suspension s where s.contract_id = m.contract_id),
          (select concat_ws('+', count(*), max(e.id)) from ledger_entry e
            where e.contract_id = m.contract_id and e.period = m.period and e.bucket_id is null),
          (select concat_ws('+', count(*), sum(t.minutes), sum(t.version)) from time_entry t
            where t.contract_id = m.contract_id and t.period = m.period)) end as stamp
      from months m
      left join period_close p on p.contract_id = m.contract_id and p.period = m.period and p.state <> 'undone'
      left join revenue_month r on r.contract_id = m.contract_id and r.period = m.period)
    select contract_id, client_id, period, tax_periods, close_id, stamp from stamped
    where known is distinct from stamp order by period, contract_id limit ${limit}`
}

/** Corrective papers `c` of acts and УПД that stand; the счёт-фактура beside an act repeats the act's. */
function correctionsOf(sql: Queryable) {
  return sql`from closing_document c join closing_document o on o.id = c.corrects_id
    where c.kind = 'correction' and c.state = 'issued' and o.kind in ('act', 'upd')`
}

/** By how much a month's act was lowered since its close: positive sums. */
export async function correctionsOfMonth(
  sql: Queryable,
  contractId: number,
  period: CivilMonth,
): Promise<{ title: Words; netKopecks: Kopecks; grossKopecks: Kopecks }[]> {
  const rows = await sql<{ number: string; netKopecks: Kopecks; grossKopecks: Kopecks }[]>`
    select c.number, (c.data -> 'totals' ->> 'netKopecks')::bigint as net_kopecks, c.gross_kopecks ${correctionsOf(sql)}
      and c.contract_id = ${contractId} and c.period = ${period} order by c.id`
  return rows.map(({ number, ...sums }) => ({
    title: { ru: `Корректировка акта № ${number}`, en: `Correction ${number} of the act` },
    ...sums,
  }))
}

export async function figuresOfClose(sql: Queryable, closeId: number): Promise<CloseStatement> {
  const [row] = await sql<{ figures: CloseStatement }[]>`select figures from period_close where id = ${closeId}`
  return row!.figures
}

/** Minutes worked under a contract in a month, by activity. */
export async function workedMinutes(
  sql: Queryable,
  contractId: number,
  period: CivilMonth,
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ activity: string; minutes: number }[]>`
    select activity, sum(minutes)::bigint as minutes from time_entry
    where contract_id = ${contractId} and period = ${period} group by activity`
  return new Map(rows.map((row) => [row.activity, row.minutes]))
}

export async function activitiesOfEntries(
  sql: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await sql<{ id: number; activity: string }[]>`
    select id, activity from time_entry where id = any(${[...ids]}::bigint[])`
  return new Map(rows.map((row) => [row.id, row.activity]))
}
