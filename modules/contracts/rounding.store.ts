import type { Json, Tx } from '@opora/platform/database'
import type { MicroMinutes } from './domain/rounding.ts'
import type { RoundingStep } from './domain/terms.ts'
import type { WorkedTime } from './domain/time-charge.ts'
import type { LockedContract } from './ledger.store.ts'

/** What one piece of work adds to one task and day. */
export interface RoundingPart {
  groupKey: string
  timeEntryId: string
  /** In which order the pieces were drawn. */
  place: number
  exactMicroMinutes: MicroMinutes
  billedMinutes: number
  stepMinutes: RoundingStep
  work: WorkedTime
}

/** What stood in groups before a piece of work, by group. */
export interface RoundingBefore {
  exactBefore: Record<string, MicroMinutes>
  /** What was billed for it; absent: what its rounding gives. */
  billedBefore?: Record<string, number>
}

/** Exact and billed time of groups so far. */
export async function loadRounding(tx: Tx, contractId: number, keys: readonly string[]): Promise<RoundingBefore> {
  const rows = await tx<{ groupKey: string; exact: number; billed: number }[]>`
    select group_key, sum(exact_micro_minutes)::bigint as exact, sum(billed_minutes)::bigint as billed from ledger_rounding
    where contract_id = ${contractId} and group_key = any(${[...keys]}::text[]) group by group_key`
  return {
    exactBefore: Object.fromEntries(rows.map((row) => [row.groupKey, row.exact])),
    billedBefore: Object.fromEntries(rows.map((row) => [row.groupKey, row.billed])),
  }
}

/** Adds the parts of a piece of work that was drawn last. The caller holds the contract's lock. */
export async function addRounding(
  tx: Tx,
  contract: LockedContract,
  parts: readonly Omit<RoundingPart, 'place'>[],
): Promise<void> {
  const [last] = await tx<{ place: number }[]>`
    select coalesce(max(place), 0)::bigint as place from ledger_rounding where contract_id = ${contract.id}`
  for (const { groupKey, timeEntryId, exactMicroMinutes, billedMinutes, stepMinutes, work } of parts) {
    await tx`insert into ledger_rounding (client_id, contract_id, group_key, time_entry_id, place, exact_micro_minutes, billed_minutes,
        step_minutes, work)
      values (${contract.clientId}, ${contract.id}, ${groupKey}, ${timeEntryId}, ${(last?.place ?? 0) + 1}, ${exactMicroMinutes},
        ${billedMinutes}, ${stepMinutes}, ${tx.json(work as unknown as Json)})`
  }
}

/** Takes a piece of work out of its groups. Returns their keys. */
export async function dropRounding(tx: Tx, contractId: number, timeEntryId: string): Promise<string[]> {
  const rows = await tx<{ groupKey: string }[]>`
    delete from ledger_rounding where contract_id = ${contractId} and time_entry_id = ${timeEntryId} returning group_key`
  return rows.map((row) => row.groupKey)
}

/** Everything that the pieces of these groups add to any group, in the order in which they were drawn. */
export async function roundingParts(tx: Tx, contractId: number, keys: readonly string[]): Promise<RoundingPart[]> {
  return await tx<RoundingPart[]>`
    select group_key, time_entry_id, place, exact_micro_minutes, billed_minutes, step_minutes, work from ledger_rounding
    where contract_id = ${contractId} and group_key in (
      select o.group_key from ledger_rounding o join ledger_rounding g on g.contract_id = o.contract_id and g.time_entry_id = o.time_entry_id
      where g.contract_id = ${contractId} and g.group_key = any(${[...keys]}::text[]))
    order by place, group_key`
}

export async function rebillRounding(
  tx: Tx,
  contractId: number,
  part: Pick<RoundingPart, 'groupKey' | 'timeEntryId' | 'billedMinutes' | 'work'>,
): Promise<void> {
  const { groupKey, timeEntryId, billedMinutes, work } = part
  await tx`update ledger_rounding set billed_minutes = ${billedMinutes}, work = ${tx.json(work as unknown as Json)}
    where contract_id = ${contractId} and group_key = ${groupKey} and time_entry_id = ${timeEntryId}`
}
