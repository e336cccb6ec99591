import type { Tx } from '@opora/platform/database'
import type { NewCostRate } from './cost-rates.contract.ts'

/** A rate from a day on; what was set for that very day before is replaced. */
export async function putCostRate(
  tx: Tx,
  { accountId, validFrom, perHourKopecks, setBy }: NewCostRate & { accountId: number; setBy: number | null },
): Promise<void> {
  await tx`
    insert into cost_rate (account_id, valid_from, per_hour_kopecks, set_by) values (${accountId}, ${validFrom}, ${perHourKopecks}, ${setBy})
    on conflict (account_id, valid_from) do update set per_hour_kopecks = ${perHourKopecks}, set_by = ${setBy}, set_at = app_now()`
}

export async function isProvidersPerson(tx: Tx, accountId: number): Promise<boolean> {
  const rows = await tx`select 1 from account where id = ${accountId} and side in ('staff', 'partner')`
  return rows.length > 0
}
