import type { CivilDate, Instant } from '@opora/core'
import { isoInstantOrNull } from '@opora/core'
import type { Json, Queryable, Tx } from '@opora/platform/database'
import { refuseHttp } from '@opora/platform/http'
import type { EndLeftover, HandoverItem } from './domain/ending.ts'

export interface HandedItem extends HandoverItem {
  done: boolean
  by: string | null
  at: string | null
}

export interface EndingRow {
  contractId: number
  clientId: number
  endsOn: CivilDate
  reason: string
  handover: HandedItem[]
  leftovers: EndLeftover[]
  settledAt: string | null
  version: number
}

export async function endingOf(sql: Queryable, contractId: number): Promise<EndingRow | null> {
  const [row] = await sql<(Omit<EndingRow, 'settledAt'> & { settledAt: Instant | null })[]>`
    select contract_id, client_id, ends_on, reason, handover, leftovers, settled_at, version
    from contract_ending where contract_id = ${contractId}`
  return row ? { ...row, settledAt: isoInstantOrNull(row.settledAt) } : null
}

/** An end that was planned before is planned anew; one that is settled stays. */
export async function planEnding(
  tx: Tx,
  row: Omit<EndingRow, 'settledAt' | 'version'> & { actorId: number | null },
): Promise<void> {
  const { contractId, clientId, endsOn, reason, handover, leftovers, actorId } = row
  await tx`insert into contract_ending (contract_id, client_id, ends_on, reason, handover, leftovers, created_by)
    values (${contractId}, ${clientId}, ${endsOn}, ${reason}, ${tx.json(handover as unknown as Json)},
      ${tx.json(leftovers as unknown as Json)}, ${actorId})
    on conflict (contract_id) do update set ends_on = excluded.ends_on, reason = excluded.reason, leftovers = excluded.leftovers,
      version = contract_ending.version + 1 where contract_ending.settled_at is null`
}

export async function tickHandover(
  tx: Tx,
  contractId: number,
  handover: readonly HandedItem[],
  expected: number | null,
): Promise<void> {
  const rows =
    await tx`update contract_ending set handover = ${tx.json(handover as unknown as Json)}, version = version + 1
    where contract_id = ${contractId} ${expected === null ? tx`` : tx`and version = ${expected}`} returning version`
  if (rows.length === 1) return
  const [now] = await tx<{ version: number }[]>`select version from contract_ending where contract_id = ${contractId}`
  throw refuseHttp('http.version_conflict', { details: { currentVersion: now?.version ?? null } })
}

export async function markSettled(tx: Tx, contractId: number, leftovers: readonly EndLeftover[]): Promise<void> {
  await tx`update contract_ending set settled_at = app_now(), leftovers = ${tx.json(leftovers as unknown as Json)}, version = version + 1
    where contract_id = ${contractId}`
}

/** Contracts whose last day is over and whose hours nobody has settled. */
export async function endingsDue(sql: Queryable): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select k.id from contract_ending e join contract k on k.id = e.contract_id
    where e.settled_at is null and e.ends_on < (app_now() at time zone k.zone)::date order by k.id`
  return rows.map((row) => row.id)
}
