import { createHash } from 'node:crypto'
import type { Queryable } from '@opora/platform/database'
import { refuseAccess } from './access.refusals.ts'

const WINDOW = '15 minutes'

/** A counter and how many tries it bears in 15 minutes. */
export interface BrakeKey {
  key: string
  limit: number
}

/** Names of people who may not exist are kept only as a hash. */
export function brakeKey(kind: string, value: string, limit: number): BrakeKey {
  const hash = createHash('sha256').update(value.trim().toLowerCase()).digest('base64url')
  return { key: `${kind}:${hash}`, limit }
}

/**
 * Takes one try off every counter, by one statement that counts and reads at once: however many tries come at the same moment, no more
 * than the limit pass. Refuses when any counter is used up.
 */
export async function takeTry(sql: Queryable, keys: readonly BrakeKey[]): Promise<void> {
  const names = keys.map((one) => one.key).sort()
  const rows = await sql<{ key: string; failures: number }[]>`
    insert into sign_in_brake as b (key, failures, window_start)
    select k.key, 1, app_now() from unnest(${names}::text[]) with ordinality as k (key, place) order by k.place
    on conflict (key) do update set
      failures = case when b.window_start <= app_now() - ${WINDOW}::interval then 1 else b.failures + 1 end,
      window_start = case when b.window_start <= app_now() - ${WINDOW}::interval then app_now() else b.window_start end
    returning key, failures`
  const limits = new Map(keys.map((one) => [one.key, one.limit]))
  if (rows.some((row) => row.failures > (limits.get(row.key) ?? 0))) throw refuseAccess('access.too_many_attempts')
}

/** Gives one try back: it was no failure. */
export async function returnTry(sql: Queryable, keys: readonly BrakeKey[]): Promise<void> {
  const names = keys.map((one) => one.key).sort()
  await sql`update sign_in_brake set failures = greatest(failures - 1, 0) where key = any(${names}::text[])`
}

/** Forgets the failures of one counter: the right person has come. */
export async function releaseBrake(sql: Queryable, one: BrakeKey): Promise<void> {
  await sql`delete from sign_in_brake where key = ${one.key}`
}
