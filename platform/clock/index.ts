import type { Instant } from '@opora/core'
import type { Queryable } from '../database/index.ts'

/** The installation's present moment: the database's clock, which the demo story and tests may shift. */
export async function databaseNow(sql: Queryable): Promise<Instant> {
  const [row] = await sql<{ now: Instant }[]>`select app_now() as now`
  return row!.now
}
