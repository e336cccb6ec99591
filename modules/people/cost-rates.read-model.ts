import { type Actor, mayEver, refuseAccess } from '@opora/access'
import type { Database, Queryable } from '@opora/platform/database'
import type { CostRatePerson } from './cost-rates.contract.ts'

type Fragment = ReturnType<Queryable>

/**
 * The one door to what people's hours cost: asks the policy, then reads with the workers' login. The staff's login has no right to read
 * the rates at all, so a query that forgot to ask fails instead of answering.
 */
export function readCosts<T>(database: Database, actor: Actor, body: (sql: Queryable) => Promise<T>): Promise<T> {
  if (!mayEver(actor, 'cost.read')) throw refuseAccess('access.not_allowed')
  return database.read({ as: 'worker' }, body)
}

/** Every rate with the days in which it is in force (`until` not included), to be joined with time. */
export function costRateSpans(sql: Queryable): Fragment {
  return sql`(select account_id, valid_from, per_hour_kopecks as per_hour,
    coalesce(lead(valid_from) over (partition by account_id order by valid_from), 'infinity') as until from cost_rate)`
}

/** The rate of an account on a day, in kopecks an hour; null where none was set yet. */
function costRateOn(sql: Queryable, account: Fragment, day: Fragment): Fragment {
  return sql`(select r.per_hour_kopecks from cost_rate r where r.account_id = ${account} and r.valid_from <= ${day}
    order by r.valid_from desc limit 1)`
}

// Rates are kept for the provider's own people and partners: some hundreds at most.
const PEOPLE_MAX = 1_000

/** Everybody who records time, with their rates. */
export async function listCostRates(sql: Queryable): Promise<CostRatePerson[]> {
  return await sql<CostRatePerson[]>`
    select a.id as account_id, a.name, a.active,
      ${costRateOn(sql, sql`a.id`, sql`(app_now() at time zone i.company_zone)::date`)} as per_hour_kopecks,
      coalesce((select jsonb_agg(jsonb_build_object('validFrom', r.valid_from, 'perHourKopecks', r.per_hour_kopecks, 'setBy', s.name)
          order by r.valid_from desc)
        from cost_rate r left join account s on s.id = r.set_by where r.account_id = a.id), '[]') as rates
    from account a cross join installation i
    where a.side in ('staff', 'partner') and (a.active or exists (select 1 from cost_rate r where r.account_id = a.id))
    order by a.name, a.id limit ${PEOPLE_MAX}`
}
