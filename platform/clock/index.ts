import type { CivilDate, Instant } from '@opora/core'
import type { Queryable } from '../database/index.ts'

/** The installation's present moment: the database's clock, which the demo story and tests may shift. */
export async function databaseNow(sql: Queryable): Promise<Instant> {
  const [row] = await sql<{ now: Instant }[]>`select app_now() as now`
  return row!.now
}

/** The company's zone, by which its days begin and end. */
export async function companyZone(sql: Queryable): Promise<string> {
  const [row] = await sql<{ zone: string }[]>`select company_zone as zone from installation`
  return row!.zone
}

/** The day it is at the company: prices, budgets and papers take effect by it. */
export async function companyToday(sql: Queryable): Promise<CivilDate> {
  const [row] = await sql<
    { today: CivilDate }[]
  >`select (app_now() at time zone company_zone)::date as today from installation`
  return row!.today
}
